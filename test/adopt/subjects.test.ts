import { subjectsOf } from '../../lib/adopt/subjects';
import { liveNamespace, liveOffloading, read } from './given';

const TWIN = {
  'liqo.io/managed-by-namespace-map': 'liqo-tenant-milan/milan',
  'liqo.io/original-name': 'web',
};
const declared = (name: string, annotations = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, annotations },
});
const names = (...objects: object[]) => subjectsOf(read(...objects)).adopted.map(({ name }) => name);

test('of a cluster, the namespaces that are offloaded', () => {
  const found = subjectsOf(
    read(liveNamespace('kube-system'), liveNamespace('shop'), liveNamespace('blog'), liveOffloading('shop')),
  );
  expect(found).toMatchObject({
    adopted: [{ name: 'shop', namespaces: [{ name: 'shop' }], offloadings: [{ name: 'offloading' }] }],
    notOffloaded: 2,
    twins: 0,
  });
});

test('of manifests, every namespace', () => {
  expect(names(declared('shop'), declared('blog'))).toEqual(['blog', 'shop']);
});

test('no twin namespace of another consumer', () => {
  const found = subjectsOf(read(liveNamespace('web-milan', {}, TWIN), declared('web-rome', TWIN)));
  expect(found).toMatchObject({ adopted: [], notOffloaded: 0, twins: 2 });
});

test('a twin namespace that is offloaded further stays its owner’s', () => {
  const { adopted } = subjectsOf(read(liveNamespace('web-milan', {}, TWIN), liveOffloading('web-milan')));
  expect(adopted).toMatchObject([{ name: 'web-milan', namespaces: [], offloadings: [{}] }]);
});

test('names of prototypes are names', () => {
  expect(names(declared('constructor'), declared('tostring'))).toEqual(['constructor', 'tostring']);
});

test('the rest is counted by kind', () => {
  const other = (kind: string, name: string) => ({ apiVersion: 'apps/v1', kind, metadata: { name } });
  const { left, adopted } = subjectsOf(
    read(other('Deployment', 'a'), other('Deployment', 'b'), other('Namespace', 'c')),
  );
  expect([adopted, [...left]]).toEqual([
    [],
    [
      ['Deployment', 2],
      ['Namespace', 1],
    ],
  ]);
});
