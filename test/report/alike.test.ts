// Which findings a reader takes for one event.
import type { Finding } from '../../lib/judge/finding';
import { alike, entriesOf, othersText, titleOf } from '../../lib/report/alike';
import { textReport } from '../../lib/report/text';
import { APPROVED, REJECTED, report } from './given';

const lost = (namespace: string, more: Partial<Finding> = {}): Finding => ({
  ...REJECTED,
  rule: 'clusters-deselected',
  namespace,
  message: `'${namespace}' selects less: Liqo deletes '${namespace}-venice' on rome.`,
  remedy: `Keep it, or let it go with\n- { namespace: ${namespace}, rule: clusters-deselected, reason: "…" }`,
  clusters: ['rome'],
  file: `dist/${namespace}.yaml`,
  ...more,
});

const namespaces = (findings: readonly Finding[]) =>
  alike(findings).map(({ first, others }) => [first, ...others].map(({ namespace }) => namespace));

test('findings that differ in the namespace and its twin are one', () => {
  expect(namespaces([lost('blog'), lost('data'), lost('shop')])).toEqual([['blog', 'data', 'shop']]);
});

test.each<[string, Finding]>([
  ['another rule', lost('shop', { rule: 'unoffload' })],
  ['another severity', lost('shop', { severity: 'warning' })],
  ['other clusters', lost('shop', { clusters: ['naples'] })],
  ['another message', lost('shop', { message: "'shop' selects less: Liqo deletes 'shop-milan' on rome." })],
  ['another remedy', lost('shop', { remedy: 'Keep it.' })],
  ['an approval', lost('shop', { approved: 'PLAT-1' })],
  ['a name that another begins with', lost('shop', { message: "'shop' and 'blog-venice' on rome." })],
  ['the same namespace once more', lost('blog')],
  ['no namespace', { ...lost('shop'), namespace: undefined }],
])('%s is another event', (_, other) => {
  expect(alike([lost('blog'), other])).toHaveLength(2);
});

test('the title counts, the sentence names them, and each has its entry', () => {
  const [two] = alike([lost('blog'), lost('shop')]);
  const [three] = alike([lost('blog'), lost('data'), lost('shop')]);
  if (two === undefined || three === undefined) throw new Error('nothing was grouped');
  expect([two, three].map(titleOf)).toEqual(['blog and 1 more namespace', 'blog and 2 more namespaces']);
  expect(othersText(three)).toBe('The same in data, shop.');
  expect(entriesOf(three).map((entry) => /namespace: (\w+)/.exec(entry)?.[1])).toEqual([
    'blog',
    'data',
    'shop',
  ]);
});

test('an approved event shows no entry', () => {
  expect(alike([APPROVED, { ...APPROVED, namespace: 'data' }]).flatMap(entriesOf)).toEqual([]);
});

test('thousands are named in part, and the rest is counted', () => {
  const [all] = alike(Array.from({ length: 1000 }, (_, i) => lost(`ns-${i}`)));
  if (all === undefined) throw new Error('nothing was grouped');
  expect(titleOf(all)).toBe('ns-0 and 999 more namespaces');
  expect(othersText(all)).toMatch(/ns-100 and 899 more\.$/);
  expect(entriesOf(all).at(-1)).toBe('# and 900 more, one a namespace');
});

test('as text, it is one block', () => {
  const text = textReport(report(lost('blog'), lost('data'), lost('shop')), { color: false, width: 80 });
  expect(text).toBe(`blog and 2 more namespaces
  error clusters-deselected
    'blog' selects less: Liqo deletes 'blog-venice' on rome.
    The same in data, shop.
    Keep it, or let it go with
    - { namespace: blog, rule: clusters-deselected, reason: "…" }
    - { namespace: data, rule: clusters-deselected, reason: "…" }
    - { namespace: shop, rule: clusters-deselected, reason: "…" }
    dist/blog.yaml:20
    from config/namespaces/demo/shop.ts

Judged against origin/main (cccccccccccc).
rejected: 3 errors, 0 warnings, 0 infos
`);
});
