// The findings as a comment of a pull request: the verdict, what each namespace gains and loses, what is deleted for good,
// and the rest folded.
import { codeOfProblem, type InputProblem } from '../input/error';
import { describe } from '../judge/cluster-impact';
import type { Finding } from '../judge/finding';
import { groupBy } from '../manifests/group';
import { reachText, type Reach } from '../plan/effects';
import type { NamespacePlan, Plan } from '../plan/plan';
import { alike, entriesOf, othersText, titleOf, type Alike } from './alike';
import { byImportance, outcomeOf, placesOf, remedyParts, toldOf, toldText } from './findings';
import { boundedTable, escaped, fenced, fitting, LIMIT } from './markdown';
import { ACTION, NAMED } from './plan-markdown';
import { summaryText } from './plan-text';
import type { Report } from './report';
import { ruleUrl } from './rule-url';
import { clipped, oneLine } from './terminal';

/** Invisible: by it a job finds its own comment again. */
const MARKER = '<!-- cdk8s-liqo -->';

/** How many clusters have a column. */
const COLUMNS = 8;

/** In characters, of a sentence, and of a name where no valid one is longer. */
const SENTENCE = 600;
const NAME = 253;
/** Of namespaces, or of entries. */
const LIST = 3000;

const sentence = (text: string) => escaped(clipped(text, SENTENCE));
const name = (text: string) => escaped(clipped(text, NAME));
const place = (namespace = '') => (namespace === '' ? '_whole cluster_' : `**${name(namespace)}**`);

const reaches = ({ gained, lost }: NamespacePlan) => [lost, gained].filter((one) => one !== undefined);

/** The clusters that have a column: those that most namespaces lose, then those that most gain. */
function columnsOf(namespaces: readonly NamespacePlan[]): {
  readonly shown: string[];
  readonly more: number;
} {
  const weights = new Map<string, number>();
  const weigh = (reach: Reach | undefined, weight: number) => {
    for (const id of reach?.clusters ?? []) weights.set(id, (weights.get(id) ?? 0) + weight);
  };
  for (const { lost, gained } of namespaces) {
    weigh(lost, namespaces.length + 1);
    weigh(gained, 1);
  }
  const ids = [...weights].sort(([, a], [, b]) => b - a).map(([id]) => id);
  return { shown: ids.slice(0, COLUMNS).sort(), more: Math.max(0, ids.length - COLUMNS) };
}

/** What of a reach has no column; empty where nothing is left. */
function beyond(reach: Reach | undefined, columns: readonly string[]): string {
  if (reach === undefined) return '';
  if (reach.clusters === undefined) return reachText(reach);
  const rest = reach.clusters.filter((id) => !columns.includes(id));
  return rest.length > 0 ? reachText({ clusters: rest }, NAMED) : '';
}

function elsewhere({ gained, lost }: NamespacePlan, columns: readonly string[]): string {
  const [loses, gains] = [beyond(lost, columns), beyond(gained, columns)].map(sentence);
  return [
    ...(loses === '' ? [] : [`**loses** ${loses ?? ''}`]),
    ...(gains === '' ? [] : [`gains ${gains ?? ''}`]),
  ].join('; ');
}

const rank = (plan: NamespacePlan) =>
  plan.deleted.length > 0 ? 0 : plan.action === 'replace' ? 1 : plan.lost !== undefined ? 2 : 3;

/** Why clusters have no names. */
function unnamedText(unnamed: readonly Reach[]): string {
  const [spared] = unnamed.flatMap((one) => one.spared ?? []);
  return spared === undefined
    ? 'No inventory names all of these clusters: add `config/inventory.yaml`.'
    : `\`config/inventory.yaml\` names ${spared === 1 ? 'one cluster' : `${spared} clusters`} and is not complete: there may be others.`;
}

