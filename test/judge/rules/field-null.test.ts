import { fieldNull as rule } from '../../../lib/judge/rules/field-null';
import { fieldFor, find, offloading, state } from '../given';

const term = (text: string) => offloading('shop', `{ clusterSelector: { nodeSelectorTerms: [${text}] } }`);
const first = 'spec.clusterSelector.nodeSelectorTerms.0';

test.each([
  ['a selector', offloading('shop', '{ clusterSelector: }'), 'spec.clusterSelector'],
  ['a remote name', offloading('shop', '{ remoteNamespaceName: null }'), 'spec.remoteNamespaceName'],
  ['matchExpressions', term('{ matchExpressions: null }'), `${first}.matchExpressions`],
  [
    'values',
    term('{ matchExpressions: [{ key: a, operator: Exists, values: }] }'),
    `${first}.matchExpressions.0.values`,
  ],
])('finds null as %s', (_, text, field) => {
  const found = find(rule, state(text));
  expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringContaining(`${field} of the`) }]);
  expect(found.map(fieldFor)).toEqual([field]);
});

test.each([
  ['what is absent', offloading('shop')],
  [
    'strategies, for which the CRD has defaults',
    offloading('shop', '{ namespaceMappingStrategy: null, podOffloadingStrategy: null }'),
  ],
  ['metadata', offloading('shop', undefined, { metadata: 'labels: null, annotations: ' })],
  ['what everybody refuses', offloading('shop', '{ clusterSelector: { nodeSelectorTerms: null } }')],
  ['no spec', offloading('shop', 'null')],
  ['an empty text', offloading('shop', '{ remoteNamespaceName: "" }')],
])('passes over %s', (_, text) => {
  expect(find(rule, state(text))).toEqual([]);
});
