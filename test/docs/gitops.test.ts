// docs/gitops.md names files that its examples give, and objects that the engines' CRDs accept.
import Ajv from 'ajv';
import { parse } from 'yaml';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../../lib/compile/compile';
import { loadConfig } from '../../lib/config/load';
import { KnownTexts } from '../../lib/manifests/known';
import { APPLICATION, KUSTOMIZATION } from '../compile/gitops/crds';
import { folder, link, PROJECT } from '../scratch';

const PAGE = readFileSync(join(PROJECT, 'docs/gitops.md'), 'utf8');
const sectionOf = (title: string) => PAGE.split('\n## ').find((one) => one.startsWith(title)) ?? '';
const blocks = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^( *)\`\`\`${language}\\n(.*?)\\n\\1\`\`\``, 'gms'))].map(
    ([, , block = '']) => block,
  );

/** Everything beside dist that the example of a section gives, with a namespace and a workload in demo/. */
function filesOf(section: string): string[] {
  const root = folder({
    'package.json': '{}',
    'config/cluster.ts': blocks(section, 'ts')[0],
    'config/namespaces/demo/shop.ts':
      "import { ApiObject, type Chart } from 'cdk8s';\nexport default { name: 'shop', offloading: {}, constructs: (chart: Chart) => { new ApiObject(chart, 'a', { apiVersion: 'v1', kind: 'ConfigMap' }); } };\n",
  });
  link(root);
  const compiled = compile(loadConfig(root), { prefix: '', known: new KnownTexts(), root, boundary: root });
  return [...compiled.beside.keys()];
}

interface Root {
  readonly spec: { readonly path?: string; readonly source?: { readonly path: string } };
}

test.each([
  ['Argo CD', APPLICATION],
  ['Flux', KUSTOMIZATION],
])('%s: the files, and the object that applies them', (title, schema) => {
  const section = sectionOf(`${title}\n`);
  const files = filesOf(section);
  const named = [...section.matchAll(/^ {4}(gitops\S+)/gm)].map(([, path = '']) => path);
  expect(named.sort()).toEqual(files.sort());

  const [text = '', ...others] = blocks(section, 'yaml');
  expect(others).toEqual([]);
  const object = parse(text) as Root;
  const validate = new Ajv({ allErrors: true }).compile(schema);
  expect([validate(object), validate.errors]).toEqual([true, null]);
  const path = (object.spec.path ?? object.spec.source?.path ?? '').replace('./', '');
  const applied = files.filter((file) => file.startsWith(`${path}/`));
  expect(applied).toEqual(files.filter((file) => !file.includes('argocd-health')));
});

test('the patch of the health check is where the command takes it from', () => {
  const section = sectionOf('Argo CD\n');
  const [, path = ''] = /--patch-file (\S+)/.exec(section) ?? [];
  expect(filesOf(section)).toContain(path);
});