/** Namespaces × clusters. */
function effectLines({ namespaces }: Plan): string[] {
  const affected = namespaces
    .filter((one) => reaches(one).length > 0 || one.deleted.length > 0 || one.action === 'replace')
    .toSorted((a, b) => rank(a) - rank(b));
  const { shown: columns, more } = columnsOf(affected);
  const texts = affected.map((one) => elsewhere(one, columns));
  const hasElsewhere = texts.some((one) => one !== '');
  const cell = ({ gained, lost }: NamespacePlan, id: string) =>
    lost?.clusters?.includes(id) === true
      ? '**lost**'
      : gained?.clusters?.includes(id) === true
        ? 'gained'
        : '';
  const row = (one: NamespacePlan) => [
    place(one.namespace),
    ACTION[one.action],
    ...columns.map((id) => cell(one, id)),
    ...(hasElsewhere ? [elsewhere(one, columns)] : []),
  ];
  const head = ['Namespace', '', ...columns.map(name), ...(hasElsewhere ? ['Elsewhere'] : [])];
  const reached = affected.flatMap(reaches);
  const unnamed = reached.filter(({ clusters }) => clusters === undefined);
  const isOpen = unnamed.length === 0 && reached.some(({ others }) => others === true);
  return [
    ...boundedTable(head, affected, row, LIMIT / 3),
    ...(more > 0 ? [`${more} more clusters have no column of their own.`, ''] : []),
    ...(unnamed.length > 0 ? [unnamedText(unnamed), ''] : []),
    ...(isOpen
      ? ['`config/inventory.yaml` is not complete: clusters that it does not know may be hit as well.', '']
      : []),
  ];
}

const mark = ({ severity, approved }: Finding) => (approved === undefined ? severity : 'approved');

function details(group: Alike): string[] {
  const { remedy, approved } = group.first;
  const at = placesOf(group.first).map(name).join(' ');
  const places = at === '' ? '' : `In ${at}`;
  const others = escaped(clipped(othersText(group), LIST));
  if (approved !== undefined) return [others, `Approved: ${sentence(approved)}`, places];
  const entries = entriesOf(group).map((entry) => clipped(oneLine(entry), SENTENCE));
  const block = fitting(entries, LIST).shown.join('\n');
  return [
    others,
    sentence(remedyParts(remedy).sentence),
    ...(block === '' ? [] : [`\n${fenced(block, 'yaml')}\n`]),
    places,
  ];
}

/** A list item with what belongs to it below. */
function item(group: Alike, below: readonly string[]): string {
  const { message, rule } = group.first;
  const lines = below.filter((one) => one !== '').join('\n\n');
  const first = `- ${mark(group.first)} ${place(titleOf(group))} [\`${rule}\`](${ruleUrl(rule)}): ${sentence(message)}`;
  return lines === '' ? first : `${first}\n\n${lines.replace(/^(?=.)/gm, '  ')}\n`;
}

/** What the change itself destroys, or may. */
const isDestruction = ({ category, existing }: Finding) => category === 'destructive' && existing !== true;

/** What is destroyed, by what it shows, and what to do instead. */
function destructionLines(findings: readonly Finding[], plan: Plan): string[] {
  const destructive = byImportance(findings.filter(isDestruction));
  if (destructive.length === 0) return [];
  const deletedOf = new Map(plan.namespaces.map(({ namespace, deleted }) => [namespace, deleted]));
  const items = alike(destructive).map((group) => {
    const { namespace = '', clusters, witness } = group.first;
    const deleted = deletedOf.get(namespace) ?? [];
    return item(group, [
      ...(clusters === undefined ? [] : [`Clusters: ${sentence(clusters.join(', '))}`]),
      ...(witness === undefined ? [] : [`Shown by ${sentence(describe({ witness }))}`]),
      ...deleted.map((one) => `Deleted for good: ${sentence(one)}`),
      ...details(group),
    ]);
  });
  const { shown, more } = fitting(items, LIMIT / 3);
  const rest = more > 0 ? [`- … and ${more} more: \`npx cdk8s-liqo check\` shows all of them.`] : [];
  return ['#### Destructive changes', '', ...shown, ...rest, ''];
}

