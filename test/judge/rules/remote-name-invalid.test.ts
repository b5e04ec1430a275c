import { remoteNameInvalid as rule } from '../../../lib/judge/rules/remote-name-invalid';
import { FACTS, fieldFor, find, lineFor, offloading, state } from '../given';

const selected = (name: string) => `{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: ${name} }`;
/** With `-venice` it has 63 characters, or one more. */
const LONGEST = 'n'.repeat(56);

test.each([
  ['the default name of 64 characters', offloading(`${LONGEST}n`, '{}'), /64 characters.*63/],
  ['a chosen name with a dot', offloading('shop', selected('a.b')), /'a\.b'.*DNS-1123 label/],
  ['a chosen name with capitals', offloading('shop', selected('Shop')), /'Shop'/],
  ['a chosen name of 64 characters', offloading('shop', selected('r'.repeat(64))), /64 characters/],
])('finds %s', (_, text, problem) => {
  const found = find(rule, state(text));
  expect(found).toMatchObject([{ message: expect.stringMatching(problem) }]);
  expect(found.map(lineFor)).toEqual([text.includes('SelectedName') ? 4 : 3]);
});

test.each([
  ['the namespace', offloading(`${LONGEST}n`, '{}'), 'metadata.namespace'],
  [
    'the chosen name, which Flux may have yet to fill in',
    offloading('shop', selected('"${a}"')),
    'spec.remoteNamespaceName',
  ],
])('lies in what made the name: %s', (_, text, field) => {
  expect(find(rule, state(text)).map(fieldFor)).toEqual([field]);
});

test('advises by what made the name', () => {
  const remedy = (text: string) => find(rule, state(text))[0]?.remedy;
  expect(remedy(offloading('shop', selected('a.b')))).toContain('Choose a remoteNamespaceName');
  expect(remedy(offloading(`${LONGEST}n`, '{}'))).toContain('Use SelectedName');
});

test.each([
  ['the default name of 63 characters', offloading(LONGEST, '{}')],
  [
    'a long name that stays the same',
    offloading('n'.repeat(63), '{ namespaceMappingStrategy: EnforceSameName }'),
  ],
  ['a long namespace with a chosen name', offloading('n'.repeat(63), selected('short'))],
  ['a name that is ignored', offloading('shop', '{ remoteNamespaceName: "A.B" }')],
  ['no name at all, which remote-name-required refuses', offloading('shop', selected('""'))],
])('passes over %s', (_, text) => {
  expect(find(rule, state(text))).toEqual([]);
});

test('passes over default names where nobody knows the consumer', () => {
  const unknown = { ...FACTS, consumer: undefined };
  expect(find(rule, state(offloading('n'.repeat(63), '{}')), state(), unknown)).toEqual([]);
});
