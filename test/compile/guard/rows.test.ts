// Every row of the table, by a CEL engine.
import { isObject, type Json, type JsonObject } from '../../../lib/manifests/manifest';
import { ask, type Request } from './evaluate';
import { objectsFor } from './given';
import { ACTORS, namespaceOf, placed, ROWS, type Row } from './rows';

const OBJECTS = objectsFor();

function merged(value: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const base = isObject(value) ? value : {};
  const all = Object.entries(patch).map(([key, one]) => [
    key,
    one === null ? undefined : merged(base[key], one ?? null),
  ]);
  return JSON.parse(JSON.stringify({ ...base, ...Object.fromEntries(all) })) as JsonObject;
}

/** As the API server keeps it. */
const LIVE = { generation: 1, resourceVersion: '41', uid: '7a-uid' };
const live = (object: JsonObject, fields = LIVE) => merged(object, { metadata: fields }) as JsonObject;

const filled = (patch: JsonObject, { generation, resourceVersion, uid } = LIVE) =>
  JSON.parse(
    JSON.stringify(patch)
      .replaceAll('$GENERATION', String(generation))
      .replaceAll('$VERSION', resourceVersion)
      .replaceAll('$UID', uid),
  ) as JsonObject;

/** The requests that a row makes, the last one being what it is about. */
function requestsOf({ actor: name, verb, labels = {}, object, first, patch }: Row, ns: string): Request[] {
  const actor = ACTORS[name];
  const common = { actor, labels: { 'kubernetes.io/metadata.name': ns, ...labels } };
  if (verb === 'CREATE') return [{ ...common, operation: verb, object, oldObject: null }];
  let was = live(object);
  let now = LIVE;
  const requests: Request[] = [];
  const update = (change: JsonObject) => {
    const is = merged(was, filled(change, now)) as JsonObject;
    requests.push({ ...common, operation: 'UPDATE', object: is, oldObject: was });
    now = { ...now, resourceVersion: '42', generation: now.generation + ('spec' in change ? 1 : 0) };
    was = live(is, now);
  };
  if (first !== undefined) update(first);
  if (verb === 'UPDATE') update(patch ?? {});
  else requests.push({ ...common, operation: verb, object: null, oldObject: was });
  return requests;
}

test.each(ROWS.map((row, i) => [row.about, row.title, row.actor, i] as const))(
  '%s, %s: %s',
  (about, title, actor, i) => {
    const row = ROWS[i];
    if (row === undefined) throw new Error('no such row');
    const requests = requestsOf(placed(row, i), namespaceOf(i));
    const answers = requests.map((one) => ask(OBJECTS, one));
    const parts = [...(answers.at(-1)?.denied ?? [])];
    expect(answers.slice(0, -1).flatMap(({ denied }) => [...denied])).toEqual([]);
    expect([about, title, actor, parts.length > 0, parts]).toEqual([about, title, actor, row.stopped, parts]);
  },
);

test('what it says to a person, and to the audit log', () => {
  const actor = ACTORS['a person'];
  const labels = { 'kubernetes.io/metadata.name': 'shop' };
  const oldObject = live({
    apiVersion: 'offloading.liqo.io/v1beta1',
    kind: 'NamespaceOffloading',
    metadata: { name: 'offloading', namespace: 'shop' },
    spec: {},
  });
  const request: Request = { operation: 'DELETE', actor, labels, object: null, oldObject };
  expect([...ask(OBJECTS, request).denied]).toEqual([
    [
      'cdk8s-liqo.offloading-deletion',
      "deleting the NamespaceOffloading of 'shop' deletes its twin namespaces on every provider, with all that is in them. Change it in Git, where it is judged. If it must be by hand, set the annotation cdk8s-liqo.io/allow to: offloading-deletion@1 <ticket and reason>",
    ],
  ]);
  const annotations = { 'cdk8s-liqo.io/allow': 'offloading-deletion@1 PLAT-1 it closes' };
  const allowed = merged(oldObject, { metadata: { annotations } }) as JsonObject;
  expect(ask(OBJECTS, { ...request, oldObject: allowed })).toEqual({
    denied: new Map(),
    audited: ['offloading-deletion@1 PLAT-1 it closes'],
  });
});
