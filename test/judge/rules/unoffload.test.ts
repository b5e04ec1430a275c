import { unoffload as rule } from '../../../lib/judge/rules/unoffload';
import { find, lineFor, namespace, offloading, state } from '../given';

test.each(['LocalAndRemote', 'Remote', 'Local'])('finds one of strategy %s that leaves', (pods) => {
  const before = state(
    `${namespace('shop')}---\n${offloading('shop', `{ podOffloadingStrategy: ${pods} }`)}`,
  );
  const found = find(rule, state(namespace('shop')), before);
  expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringContaining('twin namespaces') }]);
  expect(found.map(lineFor)).toEqual([5]);
});

test('finds one that moves to another namespace, and one that another name replaces', () => {
  const before = state(offloading('shop'));
  expect(find(rule, state(offloading('blog')), before)).toMatchObject([{ namespace: 'shop' }]);
  expect(find(rule, state(offloading('shop', '{}', { name: 'other' })), before)).toHaveLength(1);
});

test('asks each object for its own protection, not its Namespace', () => {
  const kept = 'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }';
  expect(find(rule, state(), state(namespace('shop', kept), offloading('shop')))).toHaveLength(1);
  expect(find(rule, state(), state(namespace('shop'), offloading('shop', '{}', { metadata: kept })))).toEqual(
    [],
  );
});

test.each([
  ['one that stays', offloading('shop', '{ podOffloadingStrategy: Local }')],
  [
    'one that moves to another version of the API',
    offloading('shop', '{}', { apiVersion: 'offloading.liqo.io/v1' }),
  ],
])('passes over %s', (_, is) => {
  expect(find(rule, state('', is), state(offloading('shop')))).toEqual([]);
});

test('names the namespaces that share the twin, and nobody else', () => {
  const shared = '{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: shared }';
  const before = state(offloading('a', shared), offloading('b', shared), offloading('c'));
  const [problem] = find(rule, state(offloading('b', shared), offloading('c')), before);
  expect(problem?.message).toContain("Namespaces with the same remote name lose that twin too: 'b'.");
  const three = state(
    offloading('d', shared),
    ...before.offloadings.map(({ manifest }) => manifest.source.text),
  );
  const [all] = find(rule, state(), three);
  expect(all?.message).toContain("Namespaces with the same remote name lose that twin too: 'a', 'b'.");
  const [alone] = find(rule, state(offloading('a', shared), offloading('b', shared)), before);
  expect(alone?.message).toMatch(/on every provider\.$/);
  expect(alone?.remedy).toContain('{ namespace: c, rule: unoffload, reason');
});

test('finds one that named no namespace, unless it is given one', () => {
  const nowhere = offloading('shop').replace(', namespace: shop', '');
  const [found, other] = find(rule, state(), state(nowhere));
  expect(found).toMatchObject({
    message: expect.stringContaining('which names no namespace, is removed from Git'),
  });
  expect(found?.namespace).toBeUndefined();
  expect(other).toBeUndefined();
  expect(find(rule, state(offloading('shop')), state(nowhere))).toEqual([]);
  expect(find(rule, state(nowhere), state(nowhere))).toEqual([]);
  expect(find(rule, state(offloading('blog')), state(nowhere, offloading('blog')))).toHaveLength(1);
});
