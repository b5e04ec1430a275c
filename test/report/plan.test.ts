// The plan as people and machines read it.
import { planOf } from '../../lib/plan/plan';
import { escaped, fenced } from '../../lib/report/markdown';
import { planJson } from '../../lib/report/plan-json';
import { planMarkdown } from '../../lib/report/plan-markdown';
import { planText } from '../../lib/report/plan-text';
import type { Report } from '../../lib/report/report';
import { FACTS, namespace, offloading, state } from '../judge/given';
import { node, of, provider, termsOf, VENICE } from '../judge/inventories';
import { virtualNode } from '../judge/peering';
import { REJECTED, report } from './given';

const LOOK = { color: false, width: 80 };

function planned(was: readonly string[], is: readonly string[]): Report {
  const facts = { ...FACTS, inventories: { before: VENICE, after: VENICE } };
  const given = report({ ...REJECTED, rule: 'clusters-deselected', namespace: 'shop' });
  const change = { before: state(...was), after: state(...is) };
  return { ...given, plan: () => planOf(change, facts, given.verdict.findings) };
}

const selecting = (text: string) =>
  offloading('shop', `{ clusterSelector: { nodeSelectorTerms: ${termsOf([text])} } }`);
const NARROWED = planned(
  [namespace('shop', 'labels: { team: a }'), selecting('region in (center,south)')],
  [namespace('shop', 'labels: { team: b }'), selecting('region=south')],
);

test('text, on 80 columns', () => {
  expect(planText(NARROWED, LOOK)).toMatchInlineSnapshot(`
    "  ~ shop
        ~ Namespace shop
              labels.team: a -> b
        ~ NamespaceOffloading offloading
              clusterSelector: region in (center,south) -> region=south
        loses florence
        Pods there end as Failed (OffloadingAborted); their controllers start new
        ones elsewhere.
        Deleted for good: the twin namespace 'shop-venice' and everything in it on
        florence.
        error clusters-deselected

    Plan for namespaces: 0 to create, 1 to change, 0 to delete, 0 unchanged.
    Compared with origin/main (cccccccccccc).
    rejected: 1 error, 0 warnings; run check to see what to do
    "
  `);
});

test('no line is wider than the terminal', () => {
  for (const width of [60, 80, 100])
    for (const line of planText(NARROWED, { color: false, width }).split('\n'))
      expect(line.length).toBeLessThanOrEqual(width);
});

test('colours are for terminals', () => {
  expect(planText(NARROWED, { color: true, width: 80 })).toContain('\u001b[');
  expect(planText(NARROWED, LOOK)).not.toContain('\u001b');
});

test('a long object is cut, and says by how much', () => {
  const labels = (value: string) =>
    namespace('shop', `labels: { ${Array.from({ length: 30 }, (_, i) => `l${i}: ${value}`).join(', ')} }`);
  expect(planText(planned([labels('a')], [labels('b')]), LOOK)).toContain('and 18 more fields');
});

test('json', () => {
  expect(JSON.parse(planJson(NARROWED))).toMatchObject({
    version: 1,
    baseline: { kind: 'git', ref: 'origin/main' },
    namespaces: [
      {
        namespace: 'shop',
        action: 'update',
        lost: { clusters: ['florence'] },
        deleted: [expect.stringContaining('florence')],
        findings: [{ rule: 'clusters-deselected' }],
      },
    ],
    summary: { update: 1 },
    verdict: { errors: 1 },
  });
});

