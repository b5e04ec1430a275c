import { remoteNameRequired as rule } from '../../../lib/judge/rules/remote-name-required';
import { fieldFor, find, lineFor, offloading, state } from '../given';

test.each(['', ', remoteNamespaceName: ""', ', remoteNamespaceName: null'])(
  'finds SelectedName with%j',
  (name) => {
    const found = find(rule, state(offloading('shop', `{ namespaceMappingStrategy: SelectedName${name} }`)));
    expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringContaining('SelectedName') }]);
    expect(found.map(lineFor)).toEqual([4]);
    expect(found.map(fieldFor)).toEqual(['spec.namespaceMappingStrategy']);
  },
);

test.each([
  '{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: x }',
  '{ namespaceMappingStrategy: EnforceSameName }',
  '{}',
])('passes over %s', (spec) => {
  expect(find(rule, state(offloading('shop', spec)))).toEqual([]);
});
