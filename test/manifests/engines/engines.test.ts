import { unitsByPath } from '../../../lib/manifests/engines/engines';

const units = (engine: 'argocd' | 'flux', ...paths: string[]) =>
  Object.fromEntries(unitsByPath(engine, paths));

test('an Application takes one folder, with its workloads, and none below it', () => {
  expect(
    units(
      'argocd',
      'dist/cluster/a.yaml',
      'dist/namespaces/a.yaml',
      'dist/namespaces/x/a.yaml',
      'dist/workloads/x/a.yaml',
      'dist/namespaces/x/y/a.yaml',
    ),
  ).toEqual({
    'dist/cluster/a.yaml': 'cluster',
    'dist/namespaces/a.yaml': 'namespaces',
    'dist/namespaces/x/a.yaml': 'namespaces/x',
    'dist/workloads/x/a.yaml': 'namespaces/x',
    'dist/namespaces/x/y/a.yaml': 'namespaces/x/y',
  });
});

test('a Kustomization takes the outermost folder that has files, a layer for itself', () => {
  expect(
    units(
      'flux',
      'dist/namespaces/x/a.yaml',
      'dist/namespaces/x/y/a.yaml',
      'dist/namespaces/xy/a.yaml',
      'dist/namespaces/z/y/a.yaml',
      'dist/workloads/x/y/a.yaml',
    ),
  ).toEqual({
    'dist/namespaces/x/a.yaml': 'namespaces/x',
    'dist/namespaces/x/y/a.yaml': 'namespaces/x',
    'dist/namespaces/xy/a.yaml': 'namespaces/xy',
    'dist/namespaces/z/y/a.yaml': 'namespaces/z/y',
    'dist/workloads/x/y/a.yaml': 'workloads/x/y',
  });
});

test('a file in the top folder draws all others into its Kustomization', () => {
  expect(units('flux', 'dist/namespaces/a.yaml', 'dist/namespaces/x/b.yaml')).toEqual({
    'dist/namespaces/a.yaml': 'namespaces',
    'dist/namespaces/x/b.yaml': 'namespaces',
  });
});

test('files outside dist, and on top of it, are in no unit', () => {
  expect(units('flux', 'dist/a.yaml', 'distant/x/a.yaml', 'x/dist/x/a.yaml')).toEqual({});
  expect(Object.fromEntries(unitsByPath('argocd', ['c/dist/namespaces/x/a.yaml'], 'c/dist'))).toEqual({
    'c/dist/namespaces/x/a.yaml': 'namespaces/x',
  });
});