test('markdown: the outcome first, a table, the rest folded', () => {
  const text = planMarkdown(NARROWED);
  expect(text.split('\n')[0]).toMatch(/^### cdk8s-liqo plan: rejected: 1 error/);
  expect(text).toContain('| shop | changed |  | **florence** |');
  expect(text).toContain('<details>');
  expect(text).toContain('\n~   shop\n');
});

test('markdown stays below what GitHub takes, and says where it was cut', () => {
  const many = Array.from({ length: 3000 }, (_, i) =>
    namespace(`namespace-number-${i}`, `labels: { team: a${i} }`),
  );
  const text = planMarkdown(planned([], many));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('… and 2901 more.');
  expect(text).toContain('… cut here');
  expect(text.trimEnd().split('\n').at(-3)).toBe('</details>');
});

test('the same in several namespaces is one block, the twins of each aside', () => {
  const all = (team: string, selector: string) =>
    ['blog', 'data', 'shop'].flatMap((one) => [
      namespace(one, `labels: { team: ${team} }`),
      offloading(one, `{ clusterSelector: { nodeSelectorTerms: ${termsOf([selector])} } }`),
    ]);
  const was = [...all('a', 'region in (center,south)'), namespace('alone', 'labels: { team: a }')];
  const is = [...all('b', 'region=south'), namespace('alone', 'labels: { team: b }')];
  const text = planText(planned(was, is), LOOK);
  expect(text.match(/^ {2}~ .*|.*the same in.*|.*Deleted for good.*/gm)).toEqual([
    '  ~ alone',
    '  ~ blog and 1 more',
    '    the same in data',
    "    Deleted for good: the twin namespace 'blog-venice' and everything in it on",
    '  ~ shop', // a finding is its alone
    "    Deleted for good: the twin namespace 'shop-venice' and everything in it on",
  ]);
});

test('hostile names obey nobody', () => {
  const evil = '</details>@admin [x](javascript:1) | `a` <img src=x> #1 www.evil.com https://e.vil';
  const text = escaped(`${evil}\u001b[31m`);
  for (const part of ['<', '>', '@', '[', ']', '|', '`', '#1', 'www.', '://', '\u001b']) {
    expect(text.replace(/&#\d+;/g, '')).not.toContain(part);
  }
  expect(fenced('a ``` b ```` c', 'diff')).toBe('`````diff\na ``` b ```` c\n`````');
  const hostile = planMarkdown(planned([], [namespace('"a```|<b>"')]));
  expect(hostile).toContain('| a&#96;&#96;&#96;&#124;&#60;b&#62; |');
  expect(hostile).toContain('\n````diff\n');
});

test('a finding that the plan does not tell of keeps its message', () => {
  const shop = namespace('shop', 'labels: { team: a }');
  const untold = planText(planned([shop], [namespace('shop', 'labels: { team: b }')]), LOOK);
  expect(untold).toContain('error clusters-deselected\n      Liqo refuses the update');
  expect(planText(NARROWED, LOOK)).not.toContain('Liqo refuses the update');
});

test('what stays is said, within the width', () => {
  const kept = offloading('shop', '{}', {
    metadata: 'annotations: { argocd.argoproj.io/sync-options: Prune=false }',
  });
  const text = planText(planned([kept], []), LOOK);
  expect(text).toContain('is removed from Git but stays in the cluster');
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
});

test('markdown stays below what GitHub takes where every namespace loses many clusters', () => {
  const providers = Array.from({ length: 200 }, (_, i) =>
    provider(`cluster-number-${i}`, node(`c${i}`, 'region: south')),
  );
  const facts = { ...FACTS, inventories: { after: of(true, ...providers) } };
  const many = Array.from({ length: 150 }, (_, i) => [
    namespace(`namespace-${i}`),
    offloading(`namespace-${i}`, '{ clusterSelector: { nodeSelectorTerms: [] } }'),
  ]).flat();
  const given = report();
  const change = { before: state(...many), after: state(...many.filter((_, i) => i % 2 === 0)) };
  const text = planMarkdown({ ...given, plan: () => planOf(change, facts, []) });
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('and 195 more');
});

test('twins that a peering takes along are lost in text, markdown and JSON', () => {
  const still = [namespace('shop'), selecting('region=south')];
  const unpeered = planned([...still, virtualNode('region: south', { name: 'liqo-naples' })], still);
  const [text, markdown] = [planText(unpeered, LOOK), planMarkdown(unpeered)];
  expect(text).toContain('  ~ shop\n    loses naples\n    Pods there end as Failed');
  expect(text).toContain("the twin namespace 'shop-venice' and everything in it on");
  expect(markdown).toContain("| shop | changed |  | **naples** | its twin 'shop-venice' there |");
  const { namespaces } = JSON.parse(planJson(unpeered)) as { namespaces: unknown[] };
  expect(namespaces).toContainEqual(
    expect.objectContaining({ namespace: 'shop', action: 'update', lost: { clusters: ['naples'] } }),
  );
});
