import type { Facts } from '../../../lib/judge/rule';
import { serverField as rule } from '../../../lib/judge/rules/server-field';
import { judge } from '../../../lib/judge/judge';
import { State } from '../../../lib/judge/state';
import { asDeclared } from '../../../lib/manifests/live-object';
import { liveManifests, liveNamespace, liveOffloading } from '../../live';
import { FACTS, fieldFor, find, namespace, offloading, state } from '../given';

const UID = 'uid: 00000000-0000-4000-8000-000000000001';
const VERSION = 'resourceVersion: "41"';
const MANAGED = 'managedFields: [{ manager: kubectl, operation: Apply, apiVersion: v1 }]';
const DELETED = 'deletionTimestamp: "2026-01-01T00:00:00Z"';
const CREATED = 'creationTimestamp: "2026-01-01T00:00:00Z"';
const FORCE = 'annotations: { kustomize.toolkit.fluxcd.io/force: enabled }';

const of = (...metadata: readonly string[]) => state(namespace('shop', metadata.join(', ')));
const clean = of();
const withEngines = (...engines: Facts['engines']): Facts => ({ ...FACTS, engines });
const thing = (kind: string, rest: string, apiVersion = 'v1') =>
  state(`apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: a, namespace: shop }\n${rest}\n`);

test.each([
  [UID, 'an apply is refused unless the live object has this uid'],
  [VERSION, 'an apply is refused once anything has changed the live object'],
  ['resourceVersion: ""', 'an apply is refused once anything has changed the live object'],
  [DELETED, 'an update is refused, and Flux creates the object only to have it deleted at once'],
  ['deletionGracePeriodSeconds: 30', 'an update is refused'],
  [
    MANAGED,
    "a server-side apply, such as Flux's, is refused, and any other apply overwrites the field ownership",
  ],
  ['managedFields: []', "a server-side apply, such as Flux's, is refused"],
])('finds %s that is new, on an object that is there and on a new one', (field, effect) => {
  const name = field.slice(0, field.indexOf(':'));
  for (const before of [clean, state()]) {
    const found = find(rule, of(field), before);
    expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringContaining(effect) }]);
    expect(found[0]?.message).toContain(`The Namespace 'shop' declares metadata.${name}, which`);
    expect(found[0]?.category).toBeUndefined();
    expect(found.map(fieldFor)).toEqual([`metadata.${name}`]);
  }
});

test.each([[CREATED], ['generation: 7'], ['selfLink: /api/v1/namespaces/shop']])(
  'says that %s changes nothing, and no more',
  (field) => {
    expect(find(rule, of(field), clean)).toMatchObject([
      { category: 'info', message: expect.stringContaining('this has no effect in the cluster') },
    ]);
  },
);

test('finds a status that says something, as info', () => {
  const found = find(rule, thing('PersistentVolumeClaim', 'status: { phase: Bound }'));
  expect(found).toMatchObject([{ category: 'info', namespace: 'shop' }]);
  expect(found.map(fieldFor)).toEqual(['status']);
});

test('makes one finding of all fields of an object, the gravest first', () => {
  const whole = of(CREATED, 'deletionGracePeriodSeconds: 30', DELETED, MANAGED, VERSION, UID);
  const found = find(rule, whole, clean);
  expect(found).toHaveLength(1);
  expect(found.map(fieldFor)).toEqual(['metadata.uid']);
  expect(found[0]?.message).toContain(
    'metadata.uid, metadata.resourceVersion, metadata.deletionTimestamp, metadata.deletionGracePeriodSeconds, metadata.managedFields, metadata.creationTimestamp, which',
  );
  expect(found[0]?.message.match(/an update is refused/g)).toHaveLength(1);
});

test.each([
  ['creationTimestamp: null'],
  ['uid: null, resourceVersion: null, managedFields: null, deletionTimestamp: null'],
  ['uid: "", selfLink: ""'],
  ['annotations: { uid: a, resourceVersion: b }'],
])('is silent about %s', (metadata) => {
  expect(find(rule, of(metadata), clean)).toEqual([]);
});

test.each([
  ['Service', 'status: {}'],
  ['Service', 'status: { loadBalancer: {} }'],
  ['Service', 'status:'],
  ['ConfigMap', 'data: { uid: a, status: b }'],
  ['Deployment', 'spec: { template: { metadata: { creationTimestamp: null, uid: a } } }'],
])('is silent about a %s with `%s`, as tools print it', (kind, rest) => {
  expect(find(rule, thing(kind, rest))).toEqual([]);
});

test('is silent about an empty status of a CustomResourceDefinition, as controller-gen prints it', () => {
  const status = 'status: { acceptedNames: { kind: "", plural: "" }, conditions: [], storedVersions: [] }';
  expect(find(rule, thing('CustomResourceDefinition', status, 'apiextensions.k8s.io/v1'))).toEqual([]);
});

test('speaks softly of what Git had before, whatever its value, and of no other field', () => {
  expect(find(rule, of(UID, VERSION), of(UID, 'resourceVersion: "7"'))).toMatchObject([{ category: 'info' }]);
  expect(find(rule, of(UID, VERSION), of(UID))[0]?.category).toBeUndefined();
  expect(find(rule, of(UID, CREATED), of(UID))).toMatchObject([{ category: 'info' }]);
  expect(find(rule, clean, of(UID, VERSION))).toEqual([]);
});

