import { duplicateObject as rule } from '../../../lib/judge/rules/duplicate-object';
import { State } from '../../../lib/judge/state';
import { DeclaredUnits } from '../../../lib/manifests/engines/declared-units';
import { FACTS, find, lineFor, manifests, namespace, offloading, state } from '../given';
import { kustomization, unitFacts } from '../hand-written-units';

test('finds the second and the third, and says where the first is', () => {
  const found = find(rule, state(namespace('shop'), `\n${namespace('shop')}`, namespace('shop')));
  expect(found).toMatchObject([
    { namespace: 'shop', remedy: expect.stringContaining('dist/0.yaml') },
    { namespace: 'shop' },
  ]);
  expect(found.map(lineFor)).toEqual([2, 1]);
});

test('finds objects in two versions of one API, and kinds that it knows nothing of', () => {
  const other = { apiVersion: 'offloading.liqo.io/v1' };
  expect(find(rule, state(offloading('shop'), offloading('shop', '{}', other)))).toHaveLength(1);
  const map = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: shop }\n';
  expect(find(rule, state(map, map))).toMatchObject([{ namespace: 'shop' }]);
});

test.each([
  ['another namespace', offloading('shop'), offloading('blog')],
  ['another name', namespace('shop'), namespace('blog')],
  [
    'another group',
    'apiVersion: a/v1\nkind: K\nmetadata: { name: x }\n',
    'apiVersion: b/v1\nkind: K\nmetadata: { name: x }\n',
  ],
  [
    'another kind',
    'apiVersion: v1\nkind: K\nmetadata: { name: x }\n',
    'apiVersion: v1\nkind: L\nmetadata: { name: x }\n',
  ],
  ['a name that Flux fills in', namespace('"${APP}"'), namespace('"${APP}"')],
  [
    'generated names',
    'apiVersion: v1\nkind: K\nmetadata: { generateName: x }\n',
    'apiVersion: v1\nkind: K\nmetadata: { generateName: x }\n',
  ],
])('passes over %s', (_, one, two) => {
  expect(find(rule, state(one, two))).toEqual([]);
});

test('passes over copies that units of their own apply', () => {
  const two = new State(
    ['dist/a/x.yaml', 'dist/b/x.yaml'].flatMap((file) => manifests(namespace('shop'), file)),
  );
  const [a, b] = ['a', 'b'].map((name) =>
    kustomization(`path: dist/${name}`).replace('name: apps', `name: ${name}`),
  );
  const found = (units: string) => find(rule, two, two, unitFacts(units, units));
  expect(found(`${a ?? ''}---\n${b ?? ''}`)).toEqual([]);
  expect(found(a ?? '')).toHaveLength(1);
  expect(found(kustomization('path: dist'))).toHaveLength(1);
});

test('passes over copies that no known unit reads, unless a folder that declares units holds both', () => {
  const found = (files: readonly string[], unitsIn: readonly string[]) => {
    const all = new State(files.flatMap((file) => manifests(namespace('shop'), file)));
    const declared = unitsIn.flatMap((file) => manifests(kustomization('path: ./apps'), file));
    const units = new DeclaredUnits(declared);
    return find(rule, all, all, { ...FACTS, units: { before: units, after: units } });
  };
  const [a, b] = ['clusters/a/x.yaml', 'clusters/b/x.yaml'];
  expect(found([a, b], [a, b])).toEqual([]);
  expect(found([a, b], ['other/x.yaml'])).toEqual([]);
  expect(found(['clusters/a/x.yaml', 'clusters/a/y.yaml'], ['other/x.yaml'])).toEqual([]);
  expect(found([a, b], [])).toHaveLength(1);
  expect(found(['clusters/a/x.yaml', 'clusters/a/y.yaml'], [a])).toHaveLength(1);
  expect(found(['clusters/a/x.yaml', 'clusters/a/b/y.yaml'], [a])).toHaveLength(1);
  expect(found([a, b], ['units.yaml'])).toHaveLength(1);
  expect(found(['apps/a/x.yaml', 'apps/b/x.yaml'], [a])).toHaveLength(1);
  expect(found(['apps/a/x.yaml', b], [a])).toHaveLength(1);
});
