// Findings that differ only in their namespace are shown as one: they have one cause.
import type { Finding } from '../judge/finding';
import { groupBy } from '../manifests/group';
import { remedyParts } from './findings';
import { few } from './terminal';

/** How many namespaces are named and entries shown; json has all. */
const MOST = 100;

/** One event in one or several namespaces. */
export interface Alike {
  /** The finding shown for all of them. */
  readonly first: Finding;
  /** Those of other namespaces. */
  readonly others: readonly Finding[];
}

/** A sentence without the name of the namespace, and of its twin. */
function nameless(text: string, namespace: string): string {
  return text.replace(/'([^']*)'/g, (quoted, name: string) => {
    if (name === namespace) return "'…'";
    return name.startsWith(`${namespace}-`) ? `'…${name.slice(namespace.length)}'` : quoted;
  });
}

function signOf({ rule, severity, namespace = '', approved, message, remedy, clusters }: Finding): string {
  const said = [message, remedyParts(remedy).sentence].map((text) => nameless(text, namespace));
  return JSON.stringify([rule, severity, namespace === '', approved, clusters, ...said]);
}

/** In the order of the first of each; two equal findings of one namespace stay two. */
export function alike(findings: readonly Finding[]): Alike[] {
  const times = new Map<string, number>();
  const groups = groupBy(findings, (finding) => {
    const sign = signOf(finding);
    const own = `${sign} ${finding.namespace ?? ''}`;
    times.set(own, (times.get(own) ?? 0) + 1);
    return `${times.get(own)} ${sign}`;
  });
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [{ first, others }],
  );
}

/** `shop and 11 more namespaces`; undefined for a finding without a namespace. */
export function titleOf({ first: { namespace }, others }: Alike): string | undefined {
  if (others.length === 0) return namespace;
  return `${namespace ?? ''} and ${others.length} more namespace${others.length === 1 ? '' : 's'}`;
}

/** The other namespaces, in a sentence; empty where there is none. */
export const othersText = ({ others }: Alike): string =>
  others.length === 0
    ? ''
    : `The same in ${few(
        others.map(({ namespace = '' }) => namespace),
        MOST,
      )}.`;

/** The entries that approve all of them, a line each; a comment counts those that are not shown. */
export function entriesOf({ first, others }: Alike): string[] {
  if (first.approved !== undefined) return [];
  const entries = [first, ...others].flatMap(({ remedy }) => remedyParts(remedy).entry ?? []);
  const more = entries.length - MOST;
  return more > 0 ? [...entries.slice(0, MOST), `# and ${more} more, one a namespace`] : entries;
}
