// A status for people: a row a namespace, trouble first, then once what to do about each trouble.
import { createColors } from 'picocolors';
import { STATES, type NamespaceState, type NamespaceStatus, type Status } from '../status/status';
import { columns, INDENT, widthOf } from './columns';
import type { Look } from './report';
import { GUARD_RESOURCES } from '../status/guard';
import { count, few, printable, wrap } from './terminal';

type Colors = ReturnType<typeof createColors>;

const STATE = Math.max(...STATES.map((one) => one.length));

function painted(state: NamespaceState, colors: Colors): string {
  const paint = {
    missing: colors.red,
    different: colors.red,
    failed: colors.red,
    deleting: colors.red,
    unknown: colors.yellow,
    unselected: colors.yellow,
    creating: colors.yellow,
    undeclared: colors.cyan,
    ready: colors.green,
  }[state];
  return paint(state);
}

/** `2 of 3 clusters ready, as shop-venice`. */
function reach({ live, clusters }: NamespaceStatus): string {
  if (live === undefined) return 'not offloaded';
  const selected = clusters.filter(({ state }) => state !== 'unselected');
  const ready = selected.filter(({ state }) => state === 'ready');
  const called = live.twin === undefined ? '' : `, as ${live.twin}`;
  return `${ready.length} of ${count(selected.length, 'cluster')} ready${called}`;
}

function rowLines(one: NamespaceStatus, column: number, { width }: Look, colors: Colors): string[] {
  const { state, problems } = one;
  const said = problems.length === 0 ? [reach(one)] : problems.map(({ message }) => message);
  return said.flatMap((message, i) => {
    const [name, word] = i === 0 ? [printable(one.namespace), state] : ['', undefined];
    const cells = [
      { text: name, width: column },
      { text: word ?? '', shown: word && painted(word, colors), width: STATE },
    ];
    return columns(cells, message, width);
  });
}

/** `not as wanted: 4 namespaces: 1 failed, 3 ready`, worst first. */
function outcomeText({ asWanted, summary, namespaces }: Status, { width }: Look, colors: Colors): string {
  const parts = STATES.flatMap((one) => (summary[one] === 0 ? [] : [`${summary[one]} ${one}`]));
  const counts = parts.length === 0 ? 'dist/ declares none' : parts.join(', ');
  const outcome = asWanted ? 'in sync' : 'out of sync';
  const text = wrap(`${outcome}: ${count(namespaces.length, 'namespace')}, ${counts}`, width, '');
  return (asWanted ? colors.green : colors.red)(outcome) + text.slice(outcome.length);
}

const bullet = (text: string, { width }: Look) => `${INDENT}- ${wrap(text, width, '    ').slice(4)}`;

const MOST = 5;

/** What the cluster lacks of the guard. */
function guardLines({ guard }: Status, { width }: Look): string[] {
  if (guard === undefined) return [];
  if (guard.isHeld) return ['the guard is as wanted', ''];
  const said = (names: readonly string[], what: string) =>
    names.length === 0 ? [] : [wrap(`${INDENT}${what}: ${few(names.map(printable), MOST)}`, width, INDENT)];
  return [
    'the guard is not as wanted',
    ...said(guard.missing, 'missing'),
    ...said(guard.different, 'different'),
    wrap(
      `- Ask the Application or the Kustomization of dist/cluster, and see who changed it. Was kubectl asked for ${GUARD_RESOURCES}?`,
      width,
      INDENT,
    ),
    '',
  ];
}

export function statusText(status: Status, look: Look): string {
  const colors = createColors(look.color);
  const { namespaces } = status;
  const column = widthOf(namespaces.map(({ namespace }) => printable(namespace)));
  const remedies = new Set(namespaces.flatMap(({ problems }) => problems.map(({ remedy }) => remedy)));
  return `${[
    ...namespaces.flatMap((one) => rowLines(one, column, look, colors)),
    ...(namespaces.length > 0 ? [''] : []),
    ...[...remedies].map((one) => bullet(one, look)),
    ...(remedies.size > 0 ? [''] : []),
    ...guardLines(status, look),
    outcomeText(status, look, colors),
  ].join('\n')}\n`;
}
