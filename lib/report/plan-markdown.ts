// The plan for a pull request: the outcome, a table of what is gained, lost and deleted, and the rest folded.
import { reachText } from '../plan/effects';
import type { NamespacePlan } from '../plan/plan';
import { boundedTable, escaped, fenced, LIMIT } from './markdown';
import { outcomeText, planText, staleText, summaryText } from './plan-text';
import type { Report } from './report';
import { ruleUrl } from './rule-url';

const HEAD = ['Namespace', '', 'Clusters gained', 'Clusters lost', 'Deleted for good', 'Errors'];

export const ACTION: Readonly<Record<NamespacePlan['action'], string>> = {
  create: 'created',
  update: 'changed',
  replace: '**refused**',
  delete: '**deleted**',
  none: 'unchanged',
};

/** How many clusters a cell names. */
export const NAMED = 5;

function row({ namespace, action, gained, lost, twin, objects, findings }: NamespacePlan): string[] {
  const errors = findings.filter(({ severity }) => severity === 'error').map(({ rule }) => rule);
  const gone = objects.some(
    (one) => one.apiVersion === 'v1' && one.kind === 'Namespace' && one.action === 'delete',
  );
  const deleted = [
    ...(gone ? ['the namespace itself'] : []),
    ...(lost === undefined ? [] : [twin === undefined ? 'its twin there' : `its twin '${twin}' there`]),
  ];
  return [
    namespace === '' ? '_whole cluster_' : escaped(namespace),
    ACTION[action],
    gained === undefined ? '' : escaped(reachText(gained, NAMED)),
    lost === undefined ? '' : `**${escaped(reachText(lost, NAMED))}**`,
    deleted.map(escaped).join(', '),
    [...new Set(errors)].map((rule) => `[\`${rule}\`](${ruleUrl(rule)})`).join(' '),
  ];
}

/** Cuts at a line. */
function bounded(text: string, limit: number): string {
  if (text.length <= limit) return text;
  return `${text.slice(0, text.lastIndexOf('\n', limit))}\n… cut here: npx cdk8s-liqo plan shows all of it`;
}

/** In a `diff` block a line is coloured by its first character. */
const aligned = (text: string) => text.replace(/^ {2}([+~-]) /gm, '$1   ').replace(/^-\/\+ /gm, '-/+ ');

export function planMarkdown(report: Report): string {
  const plan = report.plan();
  const head = [
    `### cdk8s-liqo plan: ${outcomeText(report)}`,
    '',
    summaryText(plan),
    '',
    ...[staleText(report)].flatMap((one) => (one === undefined ? [] : [escaped(one), ''])),
    ...boundedTable(HEAD, plan.namespaces, row, LIMIT / 2),
  ].join('\n');
  const tail = `Compared with ${escaped(report.baseline.description)}.\n`;
  const details = aligned(planText(report, { color: false, width: 100 }));
  const body = fenced(bounded(details, LIMIT - head.length), 'diff');
  return `${head}\n<details><summary>Every change</summary>\n\n${body}\n\n</details>\n\n${tail}`;
}
