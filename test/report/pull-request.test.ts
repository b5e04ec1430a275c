// The comment of a pull request.
import type { Finding } from '../../lib/judge/finding';
import type { Inventory } from '../../lib/liqo/inventory';
import { planOf } from '../../lib/plan/plan';
import { ruleUrl } from '../../lib/report/rule-url';
import { pullRequestProblems, pullRequestReport } from '../../lib/report/pull-request';
import type { Report } from '../../lib/report/report';
import { FACTS, namespace, offloading, state } from '../judge/given';
import { node, of, provider, termsOf, VENICE } from '../judge/inventories';
import { APPROVED, EXISTING, REJECTED, report, STALE } from './given';

const NARROWED: Finding = {
  ...REJECTED,
  rule: 'clusters-deselected',
  category: 'destructive',
  message: "The clusterSelector of 'shop' selects less than before.",
  remedy: 'Keep them, or\n- { namespace: shop, rule: clusters-deselected, reason: "…" }',
  clusters: ['florence'],
};

function planned(
  was: readonly string[],
  is: readonly string[],
  findings: readonly Finding[],
  inventory: Inventory | undefined = VENICE,
): Report {
  const facts = { ...FACTS, inventories: { before: inventory, after: inventory } };
  const change = { before: state(...was), after: state(...is) };
  return { ...report(...findings), plan: () => planOf(change, facts, findings) };
}

const selecting = (text: string, name = 'shop') =>
  offloading(name, `{ clusterSelector: { nodeSelectorTerms: ${termsOf([text])} } }`);
const [BOTH, SOUTH] = [selecting('region in (center,south)'), selecting('region=south')];
const shop = (...more: string[]) => [namespace('shop'), ...more];

test('the verdict, what is gained and lost, what is deleted, and the rest folded', () => {
  const blog = [namespace('blog'), selecting('region=south', 'blog')];
  const given = planned(
    [...shop(BOTH), ...blog],
    [...shop(SOUTH), namespace('blog')],
    [...[NARROWED, APPROVED, STALE, EXISTING]],
  );
  expect(pullRequestReport(given)).toMatchInlineSnapshot(`
    "<!-- cdk8s-liqo -->
    ### cdk8s-liqo: rejected against origin/main (cccccccccccc): 2 errors, 0 warnings, 0 infos, 1 approved, 1 already so before

    Plan for namespaces: 0 to create, 2 to change, 0 to delete, 0 unchanged.

    | Namespace |  | florence | naples |
    | --- | --- | --- | --- |
    | **blog** | changed |  | **lost** |
    | **shop** | changed | **lost** |  |

    #### Destructive changes

    - error **shop** [\`clusters-deselected\`](https://cdk8s-liqo.example/docs/rules.md#clusters-deselected): The clusterSelector of 'shop' selects less than before.

      Clusters: florence

      Deleted for good: the twin namespace 'shop-venice' and everything in it on florence

      Keep them, or

      \`\`\`yaml
      - { namespace: shop, rule: clusters-deselected, reason: "…" }
      \`\`\`

      In dist/namespaces/demo/shop.yaml&#58;20 from config/namespaces/demo/shop.ts

    - approved **blog** [\`unoffload\`](https://cdk8s-liqo.example/docs/rules.md#unoffload): The NamespaceOffloading of 'blog' leaves Git.

      Deleted for good: the twin namespace 'blog-venice' and everything in it on naples

      Approved: PLAT-1 moved

      In dist/namespaces/blog.yaml&#58;9

    <details><summary>error <code>dist-stale</code>: whole cluster</summary>

    - error _whole cluster_ [\`dist-stale\`](https://cdk8s-liqo.example/docs/rules.md#dist-stale): dist/namespaces/a.yaml is missing.

      Run npx cdk8s-liqo synth.

      In dist/namespaces/a.yaml

    </details>

    <details><summary>Already so before this change: 1</summary>

    - \`cluster-selector-absent\`: 1

    </details>
    "
  `);
});

test('without an inventory it says what is known', () => {
  const undecided = { ...NARROWED, clusters: undefined, witness: { labels: { region: 'center' } } };
  const none: Inventory = { complete: false, providers: [] };
  const text = pullRequestReport(planned(shop(BOTH), shop(SOUTH), [undecided], none));
  expect(text).toContain('| Namespace |  | Elsewhere |\n');
  expect(text).toContain('| **shop** | changed | **loses** a cluster labelled region=center |\n');
  expect(text).toContain('No inventory names all of these clusters');
  expect(text).toContain('Shown by a cluster labelled region=center');
});

