import { steered } from '../../../lib/compile/gitops/steering';
import type { GitOpsConfig } from '../../../lib/config/types';
import { stringsAt, type JsonObject } from '../../../lib/manifests/manifest';

const ARGO: GitOpsConfig = { argocd: { repoURL: 'r' } };
const object = (apiVersion: string, kind: string, annotations?: JsonObject): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name: 'a', namespace: 'b', ...(annotations && { annotations }) },
});
const NAMESPACE = object('v1', 'Namespace');
const OFFLOADING = object('offloading.liqo.io/v1beta1', 'NamespaceOffloading');
const CLAIM = object('v1', 'PersistentVolumeClaim');
const DEPLOYMENT = object('apps/v1', 'Deployment');

const said = (body: JsonObject, gitops: GitOpsConfig | undefined, offloaded = true) =>
  Object.fromEntries(stringsAt(steered(body, gitops, offloaded), 'metadata', 'annotations'));
const WAVE = 'argocd.argoproj.io/sync-wave';
const OPTIONS = 'argocd.argoproj.io/sync-options';
const CONFIRM = 'Prune=confirm,Delete=confirm';

test.each([
  ['Namespace', NAMESPACE, { [WAVE]: '-20', [OPTIONS]: CONFIRM }],
  ['NamespaceOffloading', OFFLOADING, { [WAVE]: '-10', [OPTIONS]: CONFIRM }],
  ['PersistentVolumeClaim', CLAIM, { [OPTIONS]: CONFIRM }],
  ['RuntimeClass', object('node.k8s.io/v1', 'RuntimeClass'), { [WAVE]: '-20' }],
  ['Deployment', DEPLOYMENT, {}],
])('for Argo CD a %s says its wave, and what stands before its deletion', (_, body, annotations) => {
  expect(said(body, ARGO)).toEqual(annotations);
});

test('what has no twins is deleted without asking', () => {
  expect(said(NAMESPACE, ARGO, false)).toEqual({ [WAVE]: '-20' });
  expect(said(CLAIM, ARGO, false)).toEqual({});
});

const statefulSet = (spec: JsonObject): JsonObject => ({ ...object('apps/v1', 'StatefulSet'), spec });

test('a StatefulSet is guarded where its claims go with it', () => {
  const policy = (whenDeleted: string) => ({ persistentVolumeClaimRetentionPolicy: { whenDeleted } });
  expect(said(statefulSet(policy('Delete')), ARGO)).toEqual({ [OPTIONS]: CONFIRM });
  expect(said(statefulSet(policy('Delete')), ARGO, false)).toEqual({});
  expect(said(statefulSet(policy('Retain')), ARGO)).toEqual({});
  expect(said(statefulSet({}), ARGO)).toEqual({});
});

test.each([
  ['prevent', 'Prune=false,Delete=false'],
  ['none', undefined],
] as const)('protection %s', (protection, options) => {
  expect(said(OFFLOADING, { argocd: { repoURL: 'r', protection } })[OPTIONS]).toBe(options);
});

test('what an object says already stays', () => {
  const own = object('v1', 'Namespace', { [WAVE]: '-50', [OPTIONS]: 'Replace=true, Prune=false', z: 'mine' });
  expect(said(own, ARGO)).toEqual({
    [WAVE]: '-50',
    [OPTIONS]: 'Replace=true,Prune=false,Delete=confirm',
    z: 'mine',
  });
});

test.each([
  [{ flux: { protection: 'prevent' } }, { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' }],
  [{ flux: {} }, {}],
  [{}, {}],
  [undefined, {}],
] as const)(
  'for Flux alone no waves, and prune protection where it is asked for (%#)',
  (gitops, annotations) => {
    expect(said(OFFLOADING, gitops)).toEqual(annotations);
    expect(said(DEPLOYMENT, gitops)).toEqual({});
  },
);

test('without annotations to add the object is as it was', () => {
  expect(steered(DEPLOYMENT, ARGO, true)).toBe(DEPLOYMENT);
});

test.each(['-10', '-11', '-1000'])('pods in wave %s would come before their offloading', (wave) => {
  expect(() => said(object('apps/v1', 'Deployment', { [WAVE]: wave }), ARGO)).toThrow(
    `Deployment 'a' has the sync wave ${wave}`,
  );
});

test.each(['-10', '5', 'nonsense'])('a Namespace in wave %s would come after its offloading', (wave) => {
  const body = object('v1', 'Namespace', { [WAVE]: wave });
  expect(() => said(body, ARGO)).toThrow("Namespace 'a' has the sync wave");
  expect(said(body, ARGO, false)[WAVE]).toBe(wave);
});

test('the weight of a Helm hook is a wave where there is no other', () => {
  const early = { 'helm.sh/hook-weight': '-50' };
  expect(() => said(object('apps/v1', 'Deployment', early), ARGO)).toThrow('has the sync wave -50');
  expect(said(object('apps/v1', 'Deployment', { ...early, [WAVE]: '1' }), ARGO)[WAVE]).toBe('1');
  expect(said(object('v1', 'Namespace', { 'helm.sh/hook-weight': '5' }), ARGO)[WAVE]).toBe('-20');
});

test.each([
  ['Deployment', '-9', ARGO],
  ['ConfigMap', '-30', ARGO],
  ['Namespace', '-11', ARGO],
  ['Deployment', '-30', { flux: {} }],
  ['Deployment', 'nonsense', ARGO],
  ['Deployment', '-1e2', ARGO],
  ['Deployment', ' -30', ARGO],
] as const)('a %s in wave %s is fine', (kind, wave, gitops) => {
  const body = object(kind === 'Deployment' ? 'apps/v1' : 'v1', kind, { [WAVE]: wave });
  expect(said(body, gitops)[WAVE]).toBe(wave);
});
