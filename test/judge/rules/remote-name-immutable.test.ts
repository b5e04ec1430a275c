import { remoteNameImmutable as rule } from '../../../lib/judge/rules/remote-name-immutable';
import { fieldFor, find, lineFor, offloading, state } from '../given';

test.each([
  ['a', 'b', "'a' to 'b'"],
  ['a', '""', "'a' to none"],
  ['""', 'b', "none to 'b'"],
])('finds %s to %s, whatever the strategy', (was, is, change) => {
  for (const strategy of ['SelectedName', 'DefaultName', 'EnforceSameName']) {
    const spec = (name: string) => `{ namespaceMappingStrategy: ${strategy}, remoteNamespaceName: ${name} }`;
    const found = find(rule, state(offloading('shop', spec(is))), state(offloading('shop', spec(was))));
    expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringContaining(change) }]);
    expect(found.map(lineFor)).toEqual([4]);
    expect(found.map(fieldFor)).toEqual(['spec.remoteNamespaceName']);
  }
});

test.each([
  ['absent to empty', '{}', '{ remoteNamespaceName: "" }'],
  ['empty to null', '{ remoteNamespaceName: "" }', '{ remoteNamespaceName: null }'],
  ['the same name', '{ remoteNamespaceName: a }', '{ remoteNamespaceName: a, podOffloadingStrategy: Local }'],
])('passes over %s', (_, was, is) => {
  expect(find(rule, state(offloading('shop', is)), state(offloading('shop', was)))).toEqual([]);
});
