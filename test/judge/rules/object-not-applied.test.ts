import { objectNotApplied as rule } from '../../../lib/judge/rules/object-not-applied';
import { State } from '../../../lib/judge/state';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { FACTS, fieldFor, find, manifests, namespace, offloading, seen, state } from '../given';

const saying = (annotation: string) => `annotations: { ${annotation} }`;

test.each([
  'config.kubernetes.io/local-config: "true"',
  'config.kubernetes.io/local-config: ""',
  'config.kubernetes.io/local-config: "False"',
  'argocd.argoproj.io/hook: PreSync',
  'argocd.argoproj.io/hook: Skip',
  'helm.sh/hook: pre-install',
])('finds %s on a namespace and on its offloading', (annotation) => {
  const found = find(
    rule,
    state(namespace('shop', saying(annotation)), offloading('shop', '{}', { metadata: saying(annotation) })),
  );
  const [key = ''] = annotation.split(':');
  expect(found.map(({ message }) => message)).toEqual([
    expect.stringContaining(`The NamespaceOffloading of 'shop' has ${key}`),
    expect.stringContaining(`The Namespace of 'shop' has ${key}`),
  ]);
  expect(found.map(fieldFor)).toEqual(['metadata.annotations', 'metadata.annotations']);
});

test.each([
  'config.kubernetes.io/local-config: "false"',
  'helm.sh/hook: crd-install',
  'helm.sh/hook-weight: "1"',
  'argocd.argoproj.io/hook-delete-policy: HookSucceeded',
])('passes over %s', (annotation) => {
  expect(find(rule, state(namespace('shop', saying(annotation))))).toEqual([]);
});

test('passes over a Job that is a hook', () => {
  const job = `apiVersion: batch/v1\nkind: Job\nmetadata: { name: a, namespace: shop, ${saying('argocd.argoproj.io/hook: PreSync')} }\n`;
  expect(find(rule, state(job))).toEqual([]);
});

const at = (...files: string[]) =>
  new State(files.flatMap((file) => manifests(namespace(/[a-z]+(?=\.)/.exec(file)?.[0] ?? ''), file)));

/** What it finds where these files lie beside the manifests. */
const placed = (engines: readonly Engine[], files: Readonly<Record<string, string>>, is: State) => {
  const facts = { ...FACTS, ...seen({ known: engines, after: files }) };
  return find(rule, is, state(), facts).map(({ message }) => message);
};
const UNSEEN = "Flux does not apply the Namespace of 'shop': a `.sourceignore` excludes its file.";
const NO_YAML = "Flux does not apply the Namespace of 'shop': its file does not end in .yaml or .yml.";
const LEFT_OUT = "Flux or Argo CD does not apply the Namespace of 'shop': a kustomization leaves it out.";

test.each<[Engine[], string[]]>([
  [['flux'], [UNSEEN]],
  [['argocd', 'flux'], [UNSEEN]],
  [['argocd'], []],
  [[], [UNSEEN]],
])('of what a .sourceignore leaves out, with the engines %j it says %j', (engines, said) => {
  const files = { '.sourceignore': '/apps/shop.yaml' };
  expect(placed(engines, files, at('apps/shop.yaml', 'apps/other.yaml'))).toEqual(said);
});

test('a folder of which Flux sees nothing is no mistake where nobody says that Flux applies it', () => {
  const files = { '.sourceignore': '/*' };
  expect(placed([], files, at('apps/shop.yaml'))).toEqual([]);
  expect(placed(['flux'], files, at('apps/shop.yaml'))).toEqual([UNSEEN]);
  const unlisted = { ...files, 'apps/kustomization.yaml': 'resources: [other.yaml]' };
  expect(placed([], unlisted, at('apps/shop.yaml'))).toEqual([LEFT_OUT]);
});

test.each<[Engine[], string[]]>([
  [['flux'], [NO_YAML]],
  [['argocd'], []],
  [[], []],
])('of JSON, with the engines %j it says %j', (engines, said) => {
  const json = new State(
    at('apps/shop.yaml').manifests.map((one) => ({
      ...one,
      source: { ...one.source, file: 'apps/shop.json' },
    })),
  );
  expect(placed(engines, {}, json)).toEqual(said);
});

test.each<[Engine[], string, string[]]>([
  [[], 'kustomization.yaml', [LEFT_OUT]],
  [['flux'], 'kustomization.yaml', [LEFT_OUT]],
  [['argocd'], 'kustomization.yaml', [LEFT_OUT]],
  [[], 'my-kustomization.yaml', []],
])('with the engines %j, of what a %s does not take it says %j', (engines, file, said) => {
  const files = { [`apps/${file}`]: 'resources: [other.yaml]' };
  expect(placed(engines, files, at('apps/shop.yaml'))).toEqual(said);
});

test('passes over what a kustomization lists', () => {
  const files = { 'apps/kustomization.yaml': 'resources: [shop.yaml]' };
  expect(placed([], files, at('apps/shop.yaml'))).toEqual([]);
});
