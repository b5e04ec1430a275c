// The report for people: by namespace, the sentence first, then what to do, then where.
import { createColors } from 'picocolors';
import type { Finding } from '../judge/finding';
import { RULES } from '../judge/registry';
import { groupBy } from '../manifests/group';
import { alike, entriesOf, othersText, titleOf, type Alike } from './alike';
import { outcomeOf, placesOf, remedyParts, toldOf, toldText } from './findings';
import type { Look, Report } from './report';
import { ruleLink } from './rule-url';
import { printable, wrap } from './terminal';

const OF_RUN = new Set(RULES.filter(({ about }) => about === 'run').map(({ name }) => name));
const isOfRun = ({ rule }: Finding) => OF_RUN.has(rule);

type Colors = ReturnType<typeof createColors>;

function paint(colors: Colors, { severity, approved }: Finding): string {
  if (approved !== undefined) return colors.yellow('approved');
  return { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity](severity);
}

/** Sentences are wrapped; an entry is as it is, since it is there to be copied. */
function block(group: Alike, look: Look, colors: Colors): string {
  const { width } = look;
  const { message, remedy, approved, rule } = group.first;
  const indent = '    ';
  const advice = approved === undefined ? remedyParts(remedy).sentence : `Approved: ${approved}`;
  const sentences = [message, othersText(group), advice].filter((one) => one !== '');
  return [
    `  ${paint(colors, group.first)} ${ruleLink(rule, colors.bold(rule), look)}`,
    ...sentences.map((one) => wrap(one, width, indent)),
    ...entriesOf(group).map((entry) => indent + printable(entry)),
    ...placesOf(group.first).map((at) => colors.dim(indent + printable(at))),
  ].join('\n');
}

/** What was there before the change, as one line a rule. */
function existingLines(findings: readonly Finding[], { width }: Look): string[] {
  return [...groupBy(findings, ({ rule }) => rule)].map(([rule, all]) => {
    const [first] = all;
    return wrap(
      `${rule}: ${all.length}, first ${first === undefined ? '' : placesOf(first).join(' ')}`,
      width,
      '    ',
    );
  });
}

/** @param isWanted which findings are said; all of them are counted */
export function textOf(report: Report, look: Look, isWanted: (finding: Finding) => boolean): string {
  const { baseline, verdict } = report;
  const colors = createColors(look.color);
  const told = toldOf(report);
  const [shown, folded] = [told.shown.filter(isWanted), told.folded.filter(isWanted)];
  const parts: string[] = [];
  let heading: string | undefined;
  for (const group of alike(shown)) {
    const title = titleOf(group) ?? (isOfRun(group.first) ? 'this change' : 'whole cluster');
    if (title !== heading) parts.push(colors.bold(printable(title)));
    heading = title;
    parts.push(`${block(group, look, colors)}\n`);
  }
  if (folded.length > 0) {
    parts.push(colors.bold('Already so before this change (--all shows each)'));
    parts.push(...existingLines(folded, look), '');
  }
  parts.push(wrap(`Judged against ${baseline.description}.`, look.width, ''));
  const outcome = outcomeOf(verdict.summary);
  const painted = outcome === 'rejected' ? colors.red(outcome) : colors.green(outcome);
  parts.push(`${painted}: ${toldText(told)}`);
  return `${parts.join('\n')}\n`;
}

export function textReport(report: Report, look: Look): string {
  if (look.quiet !== true) return textOf(report, look, () => true);
  return report.verdict.summary.errors === 0
    ? ''
    : textOf(report, look, ({ severity }) => severity === 'error');
}
