import { InputError } from '../../lib/input/error';
import { approvalEntry, ENTRY } from '../../lib/judge/approval-entry';
import { liveApprovals, parseApprovals } from '../../lib/judge/approvals';

const FILE = 'config/approvals/a.yaml';

test('reads entries with their lines, also of several documents', () => {
  const text = `# why
- { namespace: shop, rule: unoffload, reason: PLAT-1 moved }
-
  namespace: blog
  rule: namespace-removed
  reason: "012"
---
- { namespace: third, rule: unoffload, reason: yes it is }
`;
  expect(parseApprovals(FILE, text)).toEqual([
    { namespace: 'shop', rule: 'unoffload', reason: 'PLAT-1 moved', file: FILE, line: 2 },
    { namespace: 'blog', rule: 'namespace-removed', reason: '012', file: FILE, line: 4 },
    { namespace: 'third', rule: 'unoffload', reason: 'yes it is', file: FILE, line: 8 },
  ]);
});

test('reads the clusters that an approval is for; other clusters make another approval', () => {
  const [one, other] = parseApprovals(
    FILE,
    `- { namespace: a, rule: clusters-deselected, reason: r, clusters: [naples] }
- { namespace: a, rule: clusters-deselected, reason: r, clusters: [rome] }
`,
  );
  expect([one?.clusters, other?.clusters]).toEqual([['naples'], ['rome']]);
  expect(one && other && liveApprovals([one, other], [one])).toEqual([other]);
});

test.each(['', '# nothing yet\n', '[]\n', '---\n'])('reads %j as no approval', (text) => {
  expect(parseApprovals(FILE, text)).toEqual([]);
});

const entry = (fields: string) => `- { ${fields} }\n`;
test.each([
  [
    'a map',
    'namespace: shop\nrule: unoffload\n',
    { line: 1, message: expect.stringContaining('is not a valid array') },
  ],
  [
    'a misspelt key',
    entry('namspace: shop, namespace: shop, rule: unoffload, reason: r'),
    { path: '/0/namspace', remedy: "did you mean 'namespace'?" },
  ],
  [
    'a missing reason',
    entry('namespace: shop, rule: unoffload'),
    { path: '/0', message: "the key 'reason' is missing" },
  ],
  [
    'nothing that it is for',
    entry('rule: unoffload, reason: r'),
    { line: 1, path: '/0', message: "the key 'namespace' is missing" },
  ],
  [
    'a provider where a namespace belongs',
    entry('namespace: shop, provider: naples, rule: unoffload, reason: r'),
    { path: '/0/provider', message: expect.stringContaining('by namespace, not by provider') },
  ],
  [
    'a namespace where a provider belongs',
    entry('namespace: shop, rule: peering-removed, reason: r'),
    { path: '/0', message: "the key 'provider' is missing" },
  ],
  [
    'an empty reason',
    entry('namespace: shop, rule: unoffload, reason: ""'),
    { path: '/0/reason', message: 'the text is empty' },
  ],
  [
    'a namespace that YAML 1.1 reads as a boolean',
    entry('namespace: on, rule: unoffload, reason: r'),
    { path: '/0/namespace', message: 'true is not a valid string' },
  ],
  [
    'a misspelt rule',
    `\n${entry('namespace: shop, rule: unofload, reason: r')}`,
    { line: 2, path: '/0/rule', remedy: "did you mean 'unoffload'?" },
  ],
  [
    'a rule that cannot be approved through',
    entry('namespace: shop, rule: mapping-strategy-immutable, reason: r'),
    { path: '/0/rule', message: expect.stringContaining('cannot be approved') },
  ],
  [
    'a rule called __proto__',
    entry('namespace: shop, rule: __proto__, reason: r'),
    {
      path: '/0/rule',
      message: "there is no rule '__proto__'",
      remedy: expect.stringMatching(/^rules that can be approved: .*namespace-removed, unoffload, /),
    },
  ],
  [
    'no clusters at all',
    entry('namespace: shop, rule: clusters-deselected, reason: r, clusters: []'),
    { path: '/0/clusters', message: 'the list is empty' },
  ],
  [
    'a blank reason',
    entry('namespace: a, rule: unoffload, reason: " "'),
    { line: 1, message: 'the text is empty' },
  ],
  [
    'broken YAML',
    '- { namespace: shop',
    { line: expect.any(Number), message: expect.stringContaining('broken YAML') },
  ],
  [
    'a key written twice',
    entry('namespace: a, namespace: b, rule: unoffload, reason: r'),
    { message: expect.stringContaining('unique') },
  ],
])('refuses %s', (_, text, problem) => {
  const read = () => parseApprovals(FILE, text);
  expect(read).toThrow(InputError);
  expect(read).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ file: FILE, ...problem })] }),
  );
});

test('says everything that is wrong at once', () => {
  const text = entry('namespace: shop, reason: r') + entry('namespace: shop, rule: unoffload');
  expect(() => parseApprovals(FILE, text)).toThrow(
    expect.objectContaining({
      problems: [expect.objectContaining({ line: 1 }), expect.objectContaining({ line: 2 })],
    }),
  );
});

test('an approval that the baseline has is spent, wherever it was moved to; another reason makes a new one', () => {
  const one = { namespace: 'shop', rule: 'unoffload', reason: 'r', file: FILE, line: 1 };
  const moved = { ...one, file: 'config/approvals/b.yaml', line: 7 };
  const again = { ...one, reason: 'r, once more' };
  expect(liveApprovals([moved, again], [one])).toEqual([again]);
  expect(liveApprovals([one], [])).toEqual([one]);
  const [clusters, reordered] = ['[a, b]', '[b, a]'].map((all) =>
    parseApprovals(FILE, entry(`namespace: shop, rule: unoffload, reason: r, clusters: ${all}`)),
  );
  expect(liveApprovals(reordered ?? [], clusters ?? [])).toEqual([]);
});

describe('the entry as a finding shows it', () => {
  const shown = approvalEntry('shop', 'unoffload').split(ENTRY)[1] ?? '';
  const read = (text: string) => parseApprovals(FILE, text);

  test.each([
    ['pasted', `- ${shown}\n`],
    ['with dots typed by hand', entry('namespace: shop, rule: unoffload, reason: "..."')],
    ['with more of them', entry('namespace: shop, rule: unoffload, reason: " … … "')],
  ])('approves nothing, %s: one error', (_, text) => {
    expect(() => liveApprovals([...read(text), ...read(text)], [])).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({
            file: FILE,
            line: 1,
            message: expect.stringMatching(/^the approval of unoffload for 'shop' still has the placeholder/),
          }),
        ],
      }),
    );
  });

  test('is no trouble where it was merged before, or ends in dots', () => {
    const merged = read(`- ${shown}\n`);
    expect(liveApprovals(merged, merged)).toEqual([]);
    expect(liveApprovals(read(entry('namespace: shop, rule: unoffload, reason: moved…')), [])).toHaveLength(
      1,
    );
  });
});

test('an approval that stands twice is one', () => {
  const twice = parseApprovals(FILE, entry('namespace: shop, rule: unoffload, reason: r').repeat(2));
  expect(liveApprovals(twice, [])).toEqual(twice.slice(0, 1));
});
