// The configs that docs/ shows are configs: they compile, and are what the types ask for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { compile } from '../../lib/compile/compile';
import { loadConfig } from '../../lib/config/load';
import { KnownTexts } from '../../lib/manifests/known';
import { folder, link, PROJECT } from '../scratch';

const EXAMPLES = ['components.md', 'annotations.md', 'gitops.md'].flatMap((page) => {
  const text = readFileSync(join(PROJECT, 'docs', page), 'utf8');
  return [...text.matchAll(/```ts\n(.*?)```/gs)].map(([, config = '']) => ({ page, config }));
});
const CLUSTER = "import { defineCluster } from 'cdk8s-liqo';\nexport default defineCluster({ id: 'v' });\n";
const NAMESPACE =
  "import { defineNamespace } from 'cdk8s-liqo';\nexport default defineNamespace({ name: 'shop', offloading: {} });\n";

function project(config: string): string {
  const isCluster = config.includes('defineCluster(');
  const root = folder({
    'package.json': '{}',
    'config/cluster.ts': isCluster ? config : CLUSTER,
    'config/namespaces/shop.ts': isCluster ? NAMESPACE : config,
  });
  link(root);
  return root;
}

test('there are examples', () => {
  expect(EXAMPLES).toHaveLength(6);
});

test.each(EXAMPLES)('docs/$page, example %#', ({ config }) => {
  const root = project(config);
  const compiled = compile(loadConfig(root), { prefix: '', known: new KnownTexts(), root, boundary: root });
  expect(compiled.files.size).toBeGreaterThan(0);
});

test('the types accept them', () => {
  const files = EXAMPLES.flatMap(({ config }) => {
    const root = project(config);
    return ['config/cluster.ts', 'config/namespaces/shop.ts'].map((file) => join(root, file));
  });
  const program = ts.createProgram(files, {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    types: [],
  });
  const said = ts.getPreEmitDiagnostics(program);
  expect(said.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
});
