import { forceRecreate as rule } from '../../../lib/judge/rules/force-recreate';
import { find, lineFor, namespace, offloading, runtimeClass, state } from '../given';

const flux = (value: string) => `{ kustomize.toolkit.fluxcd.io/force: ${value} }`;
const argo = (value: string) => `{ argocd.argoproj.io/sync-options: "${value}" }`;
const found = (metadata: string) => find(rule, state(offloading('shop', undefined, { metadata })));

test.each([
  ['Flux, annotation', `annotations: ${flux('enabled')}`],
  ['Flux, label', `labels: ${flux('enabled')}`],
  ['Flux, in any case', `annotations: ${flux('Enabled')}`],
  ['Argo CD', `annotations: ${argo('Force=true')}`],
  ['Argo CD among others', `annotations: ${argo('Prune=false, Force=true,Replace=true')}`],
])('finds %s', (_, metadata) => {
  expect(found(metadata)).toMatchObject([{ namespace: 'shop' }]);
  expect(found(metadata).map(lineFor)).toEqual([3]);
});

test('finds it on a Namespace', () => {
  expect(find(rule, state(namespace('shop', `annotations: ${flux('enabled')}`)))).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining("The Namespace of 'shop'") },
  ]);
});

test.each([
  ['nothing', ''],
  ['Flux, disabled', `annotations: ${flux('disabled')}`],
  ['Argo CD, Replace alone', `annotations: ${argo('Replace=true')}`],
  ['Argo CD, forced off', `annotations: ${argo('Force=false')}`],
  ['Argo CD, as a label', `labels: ${argo('Force=true')}`],
])('is silent about %s', (_, metadata) => {
  expect(found(metadata)).toEqual([]);
});

test('is silent about a RuntimeClass, whose deletion deletes nothing else', () => {
  const text = runtimeClass('liqo').replace(
    '{ name: liqo }',
    `{ name: liqo, annotations: ${flux('enabled')} }`,
  );
  expect(find(rule, state(text))).toEqual([]);
});
