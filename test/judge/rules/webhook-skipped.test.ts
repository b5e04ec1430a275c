import { webhookSkipped as rule } from '../../../lib/judge/rules/webhook-skipped';
import { fieldFor, find, lineFor, namespace, offloading, state } from '../given';

const SKIP = 'labels: { liqo.io/webhook-skip: "true" }';

test('finds the label', () => {
  const found = find(rule, state(offloading('shop', '{}', { metadata: SKIP })));
  expect(found).toMatchObject([{ namespace: 'shop' }]);
  expect(found.map(lineFor)).toEqual([3]);
  expect(found.map(fieldFor)).toEqual(['metadata.labels.liqo.io/webhook-skip']);
});

test.each([
  ['another value', offloading('shop', '{}', { metadata: SKIP.replace('true', 'false') })],
  ['an annotation', offloading('shop', '{}', { metadata: SKIP.replace('labels', 'annotations') })],
  ['the label on the Namespace', namespace('shop', SKIP)],
])('passes over %s', (_, text) => {
  expect(find(rule, state(text))).toEqual([]);
});
