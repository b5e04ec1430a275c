// The rules for people: all of them a line each, or all about one.
import { createColors } from 'picocolors';
import type { Rule } from '../judge/rule';
import { severityOf } from '../judge/severities';
import { columns, INDENT } from './columns';
import type { Look } from './report';
import { ruleLink, ruleUrl } from './rule-url';
import { MEANING, sourceOf, waysThrough } from './rule-words';
import { wrap } from './terminal';

type Colors = ReturnType<typeof createColors>;

function severityText(rule: Rule, colors: Colors): { readonly text: string; readonly shown: string } {
  const text = severityOf(rule, {});
  const paint = { error: colors.red, warning: colors.yellow, info: colors.cyan, off: colors.dim }[text];
  return { text, shown: paint(text) };
}

const SEVERITY = 'warning'.length;

function row(rule: Rule, name: number, look: Look, colors: Colors): string[] {
  const cells = [
    { text: rule.name, shown: ruleLink(rule.name, rule.name, look), width: name },
    { ...severityText(rule, colors), width: SEVERITY },
  ];
  return columns(cells, rule.summary, look.width);
}

/** All rules by category, with what each finds. */
export function ruleList(rules: readonly Rule[], look: Look): string {
  const colors = createColors(look.color);
  const width = Math.max(...rules.map(({ name }) => name.length));
  const groups = Object.entries(MEANING).flatMap(([category, meaning]) => [
    colors.bold(`${category}: ${meaning}`),
    ...rules.filter((one) => one.category === category).flatMap((rule) => row(rule, width, look, colors)),
    '',
  ]);
  return `${[...groups, 'All about one: cdk8s-liqo rules <name>'].join('\n')}\n`;
}

/** What one rule finds, why, how to live with it, and where to read on. */
export function rulePage(rule: Rule, look: Look): string {
  const colors = createColors(look.color);
  const { name, category, summary, why, covers = [] } = rule;
  const part = (title: string, text: string) => ['', colors.bold(title), wrap(text, look.width, INDENT)];
  return `${[
    `${severityText(rule, colors).shown} ${colors.bold(name)} (${category}: ${MEANING[category]})`,
    ...part('Finds', summary),
    ...part('Why', why),
    ...(covers.length === 0
      ? []
      : part('Instead of', `${covers.join(', ')}, for the same namespace: one event, one finding.`)),
    ...waysThrough(rule).flatMap(({ sentence, lines }, i) => [
      ...(i === 0 ? ['', colors.bold('To let it through')] : []),
      wrap(sentence, look.width, INDENT),
      ...lines.map((line) => `${INDENT}${INDENT}${line}`),
    ]),
    ...part('Source', sourceOf(rule)),
    ...part('Read on', ruleUrl(name)),
  ].join('\n')}\n`;
}
