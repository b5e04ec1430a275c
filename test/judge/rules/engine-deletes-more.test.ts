import { engineDeletesMore as rule } from '../../../lib/judge/rules/engine-deletes-more';
import { find, namespace, state } from '../given';
import { application, kustomization, unitFacts } from '../hand-written-units';

const given = state(namespace('shop'));
const found = (was: string, is: string) =>
  find(rule, given, given, unitFacts(was, is)).map(({ message }) => message);

const FINALIZER = ', finalizers: [resources-finalizer.argocd.argoproj.io]';
const AUTOMATED = 'syncPolicy: { automated: { prune: true } }';

test.each([
  [
    'newly prunes: ',
    kustomization('prune: false, deletionPolicy: Orphan'),
    kustomization('prune: true, deletionPolicy: Orphan'),
  ],
  ['newly deletes what', kustomization('prune: false'), kustomization('prune: true')],
  ['newly deletes what', kustomization('prune: true, deletionPolicy: Orphan'), kustomization('prune: true')],
  ['newly prunes by itself', application('dist'), application('dist', AUTOMATED)],
  [
    'newly prunes by itself',
    application('dist', AUTOMATED.replace('prune', 'enabled: false, prune')),
    application('dist', AUTOMATED),
  ],
  ['newly deletes what', application('dist'), application('dist', '', FINALIZER)],
])('finds what %s', (text, was, is) => {
  expect(found(was, is)).toEqual([expect.stringContaining(text)]);
  expect(found(is, was)).toEqual([]);
  expect(found(is, is)).toEqual([]);
  expect(found('', is)).toEqual([]);
});

test('passes over a unit that is suspended, and one that has its files from elsewhere', () => {
  expect(found(kustomization('prune: false'), kustomization('prune: true, suspend: true'))).toEqual([]);
  const [was, is] = [kustomization('prune: false'), kustomization('prune: true')].map((one) =>
    one.replace('GitRepository', 'OCIRepository'),
  );
  expect(found(was ?? '', is ?? '')).toEqual([]);
});
