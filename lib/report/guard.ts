// The guard in words: what it stops, who passes, and who holds which policy.
import type { GuardDescription } from '../liqo/guard';
import { columns, INDENT, widthOf } from './columns';
import type { GuardJson } from './contract';
import { escaped, table } from './markdown';
import type { Look } from './report';
import { plainJson, printable } from './terminal';

/** The table of policies: who holds what each of them asks for; empty if there is no policy. */
export function policiesText(policies: GuardDescription['policies'], width: number): string {
  if (policies.length === 0) return '';
  const rows = policies.map((one) => ({ ...one, policy: printable(one.policy) }));
  const names = widthOf(rows.map(({ policy }) => policy));
  const helds = widthOf(rows.map(({ held }) => held));
  const lines = rows.flatMap(({ policy, asks, held, why }) => {
    const cells = [
      { text: policy, width: names },
      { text: held, width: helds },
    ];
    return columns(cells, `${asks}: ${why}`, width);
  });
  return ['policies in the cluster', ...lines, ''].join('\n');
}

/** For people. */
export function guardText({ guarded, passes, policies }: GuardDescription, { width }: Look): string {
  const names = widthOf(guarded.map(({ name }) => name));
  const actions = widthOf(guarded.map(({ action }) => action));
  const things = guarded.flatMap(({ name, action, stops }) => {
    const cells = [
      { text: name, width: names },
      { text: action, width: actions },
    ];
    return columns(cells, stops, width);
  });
  const who = passes.flatMap((one) => [
    `${INDENT}${one.who}`,
    ...one.names.map((name) => `${INDENT}${INDENT}${printable(name)}`),
  ]);
  const blocks = [
    ['what the guard stops', ...things, ''].join('\n'),
    ['who passes', ...who, ''].join('\n'),
    policiesText(policies, width),
  ];
  return blocks.filter((one) => one !== '').join('\n');
}

/** For machines. */
export function guardJson(guard: GuardDescription): string {
  const report: GuardJson = { version: 1, ...guard };
  return `${plainJson(report)}\n`;
}

/** For GitHub and GitLab. */
export function guardMarkdown({ guarded, passes, policies }: GuardDescription): string {
  return [
    ...table(
      ['guarded', 'action', 'stops'],
      guarded.map(({ name, action, stops }) => [name, action, escaped(stops)]),
    ),
    ...table(
      ['passes', 'names'],
      passes.map(({ who, names }) => [escaped(who), names.map(escaped).join(', ')]),
    ),
    ...table(
      ['policy', 'asks', 'held', 'why'],
      policies.map(({ policy, asks, held, why }) => [policy, asks, held, why].map(escaped)),
    ),
  ].join('\n');
}