test('takes a moved file for the same object, and another name for another', () => {
  const moved = state('', namespace('shop', UID));
  expect(find(rule, moved, of(UID))).toMatchObject([{ category: 'info' }]);
  expect(find(rule, state(namespace('blog', UID)), of(UID))[0]?.category).toBeUndefined();
});

test('finds in any object, also where Git declares it twice', () => {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: shop, ${UID} }\n`;
  expect(find(rule, state(pod, pod))).toHaveLength(2);
  expect(
    find(rule, state(`apiVersion: v1\nkind: List\nitems:\n- ${pod.trim().replaceAll('\n', '\n  ')}\n`)),
  ).toHaveLength(1);
});

test('never finds a live object', () => {
  const [live] = liveManifests(liveNamespace('shop'));
  expect(live?.live).toBe(true);
  expect(find(rule, new State(live === undefined ? [] : [live]))).toEqual([]);
});

test('holds a manifest against the live object: its own uid does no harm, another one does', () => {
  const after = of('uid: 6f6c1f0e-2f0b-4a52-9c5e-0c1d5a3f7b11');
  const live = (now: State) =>
    new State(liveManifests(liveNamespace('shop')).map((one) => asDeclared(one, now.manifests)));
  expect(find(rule, after, live(after))).toMatchObject([{ category: 'info' }]);
  const other = of(UID);
  expect(find(rule, other, live(other))[0]?.category).toBeUndefined();
  const version = of('resourceVersion: "48213"');
  expect(find(rule, version, live(version))[0]?.category).toBeUndefined();
});

test('with force, another uid than that of the live object deletes it, and its own does not', () => {
  const annotations = { 'kustomize.toolkit.fluxcd.io/force': 'enabled' };
  const category = (after: State) => {
    const live = liveManifests(liveNamespace('shop', { annotations }));
    const before = new State(live.map((one) => asDeclared(one, after.manifests)));
    return find(rule, after, before)[0]?.category;
  };
  expect(category(of(UID, FORCE))).toBe('destructive');
  expect(category(of('uid: 6f6c1f0e-2f0b-4a52-9c5e-0c1d5a3f7b11', FORCE))).toBe('info');
});

test('warns of managedFields where Argo CD alone applies the object, and calls the others broken there too', () => {
  expect(find(rule, of(MANAGED), clean, withEngines('argocd'))).toMatchObject([{ category: 'risky' }]);
  expect(find(rule, of(MANAGED), clean, withEngines('argocd', 'flux'))[0]?.category).toBeUndefined();
  expect(find(rule, of(MANAGED, VERSION), clean, withEngines('argocd'))[0]?.category).toBeUndefined();
  expect(find(rule, of(CREATED), clean, withEngines('argocd'))).toMatchObject([{ category: 'info' }]);
});

test('is silent where no engine applies the object', () => {
  const hidden = of(UID, 'annotations: { config.kubernetes.io/local-config: "true" }');
  expect(find(rule, hidden, clean, withEngines('flux'))).toEqual([]);
  expect(find(rule, hidden, clean, withEngines('argocd'))).toHaveLength(1);
  expect(find(rule, hidden, clean)).toHaveLength(1);
});

test.each([[UID], [VERSION], [DELETED], ['deletionGracePeriodSeconds: 30']])(
  'is destructive where %s meets force, whichever of them is new',
  (field) => {
    for (const before of [state(), clean, of(field), of(FORCE)]) {
      const found = find(rule, of(field, FORCE), before);
      expect(found).toMatchObject([
        {
          category: 'destructive',
          message: expect.stringContaining('and Liqo its twin namespaces and everything in them'),
        },
      ]);
    }
    expect(find(rule, of(field, FORCE), of(field, FORCE))).toMatchObject([{ category: 'info' }]);
  },
);

test('force deletes an offloading too, by Argo CD as well, and nothing for a field that is no conflict', () => {
  const forced = 'annotations: { argocd.argoproj.io/sync-options: Force=true }';
  const off = (metadata: string) => state(offloading('shop', undefined, { metadata }));
  expect(find(rule, off(`${UID}, ${forced}`))).toMatchObject([{ category: 'destructive' }]);
  expect(find(rule, off(`${MANAGED}, ${forced}`))[0]?.category).toBeUndefined();
  expect(find(rule, off(`${CREATED}, ${forced}`))).toMatchObject([{ category: 'info' }]);
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: a, namespace: shop, ${UID}, ${forced} }\n`;
  expect(find(rule, state(pod))[0]?.category).toBeUndefined();
});

test('comes out of the judge as an error that is new, and as info that is not', () => {
  const severities = (before: State, after: State) =>
    judge({
      before,
      after,
      restored: [],
      cut: new Map(),
      facts: FACTS,
      severities: {},
      approvals: [],
      spent: [],
      configOf: () => undefined,
      all: false,
    }).findings.flatMap((one) => (one.rule === rule.name ? [one.severity] : []));
  const off = (metadata: string) =>
    state(namespace('shop', metadata), offloading('shop', undefined, { metadata }));
  expect(severities(off(''), off(UID))).toEqual(['error', 'error']);
  expect(severities(off(UID), off(UID))).toEqual(['info', 'info']);
  expect(severities(off(UID), off(`${UID}, ${FORCE}`))).toEqual(['error', 'error']);
});

test('a live baseline of an offloading has its own fields, and they excuse nothing', () => {
  const after = state(offloading('shop', undefined, { metadata: VERSION }));
  const before = new State(
    liveManifests(liveOffloading('shop', {})).map((one) => asDeclared(one, after.manifests)),
  );
  expect(find(rule, after, before)[0]?.category).toBeUndefined();
});
