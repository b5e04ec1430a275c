import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import {
  antiAffinity,
  apiServerSupport,
  directConnections,
  POD_ANNOTATION_NOTE,
  reflect,
  remoteAccessModes,
  remoteRuntimeClass,
  remoteStorageClass,
  sameNodePorts,
} from '../../lib/config/annotations';
import { compiledChart } from '../../lib/config/compiled-app';
import { place } from '../../lib/config/place';

const chart = () => compiledChart('shop');
const object = (kind: string, apiVersion = 'v1') =>
  new ApiObject(chart(), 'x', { apiVersion, kind, metadata: { name: 'web' } });

type Annotate = (object: ApiObject) => unknown;
const after = (target: ApiObject, annotate: Annotate): unknown => {
  annotate(target);
  return (target.metadata.toJson() as { annotations?: unknown }).annotations;
};
/** JavaScript knows no types. */
const any = (value: unknown) => value as never;

const claim = () => object('PersistentVolumeClaim');
const deployment = () => object('Deployment', 'apps/v1');

test.each<[string, ApiObject, Annotate, Record<string, string>]>([
  ['a Service is skipped', object('Service'), (one) => reflect(one, 'skip'), { 'skip-reflection': 'true' }],
  ['a Secret is allowed', object('Secret'), (one) => reflect(one, 'allow'), { 'allow-reflection': 'true' }],
  [
    'an Ingress is skipped',
    object('Ingress', 'networking.k8s.io/v1'),
    (one) => reflect(one, 'skip'),
    { 'skip-reflection': 'true' },
  ],
  [
    'an EndpointSlice is skipped twice',
    object('EndpointSlice', 'discovery.k8s.io/v1'),
    (one) => reflect(reflect(one, 'skip'), 'skip'),
    { 'skip-reflection': 'true' },
  ],
  ['node ports stay', object('Service'), (one) => sameNodePorts(one), { 'force-remote-node-port': 'true' }],
  [
    'providers connect',
    object('Service'),
    (one) => directConnections(one),
    { 'use-direct-connections': 'true' },
  ],
  [
    'a StorageClass',
    claim(),
    (one) => remoteStorageClass(one, 'fast.ssd'),
    { 'remote-storage-class': 'fast.ssd' },
  ],
  [
    'an access mode',
    claim(),
    (one) => remoteAccessModes(one, ['ReadWriteOncePod']),
    { 'remote-access-modes': 'ReadWriteOncePod' },
  ],
  [
    'access modes',
    claim(),
    (one) => remoteAccessModes(one, ['ReadWriteOnce', 'ReadOnlyMany']),
    { 'remote-access-modes': 'ReadWriteOnce,ReadOnlyMany' },
  ],
])('%s', (_, target, annotate, expected) => {
  const keys = Object.entries(expected).map(([key, value]) => [`liqo.io/${key}`, value]);
  expect(after(target, annotate)).toEqual(Object.fromEntries(keys));
});

test.each<[string, Annotate, Record<string, string>]>([
  ['soft', (one) => antiAffinity(one, 'soft'), { 'anti-affinity-preset': 'soft' }],
  ['propagated', (one) => antiAffinity(one, 'propagate'), { 'anti-affinity-preset': 'propagate' }],
  [
    'by labels',
    (one) => antiAffinity(one, 'hard', { labels: ['app', 'x.io/y'] }),
    { 'anti-affinity-preset': 'hard', 'anti-affinity-labels': 'app,x.io/y' },
  ],
  ['a class', (one) => remoteRuntimeClass(one, 'runc'), { 'remote-runtime-class-name': 'runc' }],
  ['no API server', (one) => apiServerSupport(one, 'disabled'), { 'api-server-support': 'disabled' }],
  [
    "the provider's API server",
    (one) => apiServerSupport(one, 'remote', { serviceAccount: 'web' }),
    { 'api-server-support': 'remote', 'remote-service-account-name': 'web' },
  ],
])('for pods, noted on their workload: %s', (_, annotate, expected) => {
  const keys = Object.entries(expected).map(([key, value]) => [
    `${POD_ANNOTATION_NOTE}liqo.io/${key}`,
    value,
  ]);
  expect(after(deployment(), annotate)).toEqual(Object.fromEntries(keys));
});

test('what is annotated comes back, be it a construct of cdk8s-plus', () => {
  const service = new kplus.Service(chart(), 'web', { ports: [{ port: 80 }] });
  expect(reflect(service, 'skip')).toBe(service);
  expect(sameNodePorts(service).metadata.toJson()).toMatchObject({
    annotations: { 'liqo.io/skip-reflection': 'true', 'liqo.io/force-remote-node-port': 'true' },
  });
});

