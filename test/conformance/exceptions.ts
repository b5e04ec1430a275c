// Where the project differs from upstream on purpose. Each exception must occur: one that explains no case of its kind in
// the vectors fails the tests.
import { isObject, valueAt, type Json } from '../../lib/manifests/manifest';
import { canonical } from './canonical';
import { REFUSED } from './kinds/kind';
import { CERTAIN, type Matching } from './kinds/match';
import { asSets } from './kinds/parse';

/** A case on which the two sides differ. */
export interface Difference {
  readonly input: unknown;
  /** What each side says, whole; `{ refused: reason }` where the project refuses, `refused` where upstream does. */
  readonly ours: Json;
  readonly theirs: Json;
}

export interface Exception {
  /** The kinds of case in which it occurs. */
  readonly kinds: readonly string[];
  /** kebab-case. */
  readonly name: string;
  /** For docs/conformance.md: what differs, and why that is meant. */
  readonly reason: string;
  readonly explains: (difference: Difference) => boolean;
}

const isRefused = (said: Json) => said === REFUSED || (isObject(said) && 'refused' in said);

/** Whether a text holds what fits a pattern. */
const holds = (input: unknown, pattern: RegExp) => typeof input === 'string' && pattern.test(input);

/** Whether all that upstream leaves out of what the project has is a requirement whose key comes once more. */
function keepsLastOfEqualKeys(difference: Difference): boolean {
  const [ours, theirs] = [asSets(difference.ours), asSets(difference.theirs)];
  if (!Array.isArray(ours) || !Array.isArray(theirs)) return false;
  const kept = new Set(theirs.map(canonical));
  const [mine, lost] = [ours.map(canonical), ours.filter((one: Json) => !kept.has(canonical(one)))];
  const keyOf = (one: Json) => (Array.isArray(one) ? canonical((one as readonly Json[])[0]) : '');
  const keptKeys = theirs.map(keyOf);
  return (
    theirs.every((one: Json) => mine.includes(canonical(one))) &&
    lost.every((one) => keptKeys.includes(keyOf(one)))
  );
}

function lacksCertainLabel(input: unknown): boolean {
  const { node } = input as Matching;
  const labels = valueAt(node, 'metadata', 'labels');
  return node !== undefined && Object.keys(CERTAIN).some((key) => valueAt(labels, key) === undefined);
}

/** What the project refuses to read although sigs.k8s.io/yaml does: it never reads what that refuses, nor anything otherwise. */
const REFUSED_YAML = [
  {
    name: 'unusual-characters',
    because: /^the text contains the unescaped character/,
    reason:
      "Line ends that only go-yaml knows, and control characters: other engines' readers see other lines.",
  },
  {
    name: 'foreign-tags',
    because: /^the tag |Unresolved tag/,
    reason: 'Tags that no manifest needs: `kind: !!binary …` hides a kind.',
  },
  {
    name: 'duplicate-keys',
    because: /keys must be unique/,
    reason: 'kubectl lets the last one win, kustomize and so Flux refuse.',
  },
  {
    name: 'merge-order',
    because: /^'<<' comes after/,
    reason:
      '`<<` after a key that it sets as well: the later one wins in go-yaml, the explicit one elsewhere.',
  },
  {
    name: 'odd-keys',
    because: /^Kubernetes does not accept .* as a key|^a key that is a fraction/,
    reason:
      'Fractions and large numbers as keys become another text in each reader; go-yaml rounds them to 32 bits.',
  },
  {
    name: 'no-such-number',
    because: /no such number/,
    reason: '`.nan` and `.inf`, which JSON cannot hold; as a key go-yaml reads them.',
  },
  {
    name: 'documents',
    because: /^Kubernetes ignores what follows '\.\.\.'|^'\.\.\.' ends|^kubectl ignores content on the line/,
    reason: 'What stands behind `...` is lost in silence.',
  },
  {
    name: 'flow-punctuation',
    because: /^in '\{\}' and/,
    reason:
      'In flow collections YAML 1.1 and 1.2 read `:` without a blank behind it, and `?`, in different ways.',
  },
  {
    name: 'blanks-and-blocks',
    because: /^a tab |of a block|begins with a tab|block of text/,
    reason: 'Tabs and blanks about lists and block texts, where readers see other text or none.',
  },
  {
    name: 'broken-yaml',
    because:
      /^broken YAML|^the file declares %YAML|^the closing quote|^the file is binary|^unreadable YAML|the anchor name|inside the value that/,
    reason:
      'Texts that YAML 1.2 calls broken. go-yaml often reads the first node and drops the rest in silence.',
  },
];

function refusalOf(said: Json): string {
  const reason = valueAt(said, 'refused');
  return typeof reason === 'string' ? reason : '';
}

export const EXCEPTIONS: readonly Exception[] = [
  {
    kinds: ['parse', 'liqoctl'],
    name: 'nul',
    reason:
      'Go takes a NUL for the end of the selector and drops what follows it. The project refuses it: no key and no value can hold one.',
    explains: ({ input, ours }) => isRefused(ours) && holds(input, /\0/),
  },
  {
    kinds: ['parse', 'liqoctl'],
    name: 'empty-value-at-the-end',
    reason:
      '`a in (b,,)` is an error before apimachinery 0.35, and `b` or the empty value since. The project refuses what depends on the version.',
    explains: ({ input, ours, theirs }) =>
      isRefused(ours) && !isRefused(theirs) && holds(input, /,[ \t\r\n]*,[ \t\r\n]*\)/),
  },
  {
    kinds: ['liqoctl'],
    name: 'operators-that-liqoctl-lacks',
    reason: 'liqoctl refuses `!=`, `>` and `<`, for which a node selector has NotIn, Gt and Lt.',
    explains: ({ input, ours, theirs }) => !isRefused(ours) && isRefused(theirs) && holds(input, /!=|[<>]/),
  },
  {
    kinds: ['liqoctl'],
    name: 'same-key-twice',
    reason:
      'Of `a=1,a=2` liqoctl keeps the last one. The project keeps both, as labels.Parse does; nothing satisfies them, and the judge says so.',
    explains: keepsLastOfEqualKeys,
  },
  {
    kinds: ['match'],
    name: 'node-without-its-labels',
    reason:
      'An inventory assumes the labels that every virtual Node has. A Node that lost one is judged as if it had it; `import` reports it.',
    explains: ({ input }) => lacksCertainLabel(input),
  },
  {
    kinds: ['offloading'],
    name: 'required-on-update',
    reason:
      'SelectedName without a name is refused on creation only. The project finds it in every state: such an object came past the webhook, and its twin namespace has no name.',
    explains: ({ ours, theirs }) =>
      valueAt(ours, 'outcome') === 'required' && valueAt(theirs, 'outcome') === 'accepted',
  },
  {
    kinds: ['pod'],
    name: 'validation-behind-the-webhook',
    reason:
      'The oracle runs the webhook alone. The project goes on to what the API server says of the result, and refuses a node affinity that validation refuses.',
    explains: ({ ours, theirs }) =>
      !isRefused(theirs) &&
      refusalOf(ours).startsWith("The API server refuses the pod's required node affinity"),
  },
  ...REFUSED_YAML.map(({ name, because, reason }): Exception => ({
    kinds: ['read'],
    name,
    reason,
    explains: ({ ours }) => because.test(refusalOf(ours)),
  })),
];
