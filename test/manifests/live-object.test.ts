import { asDeclared, asLive, isLive } from '../../lib/manifests/live-object';
import { valueAt } from '../../lib/manifests/manifest';
import { differences } from '../../lib/plan/differences';
import { manifests, namespace, offloading, runtimeClass } from '../judge/given';
import { argo, joined, liveManifests, liveNamespace, liveOffloading, type Metadata } from '../live';
import type { JsonObject, Manifest } from '../../lib/manifests/manifest';

function first([one]: readonly Manifest[]): Manifest {
  if (one === undefined) throw new Error('nothing was given');
  return one;
}
const given = (object: JsonObject) => first(liveManifests(object));
const declared = (text: string) => first(manifests(text));
const fields = (live: Manifest, form: Manifest, ...others: readonly Manifest[]) =>
  differences(asDeclared(live, [form, ...others]), form).map(({ field }) => field);

test('what a cluster may have shown is live if the API server gave it a UID and a version', () => {
  const shown = (metadata?: string) => asLive(manifests(namespace('shop', metadata))).map(isLive);
  expect(isLive(given(liveNamespace('shop')))).toBe(true);
  expect(shown('uid: a, resourceVersion: "2"')).toEqual([true]);
  expect(shown()).toEqual([false]);
  expect(shown('uid: a')).toEqual([false]);
  expect(shown('uid: 1, resourceVersion: 2')).toEqual([false]);
});

test('what is declared is not live, whatever it carries', () => {
  expect(isLive(declared(namespace('shop', 'uid: a, resourceVersion: "2"')))).toBe(false);
});

const ADDED: Metadata = {
  annotations: {
    'kubectl.kubernetes.io/last-applied-configuration': '{}',
    'argocd.argoproj.io/installation-id': 'east',
    'openshift.io/sa.scc.mcs': 's0:c26,c15',
  },
  labels: { 'app.kubernetes.io/instance': 'apps', 'pod-security.kubernetes.io/warn': 'baseline' },
};

test('what the cluster, an engine and others add is no difference', () => {
  const signs = joined(argo('apps', '/Namespace:/shop'), ADDED, { labels: { team: 'a' } });
  const form = declared(namespace('shop', 'labels: { team: a }'));
  expect(fields(given(liveNamespace('shop', signs)), form)).toEqual([]);
  expect(fields(given(liveNamespace('shop')), declared(namespace('shop')))).toEqual([]);
});

test('defaults of an offloading are none, and all of its fields count whoever set them', () => {
  const form = declared(offloading('shop'));
  expect(fields(given(liveOffloading('shop', {}, { metadata: ADDED })), form)).toEqual([]);
  const other = given(liveOffloading('shop', { namespaceMappingStrategy: 'EnforceSameName' }));
  expect(fields(other, form)).toEqual(['spec.namespaceMappingStrategy']);
  const named = given(liveOffloading('shop', { remoteNamespaceName: 'x' }));
  expect(fields(named, form)).toEqual(['spec.remoteNamespaceName']);
});

test('a label that Git sets, and one that it set, count', () => {
  const live = given(liveNamespace('shop', { labels: { team: 'b', tier: 'x', by: 'hand' } }));
  const [now, before] = [
    declared(namespace('shop', 'labels: { team: a }')),
    declared(namespace('shop', 'labels: { tier: x }')),
  ];
  expect(fields(live, now, before)).toEqual(['metadata.labels.team', 'metadata.labels.tier']);
});

test('the handler of a RuntimeClass counts', () => {
  const live = given({
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'liqo', uid: 'a', resourceVersion: '1' },
    handler: 'other',
    overhead: { podFixed: { cpu: '1' } },
  });
  expect(fields(live, declared(runtimeClass('liqo')))).toEqual(['handler', 'overhead.podFixed.cpu']);
});

const deployment = (container: string, more = '') => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop${more} }
spec: { replicas: 2, template: { spec: { containers: [${container}] } } }
`;

test('of other kinds only what Git sets is compared, container by container', () => {
  const live = declared(
    deployment('{ name: web, image: a, imagePullPolicy: Always }', ', uid: a, resourceVersion: "1"').replace(
      'replicas: 2,',
      'replicas: 3, revisionHistoryLimit: 10,',
    ),
  );
  expect(fields(live, declared(deployment('{ name: web, image: b }')))).toEqual([
    'spec.replicas',
    'spec.template.spec.containers.0.image',
  ]);
  const written = declared(deployment('{ name: web, resources: { limits: { cpu: 1000m } } }'));
  const stored = declared(deployment('{ name: web, resources: { limits: { cpu: "1" } } }', ', uid: a'));
  expect(fields(stored, written)).toEqual(['spec.template.spec.containers.0.resources.limits.cpu']);
  const two = declared(deployment('{ name: web, image: a }, { name: log, image: c }'));
  expect(fields(live, two)).toContain('spec.template.spec.containers');
});

test('says that it is being deleted', () => {
  const dying = given(liveNamespace('shop', { deletionTimestamp: '2026-06-03T10:00:00Z' }));
  const as = asDeclared(dying, [declared(namespace('shop'))]);
  expect(as.terminating).toBe(true);
  expect(valueAt(as.body, 'metadata', 'deletionTimestamp')).toBeUndefined();
  expect(asDeclared(given(liveNamespace('shop')), [declared(namespace('shop'))]).terminating).toBeUndefined();
});
