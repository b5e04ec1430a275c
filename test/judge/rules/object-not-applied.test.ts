import { objectNotApplied as rule } from '../../../lib/judge/rules/object-not-applied';
import { fieldFor, find, namespace, offloading, state } from '../given';

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
    expect.stringContaining(`The NamespaceOffloading of 'shop' says ${key}`),
    expect.stringContaining(`The Namespace of 'shop' says ${key}`),
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
