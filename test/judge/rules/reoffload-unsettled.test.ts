import { reoffloadUnsettled as rule } from '../../../lib/judge/rules/reoffload-unsettled';
import { FACTS, find, lineFor, offloading, state } from '../given';
import { past, SHALLOW } from '../past';

const form = (spec: string) => offloading('shop', spec);
const SAME = form('{ namespaceMappingStrategy: EnforceSameName }');
const DEFAULT = form('{}');
const selected = (name: string) =>
  form(`{ namespaceMappingStrategy: SelectedName, remoteNamespaceName: ${name} }`);

/** What is found where the namespace is offloaded anew as `is`, after these forms. */
const found = (is: string, forms: readonly string[], more = {}, before = state()) =>
  find(rule, state(is), before, { ...FACTS, past: past(forms), ...more });

test('finds another strategy, and names the commit that removed the old one and how to see that it is gone', () => {
  const [first, ...others] = found(DEFAULT, [SAME, '']);
  expect(others).toEqual([]);
  expect(first).toMatchObject({
    namespace: 'shop',
    message: expect.stringMatching(
      /EnforceSameName until commit b{12}: .*Liqo refuses this change as an update to DefaultName/,
    ),
    remedy: expect.stringContaining('kubectl get namespaceoffloading offloading -n shop'),
  });
  expect(first && lineFor(first)).toBe(4);
});

test('finds another remote name', () => {
  expect(found(selected('y'), [selected('x'), ''])).toHaveLength(1);
});

test('the last form before the removal counts', () => {
  expect(found(DEFAULT, [DEFAULT, '', SAME, ''])).toMatchObject([
    { message: expect.stringContaining('until commit dddddddddddd') },
  ]);
  expect(found(DEFAULT, [SAME, '', DEFAULT, ''])).toEqual([]);
});

test.each([
  ['the same strategy', DEFAULT, [DEFAULT, '']],
  ['the default, written or not', DEFAULT, [form('{ namespaceMappingStrategy: DefaultName }'), '']],
  ['a namespace that was never offloaded', DEFAULT, []],
  ['one of which the window holds the removal alone', DEFAULT, ['']],
])('is silent about %s', (_, is, forms) => {
  expect(found(is, forms)).toEqual([]);
});

test('is silent about a namespace that is offloaded already', () => {
  expect(found(DEFAULT, [SAME, ''], {}, state(SAME))).toEqual([]);
});

test('is silent where nobody wants to know, or no commit was judged against', () => {
  expect(found(DEFAULT, [SAME, ''], { settledAfterCommits: 0 })).toEqual([]);
  expect(found(DEFAULT, [SAME, ''], { past: undefined })).toEqual([]);
});

test('asks for the commits that the setting says', () => {
  const asked: unknown[] = [];
  const spy = (_: unknown, commits: unknown) => {
    asked.push(commits);
    return { steps: new Map(), complete: true };
  };
  found(DEFAULT, [], { past: spy, settledAfterCommits: 7 });
  expect(asked).toEqual([7]);
});

test('a history that is cut off is said once, for all namespaces', () => {
  const facts = { ...FACTS, past: past([], SHALLOW) };
  expect(find(rule, state(DEFAULT, offloading('blog')), state(), facts)).toEqual([
    {
      message: expect.stringMatching(
        /^'shop' and 1 more namespaces are newly offloaded, .*20 commits: this clone is shallow/,
      ),
      remedy: SHALLOW.remedy,
    },
  ]);
  expect(find(rule, state(DEFAULT), state(DEFAULT), facts)).toEqual([]);
});
