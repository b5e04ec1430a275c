import type { GuardConfig, PolicyConfig } from '../../../lib/config/types';
import { guardObjects } from '../../../lib/compile/guard/guard';
import { guardWeakened as rule } from '../../../lib/judge/rules/guard-weakened';
import { State } from '../../../lib/judge/state';
import { manifestsIn } from '../../../lib/manifests/read';
import type { JsonObject } from '../../../lib/manifests/manifest';
import { configOf, POLICIES } from '../../compile/guard/given';
import { find, manifests, offloading } from '../given';

const objects = (
  guard: GuardConfig,
  names: readonly string[] = ['shop'],
  policies: readonly PolicyConfig[] = POLICIES,
) => guardObjects({ config: configOf(guard, names, policies), virtualNodes: [] });

/** As somebody committed them, in a file that is not ours. */
const written = (bodies: readonly JsonObject[], ...texts: readonly string[]) =>
  new State([
    ...bodies.flatMap((body, document) =>
      manifestsIn(body, { file: 'dist/cluster/mine.yaml', text: '', document, path: [] }),
    ),
    ...texts.flatMap((text) => manifests(text)),
  ]);

const DENY: GuardConfig = { action: 'deny' };
const found = (was: readonly JsonObject[], is: readonly JsonObject[], ...texts: readonly string[]) =>
  find(rule, written(is, ...texts), written(was, ...texts)).map(({ message }) => message);

/** The guard with one text in place of another one. */
const edited = (part: string, from: string, to: string) =>
  objects(DENY).map((one) => {
    const text = JSON.stringify(one);
    return JSON.parse(text.includes(`"name":"${part}"`) ? text.replaceAll(from, to) : text) as JsonObject;
  });

const NARROWING = 'cdk8s-liqo.narrowing';
const isOf = (kind: string, name: string) => (one: JsonObject) =>
  one['kind'] === kind && JSON.stringify(one['metadata']).includes(`"${name}"`);

test.each([
  ['is denied no longer', objects({ action: 'deny', actions: { narrowing: 'warn' } }), 'it only warns'],
  [
    'is audited alone',
    objects({ action: 'deny', actions: { narrowing: 'audit' } }),
    'only the audit log tells',
  ],
  ['is off', objects({ action: 'deny', actions: { narrowing: 'off' } }), 'it leaves Git'],
  [
    'loses its binding',
    objects(DENY).filter((one) => !isOf('ValidatingAdmissionPolicyBinding', NARROWING)(one)),
    'it no longer has a binding',
  ],
  [
    'no longer looks at updates',
    edited(NARROWING, '"UPDATE"', '"CREATE"'),
    'it no longer looks at UPDATE namespaceoffloadings.offloading.liqo.io',
  ],
  [
    'asks for something else',
    edited(NARROWING, 'size(variables.newTerms) == 0', 'true'),
    'it asks for something else',
  ],
  ['passes what is an error', edited(NARROWING, '"Fail"', '"Ignore"'), 'what it cannot evaluate passes'],
  [
    'looks at some objects',
    edited(NARROWING, '"objectSelector":{}', '"objectSelector":{"matchLabels":{"a":"b"}}'),
    'it looks at fewer objects',
  ],
  [
    'asks for more before it looks',
    edited(NARROWING, '!has(oldObject.metadata.deletionTimestamp)', 'false'),
    'it looks at a request only if',
  ],
])('finds that narrowing %s', (_, is, reason) => {
  expect(found(objects(DENY), is)).toEqual([expect.stringContaining(`The guard '${NARROWING}' is weaker`)]);
  expect(found(objects(DENY), is)[0]).toContain(reason);
});

test('finds who newly passes, in each policy', () => {
  const more = objects({ ...DENY, exempt: { users: ['jane'], groups: ['platform'] } });
  expect(new Set(found(objects(DENY), more).map((one) => one.split(': ').at(-1)))).toEqual(
    new Set(["it lets 'jane', 'platform' pass."]),
  );
  expect(found(more, objects(DENY))).toEqual([]);
});

test('finds that it all leaves, once', () => {
  expect(found(objects(DENY), [])).toEqual([expect.stringContaining('The guard leaves Git with all of its')]);
});

test('finds a policy for fewer namespaces, and none for more', () => {
  const of = (namespaces: string | undefined) =>
    objects(DENY, ['shop'], [{ name: 'names', namespaces, namespaceMappingStrategies: ['DefaultName'] }]);
  expect(found(of('a in (b,c)'), of('a=b'))).toEqual([expect.stringContaining('fewer namespaces')]);
  expect(found(of('a=b'), of('a in (b,c)'))).toEqual([]);
  expect(found(of('a=b'), of(undefined))).toEqual([]);
});

test('finds a name that leaves a list while the namespace is offloaded', () => {
  const [both, one] = [objects(DENY, ['blog', 'shop']), objects(DENY, ['shop'])];
  expect(found(both, one, offloading('blog'))).toEqual([
    expect.stringContaining("list of namespaces loses 'blog'"),
  ]);
  expect(found(both, one)).toEqual([]);
});

test('finds a key that leaves a list while a selector uses it', () => {
  const without = objects(DENY).map(
    (one) =>
      JSON.parse(
        JSON.stringify(one)
          .replace('"topology.liqo.io_region":"",', '')
          .replace(',"topology.liqo.io_region":""', ''),
      ) as JsonObject,
  );
  const using = (key: string) =>
    offloading(
      'shop',
      `{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: ${key}, operator: Exists }] }] } }`,
    );
  expect(found(objects(DENY), without, using('topology.liqo.io/region'))).toEqual([
    expect.stringContaining("list of selector-keys loses 'topology.liqo.io_region'"),
  ]);
  expect(found(objects(DENY), without, using('topology.liqo.io/zone'))).toEqual([]);
});

test.each([
  ['stays', objects(DENY), objects(DENY)],
  ['comes', [], objects(DENY)],
  ['denies more', objects({ action: 'warn' }), objects(DENY)],
  ['was never bound', objects(DENY).filter((one) => one['kind'] !== 'ValidatingAdmissionPolicyBinding'), []],
])('passes over a guard that %s', (_, was, is) => {
  expect(found(was, is).filter((one) => !one.includes('leaves Git with all'))).toEqual([]);
});

const OWN = (actions: string) => `apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicy
metadata: { name: mine }
spec:
  matchConstraints:
    resourceRules: [{ apiGroups: [offloading.liqo.io], apiVersions: ['*'], operations: [DELETE], resources: [namespaceoffloadings] }]
  validations: [{ expression: 'false' }]
---
apiVersion: admissionregistration.k8s.io/v1
kind: ValidatingAdmissionPolicyBinding
metadata: { name: mine }
spec: { policyName: mine, validationActions: [${actions}] }
`;

test('reads one of somebody else, about kinds of Liqo', () => {
  const messages = (was: string, is: string) =>
    find(rule, new State(manifests(is)), new State(manifests(was))).map(({ message }) => message);
  expect(messages(OWN('Deny'), OWN('Audit'))).toEqual([expect.stringContaining("'mine' is weaker")]);
  expect(messages(OWN('Deny'), '')).toEqual([expect.stringContaining('it leaves Git')]);
  expect(messages(OWN('Deny'), OWN('Deny, Audit'))).toEqual([]);
  expect(messages(OWN('Deny').replaceAll('offloading.liqo.io', 'apps'), '')).toEqual([]);
});