/** In characters: what ends a group, with the line that counts what was cut. */
const FRAME = 60;

/** How many namespaces a summary names. */
const SUMMARIZED = 3;

function groupBlock(findings: readonly Finding[], limit: number): string {
  const [first] = findings;
  if (first === undefined) return '';
  const namespaces = [...new Set(findings.map(({ namespace = '' }) => namespace || 'whole cluster'))];
  const others = namespaces.length > SUMMARIZED ? ` and ${namespaces.length - SUMMARIZED} more` : '';
  const named = namespaces.slice(0, SUMMARIZED).map(name).join(', ') + others;
  const summary = `<details><summary>${mark(first)} <code>${first.rule}</code>: ${named}</summary>`;
  const { shown, more } = fitting(
    alike(findings).map((one) => item(one, details(one))),
    limit - summary.length - FRAME,
  );
  return [summary, '', ...shown, ...(more > 0 ? [`- … and ${more} more.`] : []), '', '</details>', ''].join(
    '\n',
  );
}

/** The groups that fit, each cut where it is long, so that one does not crowd out the others. */
function groupLines(findings: readonly Finding[], limit: number): string[] {
  const groups = [...groupBy(byImportance(findings), (one) => `${mark(one)} ${one.rule}`).values()];
  const blocks = groups.map((group) => groupBlock(group, Math.max(limit / 4, limit / groups.length)));
  const { shown, more } = fitting(blocks, limit);
  const cut = groups.slice(shown.length).flat().length;
  return [
    ...shown,
    ...(more > 0
      ? [`… cut here: ${cut} more findings of ${more} rules. \`npx cdk8s-liqo check\` shows all of them.`, '']
      : []),
  ];
}

/** What was so before, a line a rule. */
function foldedLines(findings: readonly Finding[]): string[] {
  if (findings.length === 0) return [];
  const rules = [...groupBy(findings, ({ rule }) => rule)].map(
    ([rule, all]) => `- \`${rule}\`: ${all.length}`,
  );
  return [
    `<details><summary>Already so before this change: ${findings.length}</summary>`,
    '',
    ...rules,
    '',
    '</details>',
    '',
  ];
}

export function pullRequestReport(report: Report): string {
  const { verdict, baseline } = report;
  const plan = report.plan();
  const told = toldOf(report);
  const { shown, folded } = told;
  const against = sentence(baseline.description);
  const head = [
    MARKER,
    `### cdk8s-liqo: ${outcomeOf(verdict.summary)} against ${against}: ${toldText(told)}`,
    '',
    summaryText(plan),
    '',
    ...effectLines(plan),
    ...destructionLines(shown, plan),
  ].join('\n');
  const tail = foldedLines(folded).join('\n');
  const groups = groupLines(
    shown.filter((one) => !isDestruction(one)),
    LIMIT - head.length - tail.length,
  );
  return `${[head, ...groups, tail]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`;
}

/** Why nothing could be judged. */
export function pullRequestProblems(problems: readonly InputProblem[]): string {
  const items = problems.map((problem) => {
    const { message, file, line, remedy = '', command = '' } = problem;
    const at = placesOf({ file, line })
      .map((one) => `${name(one)}: `)
      .join('');
    const advice = [remedy, command].filter((one) => one !== '').map((one) => `\n  ${sentence(one)}`);
    return `- \`${codeOfProblem(problem)}\` ${at}${sentence(message)}${advice.join('')}`;
  });
  const { shown, more } = fitting(items, LIMIT / 2);
  return [
    MARKER,
    '### cdk8s-liqo: could not judge',
    '',
    ...shown,
    ...(more > 0 ? [`- … and ${more} more.`] : []),
    '',
    'This change was not judged: treat it as rejected.',
    '',
  ].join('\n');
}
