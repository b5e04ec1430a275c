import { engineForceEnabled as rule } from '../../../lib/judge/rules/engine-force-enabled';
import { find, namespace, state } from '../given';
import { application, kustomization, unitFacts } from '../hand-written-units';

const given = state(namespace('shop'));
const found = (was: string, is: string) =>
  find(rule, given, given, unitFacts(was, is)).map(({ message }) => message);

const options = (...all: string[]) => `syncPolicy: { syncOptions: [${all.join(', ')}] }`;

test('finds a unit that newly forces, or comes so', () => {
  const [plain, forcing] = [kustomization('path: dist'), kustomization('path: dist, force: true')];
  expect(found(plain, forcing)).toEqual([
    expect.stringContaining("The Kustomization 'apps' now has force: true"),
  ]);
  expect(found('', forcing)).toHaveLength(1);
  expect(found(forcing, forcing)).toEqual([]);
  expect(found(forcing, plain)).toEqual([]);
});

test.each([
  [['Force=true'], [expect.stringContaining('has the sync option Force=true:')]],
  [['Replace=true', 'Force=true'], [expect.stringContaining('Force=true and Replace=true')]],
  [['Replace=true'], []],
  [['Force=false', 'Prune=true'], []],
])('an Application with %j', (all, expected) => {
  expect(found(application('dist'), application('dist', options(...all)))).toEqual(expected);
});

test('passes over units that apply nothing of what is judged', () => {
  const elsewhere = kustomization('path: dist, force: true').replace('GitRepository', 'Bucket');
  expect(found('', elsewhere)).toEqual([]);
});
