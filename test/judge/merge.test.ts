// What a merge would give, object by object; see the three sides as `ours`, `theirs` and the base that both come from.
import { mergeResult } from '../../lib/judge/merge';
import { State } from '../../lib/judge/state';
import { manifests, offloading, state } from './given';

const local = '{ podOffloadingStrategy: Local }';
const remote = '{ podOffloadingStrategy: Remote }';
const A = (spec = '{}') => offloading('a', spec);
const B = (spec = '{}') => offloading('b', spec);

const specs = ({ offloadings }: State) =>
  offloadings.map(({ namespace, pods }) => `${namespace} ${pods ?? ''}`).sort();

test.each([
  ['what only they changed is theirs', [A()], [A(local)], [A()], ['a Local']],
  ['what only we changed is ours', [A(local)], [A()], [A()], ['a Local']],
  ['what both changed is ours', [A(local)], [A(remote)], [A()], ['a Local']],
  ['what they added stays', [A()], [A(), B()], [A()], ['a LocalAndRemote', 'b LocalAndRemote']],
  ['what we added stays', [A(), B()], [A()], [A()], ['a LocalAndRemote', 'b LocalAndRemote']],
  ['what they removed is gone', [A(), B()], [A()], [A(), B()], ['a LocalAndRemote']],
  ['what we removed is gone', [A()], [A(), B()], [A(), B()], ['a LocalAndRemote']],
  ['what we removed and they changed is gone', [], [A(local)], [A()], []],
  ['a duplicate that we added is kept', [A(), A(local)], [A()], [A()], ['a Local', 'a LocalAndRemote']],
])('%s', (_, ours, theirs, base, merged) => {
  expect(specs(mergeResult(state(...ours), state(...theirs), [state(...base)]))).toEqual(merged);
});

test('an object of another version of its API is the same object', () => {
  const old = offloading('a', '{}', { apiVersion: 'offloading.liqo.io/v1alpha1' });
  expect(specs(mergeResult(state(A(local)), state(old), [state(old)]))).toEqual(['a Local']);
});

test('with several bases, what differs from one of them is a change of ours', () => {
  const bases = [state(A(local)), state(A())];
  expect(specs(mergeResult(state(A()), state(A(remote)), bases))).toEqual(['a LocalAndRemote']);
});

test('without a base, what we have is judged as it is', () => {
  expect(specs(mergeResult(state(A(local)), state(A(), B()), []))).toEqual(['a Local']);
});

test('what we changed is where they have moved it meanwhile', () => {
  const at = (file: string, text: string) => new State(manifests(text, file));
  const base = [at('dist/a.yaml', A())];
  const [one] = mergeResult(at('dist/a.yaml', A(local)), at('dist/b.yaml', A()), base).manifests;
  expect(one).toMatchObject({ source: { file: 'dist/a.yaml' }, appliedFrom: 'dist/b.yaml' });
  const [other] = mergeResult(at('dist/c.yaml', A(local)), at('dist/b.yaml', A()), base).manifests;
  expect(other).not.toHaveProperty('appliedFrom');
  const [same] = mergeResult(at('dist/a.yaml', A(local)), at('dist/a.yaml', A(remote)), base).manifests;
  expect(same).not.toHaveProperty('appliedFrom');
});

test('what we moved is where we moved it, in the form that they gave it', () => {
  const at = (file: string, text: string) => new State(manifests(text, file));
  const merged = (ours: State, theirs: State) =>
    mergeResult(ours, theirs, [at('dist/a.yaml', A())]).manifests.map(({ source: { file, text }, body }) => [
      file,
      text.includes('# hidden'),
      JSON.stringify(body).includes('Local'),
    ]);
  const there = at('dist/a.yaml', A());
  expect(merged(there, there)).toEqual([['dist/a.yaml', false, false]]);
  expect(merged(at('dist/b.yaml', A()), there)).toEqual([['dist/b.yaml', false, false]]);
  expect(merged(at('dist/b.yaml', A()), at('dist/a.yaml', A(local)))).toEqual([['dist/b.yaml', false, true]]);
  expect(merged(at('dist/a.yaml', `# hidden\n${A()}`), there)).toEqual([['dist/a.yaml', true, false]]);
  expect(merged(there, at('dist/c.yaml', A()))).toEqual([['dist/c.yaml', false, false]]);
  expect(merged(there, at('dist/a.yaml', `${A()}---\n${A(local)}`))).toHaveLength(2);
});
