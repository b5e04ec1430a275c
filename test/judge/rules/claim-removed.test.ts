import { claimRemoved as rule } from '../../../lib/judge/rules/claim-removed';
import { find, namespace, offloading, state } from '../given';

const claim = (spec = 'storageClassName: liqo', metadata = '') =>
  `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: data, namespace: shop${metadata} }\nspec: { ${spec} }\n`;
const set = (spec: string) =>
  `apiVersion: apps/v1\nkind: StatefulSet\nmetadata: { name: db, namespace: shop }\nspec: { ${spec} }\n`;
const TEMPLATES = 'volumeClaimTemplates: [{ metadata: { name: d }, spec: { storageClassName: liqo } }]';
const retention = (deleted: string, scaled = 'Retain') =>
  `persistentVolumeClaimRetentionPolicy: { whenDeleted: ${deleted}, whenScaled: ${scaled} }`;
const storageClass = (name: string, more: string) =>
  `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: ${name} }\n${more}\n`;
const around = offloading('shop');
const found = (was: readonly string[], is: readonly string[] = [around]) =>
  find(rule, state(...is), state(...was));
const categories = (...given: Parameters<typeof found>) => found(...given).map(({ category }) => category);

test("finds a claim of Liqo's class that leaves Git", () => {
  expect(found([around, claim()])).toMatchObject([
    {
      namespace: 'shop',
      category: 'destructive',
      message:
        "PersistentVolumeClaim 'data' in 'shop' is removed from Git: pruning deletes it, and Liqo deletes its volume and all its data on the cluster that its pods ran on.",
      remedy: expect.stringContaining('rule: claim-removed'),
    },
  ]);
});

test('other claims are destructive in an offloaded namespace, and a warning elsewhere', () => {
  const own = claim('storageClassName: fast');
  expect(categories([around, own])).toEqual(['destructive']);
  expect(categories([namespace('shop'), own], [namespace('shop')])).toEqual([undefined]);
  expect(found([namespace('shop'), own], [namespace('shop')])[0]?.remedy).toBe(
    'Keep it, or move the data first.',
  );
  expect(categories([namespace('shop'), claim()], [namespace('shop')])).toEqual(['destructive']);
});

test('goes by who provisions a class, whatever it is called', () => {
  const far = storageClass('far', 'provisioner: liqo.io/storage\nreclaimPolicy: Retain');
  expect(found([around, far, claim('storageClassName: far')], [around, far])).toMatchObject([
    { message: expect.stringContaining('pruning deletes it') },
  ]);
});

test('finds a StatefulSet that takes its claims along', () => {
  expect(found([around, set(`${TEMPLATES}, ${retention('Delete')}`)])).toMatchObject([
    { message: expect.stringContaining("StatefulSet 'db' in 'shop' is removed from Git") },
  ]);
  const scaled = (replicas: number) =>
    set(`${TEMPLATES}, ${retention('Retain', 'Delete')}, replicas: ${replicas}`);
  expect(found([around, scaled(3)], [around, scaled(1)])).toMatchObject([
    { message: expect.stringContaining('goes from 3 to 1 replicas') },
  ]);
});

test.each<[string, readonly string[], readonly string[]]>([
  ['a claim that stays', [around, claim()], [around, claim('storageClassName: liqo, resources: {}')]],
  [
    'one that pruning passes over',
    [around, claim('', ', annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }')],
    [around],
  ],
  [
    'one whose class keeps volumes',
    [around, storageClass('safe', 'provisioner: x\nreclaimPolicy: Retain'), claim('storageClassName: safe')],
    [around],
  ],
  [
    'one of a volume made by hand',
    [
      around,
      'apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: nfs }\nspec: {}\n',
      claim('volumeName: nfs'),
    ],
    [around],
  ],
  ['a StatefulSet that leaves its claims behind', [around, set(TEMPLATES)], [around]],
  ['one without claims', [around, set(retention('Delete'))], [around]],
  [
    'one that grows',
    [around, set(`${TEMPLATES}, ${retention('Retain', 'Delete')}`)],
    [around, set(`${TEMPLATES}, ${retention('Retain', 'Delete')}, replicas: 3`)],
  ],
])('is silent about %s', (_, was, is) => {
  expect(found(was, is)).toEqual([]);
});