test('with an inventory that is not complete it says how many that names', () => {
  const some = of(false, provider('naples', node('naples', 'region: south')));
  const text = pullRequestReport(planned(shop(BOTH), shop(SOUTH), [], some));
  expect(text).toContain(
    'a cluster labelled region=center, if one exists besides the 1 that the inventory names',
  );
  expect(text).toContain(
    '`config/inventory.yaml` names one cluster and is not complete: there may be others.',
  );
  expect(text).not.toContain('No inventory names');
});

test('a cluster that is gained has a column too, one that is not touched has none', () => {
  const text = pullRequestReport(planned(shop(SOUTH), shop(BOTH), []));
  expect(text).toContain('| Namespace |  | florence |\n');
  expect(text).toContain('| **shop** | changed | gained |\n');
});

test('as many columns as can be read; clusters that lose most come first', () => {
  const providers = Array.from({ length: 12 }, (_, i) =>
    provider(`cluster-${String(i).padStart(2, '0')}`, node(`c${i}`, 'region: center')),
  );
  const text = pullRequestReport(planned(shop(BOTH), shop(SOUTH), [], of(true, ...providers)));
  expect(text).toContain('4 more clusters have no column of their own.');
  expect(text).toContain('cluster-07 | Elsewhere |');
  expect(text).toContain('**loses** cluster-08, cluster-09, cluster-10 and cluster-11');
});

test('stays below what GitHub takes, keeps what matters, and says what was cut', () => {
  const names = Array.from({ length: 3000 }, (_, i) => `namespace-number-${i}`);
  const lost = names.map((one): Finding => ({ ...NARROWED, namespace: one }));
  const minor = names.map((one, i): Finding => ({
    ...REJECTED,
    message: `Number ${i} of many.`,
    category: 'risky',
    severity: 'warning',
    namespace: one,
  }));
  const was = names.flatMap((one) => [namespace(one), selecting('region in (center,south)', one)]);
  const is = names.flatMap((one) => [namespace(one), selecting('region=south', one)]);
  const text = pullRequestReport(planned(was, is, [...lost, ...minor]));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('against origin/main (cccccccccccc): 3000 errors, 3000 warnings');
  expect(text).toContain('\n… and 2900 more.\n');
  expect(text).toMatch(/\n- … and \d+ more\.\n/);
  expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
  expect(text).toContain('<details><summary>warning <code>mapping-strategy-immutable</code>');
});

test('one event in several namespaces is one item, with the entries of all', () => {
  const names = ['blog', 'data', 'shop'];
  const lost = names.map((one): Finding => ({
    ...NARROWED,
    namespace: one,
    message: NARROWED.message.replace('shop', one),
    remedy: NARROWED.remedy.replace('shop', one),
  }));
  const text = pullRequestReport(planned([], [], lost));
  expect(text.match(/^- error .*/gm)).toEqual([
    `- error **blog and 2 more namespaces** [\`clusters-deselected\`](${ruleUrl('clusters-deselected')}): The clusterSelector of 'blog' selects less than before.`,
  ]);
  expect(text).toContain('  The same in data, shop.\n');
  expect(text.match(/^ {2}- \{ namespace: (\w+)/gm)).toHaveLength(3);
});

test('many rules are cut at the least important', () => {
  const long = 'word '.repeat(100);
  const many = Array.from({ length: 200 }, (_, i): Finding => ({
    ...REJECTED,
    rule: `rule-${i}`,
    severity: i === 199 ? 'error' : 'warning',
    message: long,
  }));
  const text = pullRequestReport(report(...many));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('<code>rule-199</code>');
  expect(text).toMatch(
    /… cut here: \d+ more findings of \d+ rules\. `npx cdk8s-liqo check` shows all of them\.\n/,
  );
});

test('nothing to say is short', () => {
  expect(pullRequestReport(report())).toBe(
    `<!-- cdk8s-liqo -->
### cdk8s-liqo: passed against origin/main (cccccccccccc): 0 errors, 0 warnings, 0 infos

Plan for namespaces: 0 to create, 0 to change, 0 to delete, 0 unchanged.
`,
  );
});

test('what could not be judged is no verdict', () => {
  expect(
    pullRequestProblems([
      { code: 'baseline-unknown', message: 'there is no git ref', file: 'a', line: 2, remedy: 'fetch it' },
    ]),
  ).toBe(
    `<!-- cdk8s-liqo -->
### cdk8s-liqo: could not judge

- \`baseline-unknown\` a&#58;2: there is no git ref
  fetch it

This change was not judged: treat it as rejected.
`,
  );
});