test.each<[string, ApiObject, Annotate, string]>([
  [
    'a reflection of pods',
    object('Pod'),
    (one) => reflect(one, 'skip'),
    "reflect() is for Service, ConfigMap, Secret, Ingress, EndpointSlice, but 'web' is a Pod of core",
  ],
  [
    'a reflection of volumes',
    claim(),
    (one) => reflect(one, 'skip'),
    "'web' is a PersistentVolumeClaim of core",
  ],
  [
    'a Service of another group',
    object('Service', 'serving.knative.dev/v1'),
    (one) => reflect(one, 'skip'),
    "'web' is a Service of serving.knative.dev",
  ],
  [
    'both reflections',
    object('Service'),
    (one) => reflect(reflect(one, 'skip'), 'allow'),
    "'web' cannot be both allowed and skipped",
  ],
  [
    'a word that is no reflection',
    object('Service'),
    (one) => reflect(one, any('toString')),
    "'toString' is not a valid reflection: use one of 'skip', 'allow'",
  ],
  ['anti-affinity of a Service', object('Service'), (one) => antiAffinity(one, 'soft'), 'is for Pod,'],
  [
    'a word that is no preset',
    deployment(),
    (one) => antiAffinity(one, any('Hard')),
    "'Hard' is not a valid anti-affinity preset: use one of 'soft', 'hard', 'propagate'",
  ],
  [
    'labels to propagate',
    deployment(),
    (one) => antiAffinity(one, 'propagate', { labels: ['app'] }),
    "uses the pod's own podAntiAffinity",
  ],
  [
    'no labels',
    deployment(),
    (one) => antiAffinity(one, 'soft', { labels: [] }),
    'leave it out to use all labels',
  ],
  [
    'two labels in one',
    deployment(),
    (one) => antiAffinity(one, 'soft', { labels: ['a, b'] }),
    "the label key 'a, b' must consist",
  ],
  [
    'a class that is no name',
    deployment(),
    (one) => remoteRuntimeClass(one, ''),
    'the RuntimeClass "" is no',
  ],
  [
    'a class of a claim',
    claim(),
    (one) => remoteRuntimeClass(one, 'runc'),
    'remoteRuntimeClass() is for Pod',
  ],
  [
    'an account without an API server',
    deployment(),
    (one) => apiServerSupport(one, 'disabled', { serviceAccount: 'web' }),
    "works only with 'remote', not with 'disabled'",
  ],
  [
    'an account that is no name',
    deployment(),
    (one) => apiServerSupport(one, 'remote', { serviceAccount: 'Web' }),
    'the ServiceAccount "Web" is not a DNS-1123 subdomain',
  ],
  [
    'the legacy API server support',
    deployment(),
    (one) => apiServerSupport(one, any('legacy')),
    "'legacy' is not a valid API server support: use one of 'remote', 'disabled'",
  ],
  ['node ports of an Ingress', object('Ingress'), (one) => sameNodePorts(one), 'is for Service'],
  ['connections of a Pod', object('Pod'), (one) => directConnections(one), 'is for Service'],
  [
    "the storage of a StatefulSet's own claims",
    object('StatefulSet', 'apps/v1'),
    (one) => remoteStorageClass(one, 'fast'),
    "is for PersistentVolumeClaim, but 'web' is a StatefulSet of apps",
  ],
  [
    'a StorageClass that is no name',
    claim(),
    (one) => remoteStorageClass(one, 'a/b'),
    'the StorageClass "a/b"',
  ],
  ['a StorageClass that is no text', claim(), (one) => remoteStorageClass(one, any(7)), '7 is not a string'],
  ['no access mode', claim(), (one) => remoteAccessModes(one, []), 'leave it out to keep those of the claim'],
  [
    'a short access mode',
    claim(),
    (one) => remoteAccessModes(one, [any('RWO')]),
    "'RWO' is not a valid access mode: use one of 'ReadWriteOnce'",
  ],
  [
    'an access mode twice',
    claim(),
    (one) => remoteAccessModes(one, ['ReadWriteOnce', 'ReadWriteOnce']),
    'listed twice',
  ],
  [
    'access modes that exclude one another',
    claim(),
    (one) => remoteAccessModes(one, ['ReadWriteOncePod', 'ReadWriteOnce']),
    "refuses 'ReadWriteOncePod' together with other access modes",
  ],
])('refuses %s, and writes nothing', (_, target, annotate, message) => {
  expect(() => annotate(target)).toThrow(message);
  const written = JSON.stringify(target.metadata.toJson());
  expect(written.replace('"liqo.io/skip-reflection":"true"', '')).not.toContain('liqo.io');
});

test.each<[string, Annotate]>([
  ['place', (one) => place(one, 'remote')],
  ['antiAffinity', (one) => antiAffinity(one, 'soft')],
  ['remoteRuntimeClass', (one) => remoteRuntimeClass(one, 'runc')],
  ['apiServerSupport', (one) => apiServerSupport(one, 'disabled')],
])('%s() notes nothing in an app that nobody compiles', (caller, annotate) => {
  const foreign = new ApiObject(new Chart(new App(), 'shop'), 'web', {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
  });
  expect(() => annotate(foreign)).toThrow(`${caller}() works only in 'constructs' of a namespace config`);
  expect(foreign.metadata.toJson()).not.toHaveProperty('annotations');
  expect(() =>
    sameNodePorts(new ApiObject(foreign, 'service', { apiVersion: 'v1', kind: 'Service' })),
  ).not.toThrow();
});
