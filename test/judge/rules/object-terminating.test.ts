import { objectTerminating as rule } from '../../../lib/judge/rules/object-terminating';
import { State } from '../../../lib/judge/state';
import { asDeclared } from '../../../lib/manifests/live-object';
import type { JsonObject } from '../../../lib/manifests/manifest';
import { liveManifests, liveNamespace, liveOffloading } from '../../live';
import { find, namespace, offloading, state } from '../given';

const dying = { deletionTimestamp: '2026-06-03T10:00:00Z' };
const after = state(namespace('shop'), offloading('shop'));
const live = (...objects: readonly JsonObject[]) =>
  new State(liveManifests(...objects).map((one) => asDeclared(one, after.manifests)));

test('finds a Namespace and an offloading that are being deleted', () => {
  const before = live(liveNamespace('shop', dying), liveOffloading('shop', {}, { metadata: dying }));
  expect(find(rule, after, before)).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining("The Namespace of 'shop' is being deleted") },
    { namespace: 'shop', message: expect.stringContaining("The NamespaceOffloading of 'shop' is being") },
  ]);
});

test('is silent about what is there, what Git does not declare, and a baseline of Git', () => {
  const there = live(liveNamespace('shop'), liveOffloading('shop'));
  expect(find(rule, after, there)).toEqual([]);
  expect(find(rule, state(), live(liveNamespace('shop', dying)))).toEqual([]);
  expect(find(rule, after, state(namespace('shop', `deletionTimestamp: "2026-06-03T10:00:00Z"`)))).toEqual(
    [],
  );
});
