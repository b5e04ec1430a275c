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
    "The Kustomization 'apps' now prunes",
    kustomization('prune: false, deletionPolicy: Orphan'),
    kustomization('prune: true, deletionPolicy: Orphan'),
  ],
  [
    "The Kustomization 'apps' now deletes everything it applied when it is removed",
    kustomization('prune: false'),
    kustomization('prune: true'),
  ],
  [
    "The Kustomization 'apps' now deletes everything it applied when it is removed",
    kustomization('prune: true, deletionPolicy: Orphan'),
    kustomization('prune: true'),
  ],
  ["The Application 'apps' now prunes automatically", application('dist'), application('dist', AUTOMATED)],
  [
    "The Application 'apps' now prunes automatically",
    application('dist', AUTOMATED.replace('prune', 'enabled: false, prune')),
    application('dist', AUTOMATED),
  ],
  [
    "The Application 'apps' now deletes everything it applied when it is removed",
    application('dist'),
    application('dist', '', FINALIZER),
  ],
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
