// What the guard is made of: its settings, its size, and what a policy of a config becomes.
import { describeGuard, guardObjects } from '../../../lib/compile/guard/guard';
import { writeManifest } from '../../../lib/manifests/write';
import { checkCluster } from '../../../lib/config/schema/cluster';
import type { ClusterConfig, GuardConfig, PolicyConfig } from '../../../lib/config/types';
import { InputError } from '../../../lib/input/error';
import { stringsAt, textsAt, valueAt, type JsonObject } from '../../../lib/manifests/manifest';
import { configOf, objectsFor } from './given';

const kindOf = (one: JsonObject) => stringsAt(one).get('kind');
const nameOf = (one: JsonObject) => stringsAt(one, 'metadata').get('name') ?? '';

test('no guard without the setting', () => {
  expect(guardObjects({ config: configOf(undefined, ['shop']), virtualNodes: [] })).toEqual([]);
  expect(describeGuard(configOf(undefined, ['shop']))).toBeUndefined();
});

test('an empty setting warns of everything, and can never deny', () => {
  const objects = objectsFor({}, ['shop']);
  const actions = objects
    .filter((one) => kindOf(one) === 'ValidatingAdmissionPolicyBinding')
    .map((one) => textsAt(one, 'spec', 'validationActions').join());
  const policies = objects.filter((one) => kindOf(one) === 'ValidatingAdmissionPolicy');
  expect(new Set(actions)).toEqual(new Set(['Warn,Audit']));
  expect(new Set(policies.map((one) => valueAt(one, 'spec', 'failurePolicy')))).toEqual(new Set(['Ignore']));
});

test('each thing has a switch of its own, and each policy', () => {
  const guard: GuardConfig = {
    action: 'audit',
    actions: { narrowing: 'deny', 'webhook-skip': 'off', policies: 'off' },
    policies: { eu: 'deny' },
  };
  const bindings = objectsFor(guard, ['shop'])
    .filter((one) => kindOf(one) === 'ValidatingAdmissionPolicyBinding')
    .map((one) => [nameOf(one), textsAt(one, 'spec', 'validationActions').join()]);
  const byName = Object.fromEntries(bindings) as Record<string, string>;
  expect(byName).toMatchObject({
    'cdk8s-liqo.narrowing': 'Deny,Audit',
    'cdk8s-liqo.offloading-deletion': 'Audit',
    'cdk8s-liqo.policy.eu': 'Deny,Audit',
  });
  expect(Object.keys(byName)).not.toContain('cdk8s-liqo.webhook-skip');
  expect(Object.keys(byName)).not.toContain('cdk8s-liqo.policy.names');
});

const enginesOf = (cluster: Partial<ClusterConfig>) =>
  describeGuard(configOf(cluster.guard ?? {}, [], [], cluster))?.passes[0]?.names;

test.each([
  [
    {},
    [
      'argocd:argocd-application-controller',
      'flux-system:helm-controller',
      'flux-system:kustomize-controller',
    ],
  ],
  [{ gitops: { flux: {} } }, ['flux-system:helm-controller', 'flux-system:kustomize-controller']],
  [
    { gitops: { argocd: { repoURL: 'https://example.com/a.git', namespace: 'cd' } } },
    ['cd:argocd-application-controller'],
  ],
  [
    { gitops: { argocd: { repoURL: 'https://example.com/a.git', destination: { name: 'venice' } } } },
    ['kube-system:argocd-manager'],
  ],
])('the engines of %j pass', (cluster, accounts) => {
  expect(enginesOf(cluster)).toEqual(accounts.map((one) => `system:serviceaccount:${one}`));
});

const violations = (guard: object) => {
  const checked = checkCluster({ id: 'venice', guard });
  return 'violations' in checked ? checked.violations.map(({ path, message }) => `${path}: ${message}`) : [];
};

test.each([
  [{ exempt: { groups: ['system:authenticated'] } }, 'exempt almost all users'],
  [{ exempt: { groups: ['system:serviceaccounts'] } }, 'exempt almost all users'],
  [{ exempt: { users: ['*'] } }, 'is a pattern'],
  [{ engines: ['system:serviceaccount:flux-system:*'] }, 'is a pattern'],
  [{ engines: [] }, ''],
  [{ action: 'block' }, ''],
  [{ actions: { narowing: 'deny' } }, 'narowing'],
])('one error for %j', (guard, said) => {
  expect(violations(guard)).toEqual([expect.stringContaining(said)]);
});

test.each([
  { exempt: { groups: ['system:serviceaccounts:ci'], users: ['jane'] } },
  { engines: ['system:serviceaccount:flux-system:kustomize-controller'] },
  { action: 'deny', liqoNamespace: 'liqo-system', parametersNamespace: 'liqo-system' },
])('%j is right', (guard) => {
  expect(violations(guard)).toEqual([]);
});

const OVER: PolicyConfig = { name: 'large', namespaces: 'size>3', offloading: 'forbidden' };
const problemsOf = (guard: GuardConfig) => {
  try {
    guardObjects({ config: configOf(guard, ['shop'], [OVER]), virtualNodes: [] });
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.problems;
    throw thrown;
  }
  return [];
};

test('deny for a policy that CEL cannot hold is one error', () => {
  expect(problemsOf({ policies: { large: 'deny' } })).toEqual([
    expect.objectContaining({
      path: '/guard/policies/large',
      message: expect.stringContaining("the policy 'large' cannot be held in the cluster"),
    }),
  ]);
  expect(problemsOf({ policies: { larg: 'off' } })).toEqual([
    expect.objectContaining({ message: "there is no policy 'larg'", remedy: "did you mean 'large'?" }),
  ]);
  expect(problemsOf({ action: 'deny', policies: { large: 'off' } })).toEqual([]);
});

test('the description says which policy is held where', () => {
  const described = describeGuard(
    configOf(
      { action: 'deny' },
      ['shop'],
      [
        OVER,
        { name: 'eu', clusters: 'residency=eu', maxClusters: 3, namespaceMappingStrategies: ['DefaultName'] },
      ],
    ),
  );
  expect(described?.policies.map(({ policy, asks, held }) => [policy, asks, held])).toEqual([
    ['large', 'offloading: forbidden', 'by the judge alone'],
    ['eu', 'namespaceMappingStrategy: DefaultName', 'held'],
    ['eu', 'clusters: residency=eu', 'partly'],
    ['eu', 'maxClusters: 3', 'partly'],
  ]);
});

test('ten thousand namespaces stay below the size of an object in etcd', () => {
  const names = Array.from({ length: 10_000 }, (_, i) => `${'n'.repeat(50)}-${i}`);
  const objects = objectsFor({ action: 'deny' }, names);
  const sizes = objects.map((one) => writeManifest(one).length);
  expect(Math.max(...sizes)).toBeLessThan(400_000);
  const lists = objects.filter((one) => nameOf(one).startsWith('cdk8s-liqo.namespaces.'));
  expect(lists.length).toBeGreaterThan(1);
  expect(lists.flatMap((one) => Object.keys(valueAt(one, 'data') as JsonObject)).sort()).toEqual(
    [...names].sort(),
  );
  expect(new Set(objects.map((one) => `${kindOf(one) ?? ''} ${nameOf(one)}`)).size).toBe(objects.length);
});

test('no expression is near the size that the API server parses', () => {
  const texts = objectsFor().flatMap((one) => [
    ...JSON.stringify(one).matchAll(/"\w*[eE]xpression":"((?:[^"\\]|\\.)*)"/g),
  ]);
  expect(Math.max(...texts.map(([, text = '']) => text.length))).toBeLessThan(10_000);
});
