// What go-yaml, other YAML readers and a person read in different ways, or what the YAML library reads and kubectl refuses:
// see docs/architecture.md, Reading. Held against sigs.k8s.io/yaml by test/conformance.
import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  visit,
  type Document,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { isInteger } from './go-yaml';

export interface Ambiguity {
  /** Where it begins, in characters of the text. */
  readonly at: number;
  readonly message: string;
  readonly remedy: string;
}

/** What go-yaml takes for a line end and YAML 1.2 does not, and what it refuses to read at all. */
const AMBIGUOUS = /\r(?!\n)|[\u0085\u2028\u2029]|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/;

/** Reads the lines between documents: `---` and `...`. */
class Markers {
  /** Whether the document has ended, and whether it has begun. */
  private ended = false;
  private begun = false;

  /** What is wrong with the next line. */
  next(line: string): Omit<Ambiguity, 'at'> | undefined {
    if (line.startsWith('---')) {
      this.ended = this.begun = false;
      return /^---\s*(#|$)/.test(line)
        ? undefined
        : {
            message: "kubectl ignores content on the line of '---'",
            remedy: 'begin the document on a line of its own',
          };
    }
    if (/^\s*(#|$)/.test(line)) return undefined;
    if (/^\.\.\.(\s|$)/.test(line)) {
      const empty = !this.begun;
      this.ended = true;
      return empty ? { message: "'...' ends an empty document", remedy: 'remove it' } : undefined;
    }
    if (this.ended && !line.startsWith('%'))
      return {
        message: "Kubernetes ignores what follows '...' without '---'",
        remedy: "write '---' between documents",
      };
    this.begun = true;
    return undefined;
  }
}

/** The first place that is read in different ways whatever the document is. */
export function ambiguousText(text: string): Ambiguity | undefined {
  const at = AMBIGUOUS.exec(text)?.index;
  if (at !== undefined) {
    const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
    return {
      at,
      message: `the text contains the unescaped character U+${code}`,
      remedy: 'escape it inside double quotes',
    };
  }
  const markers = new Markers();
  let start = 0;
  for (const line of text.split('\n')) {
    const problem = markers.next(line);
    if (problem !== undefined) return { at: start, ...problem };
    start += line.length + 1;
  }
  return undefined;
}

const TAGS = new Set(['str', 'int', 'bool', 'null', 'map', 'seq'].map((tag) => `tag:yaml.org,2002:${tag}`));

/** Whether a tag says of a value what it is not, or nothing that Kubernetes knows. */
function tagProblem(tag: string, node: Node, isKey: boolean): string | undefined {
  // go-yaml writes `!!merge <<:`, and reads it as `<<:`.
  if (isKey && isMerge(node) && isScalar(node) && node.type === 'PLAIN' && node.source === '<<')
    return undefined;
  if (!TAGS.has(tag)) return `the tag ${tag} has no meaning in Kubernetes`;
  const value = isScalar(node) ? node.value : undefined;
  const fits =
    (!tag.endsWith(':int') ||
      (Number.isSafeInteger(value) && isScalar(node) && isInteger(node.source ?? ''))) &&
    (!tag.endsWith(':bool') || typeof value === 'boolean') &&
    (!tag.endsWith(':null') || value === null);
  return fits ? undefined : `the tag ${tag} does not fit the value`;
}

/** How many aliases a document may have, and how many nodes are looked at for all its merge keys. */
const MAX_ALIASES = 1000;
const MAX_MERGED = 1_000_000;

/** A node that is refused, why, and what to do about it. */
interface Refused {
  readonly node: Node;
  readonly message: string;
  readonly remedy?: string;
}

const isMerge = (key: unknown) => isScalar(key) && typeof key.value === 'symbol';

/** Looks at the nodes of a document in the order of its text, each a bounded number of times. */
class Walk {
  private readonly anchors = new Map<string, Node>();
  private readonly keys = new Map<YAMLMap, { readonly own: Set<unknown>; readonly held: Set<string> }>();
  private aliases = 0;
  private merged = 0;

  constructor(private readonly text: string) {}

  private target(node: unknown): unknown {
    return isAlias(node) ? this.anchors.get(node.source) : node;
  }

  node(node: Node, path: readonly unknown[], isKey: boolean): string | undefined {
    const anchor = isAlias(node) ? node.source : node.anchor;
    if (anchor !== undefined && !ANCHOR.test(anchor))
      return `kubectl does not accept the anchor name '${anchor}'`;
    if (isAlias(node)) {
      this.aliases += 1;
      if (this.aliases > MAX_ALIASES) return `the document has more than ${MAX_ALIASES} aliases`;
      return path.includes(this.target(node)) ? 'an alias is inside the value that it refers to' : undefined;
    }
    if (anchor !== undefined) this.anchors.set(anchor, node);
    const problem = node.tag === undefined ? undefined : tagProblem(node.tag, node, isKey);
    if (problem !== undefined) return problem;
    if (isScalar(node))
      return path.length === 1 && node.type?.startsWith('BLOCK') === true
        ? 'the document is a block of text'
        : scalarProblem(this.text, node);
    return node.flow === true ? flowProblem(this.text, node) : undefined;
  }

  /** A key that readers write in different ways, that a map has twice, or that a merge key sets as well. */
  pair(map: YAMLMap, { key, value }: Pair): Refused | undefined {
    const node = isNode(key) ? key : map;
    const message = this.keyProblem(key);
    if (message !== undefined) return { node, message };
    const seen = this.keys.get(map) ?? { own: new Set(), held: new Set() };
    this.keys.set(map, seen);
    if (isMerge(key)) {
      const overriding = this.mergeProblem(value, seen.held);
      return overriding === undefined ? undefined : { node, message: overriding };
    }
    if (!isScalar(key)) return undefined;
    if (seen.own.has(key.value))
      return {
        node,
        message: 'the map has this key twice; keys must be unique',
        remedy: 'keep one of them',
      };
    seen.own.add(key.value);
    seen.held.add(String(key.value));
    return undefined;
  }

  /** Undefined for text, booleans and integers. */
  private keyProblem(written: unknown): string | undefined {
    const key = this.target(written);
    if (!isScalar(key)) return 'Kubernetes does not accept a list or a map as a key';
    if (key.value === null) return 'Kubernetes does not accept null as a key';
    if (typeof key.value !== 'number') return undefined;
    return Number.isSafeInteger(key.value) && isInteger(key.source ?? '')
      ? undefined
      : 'a key that is a fraction or a very large number is read in different ways';
  }

  /**
   * Of keys of an earlier sibling, which may be a merge key as well, go-yaml lets the later one win, YAML the explicit one.
   * @param held the keys that the map has by then, to which those of this one come
   */
  private mergeProblem(merged: unknown, held: Set<string>): string | undefined {
    const names = new Set<string>();
    const looked = new Set<Node>();
    let open = [merged];
    while (open.length > 0) {
      const nodes = open
        .map((one) => this.target(one))
        .filter((one): one is Node => isNode(one) && !looked.has(one));
      const pairs = nodes.flatMap((one) => (isMap(one) ? one.items : []));
      this.merged += nodes.length + pairs.length;
      if (this.merged > MAX_MERGED) return 'the merge keys of the document are too large';
      for (const { key } of pairs) if (isScalar(key) && !isMerge(key)) names.add(String(key.value));
      if ([...names].some((name) => held.has(name)))
        return "'<<' comes after a key that it also sets, and readers differ on which one wins";
      for (const one of nodes) looked.add(one);
      open = [
        ...nodes.flatMap((one) => (isSeq(one) ? one.items : [])),
        ...pairs.flatMap((one) => (isMerge(one.key) ? [one.value] : [])),
      ];
    }
    for (const name of names) held.add(name);
    return undefined;
  }
}

/** In a flow collection: go-yaml wants a blank behind the `:` of a plain key, and no `?` in plain text. */
function flowProblem(text: string, { items }: YAMLMap | YAMLSeq): string | undefined {
  const parts = items.flatMap((item): unknown[] => (isPair(item) ? [item.key, item.value] : [item]));
  const unclear = parts.some((part) => {
    if (!isScalar(part) || part.type !== 'PLAIN') return false;
    const source = text.slice(part.range?.[0], part.range?.[1]);
    return (
      /^:|\?|:$/.test(source) || /^\s*:[^\s]/.test(text.slice(part.range?.[1], (part.range?.[1] ?? 0) + 80))
    );
  });
  return unclear
    ? "in '{}' and '[]', '?' and ':' without a space after it are read in different ways"
    : undefined;
}

/** What is wrong with the text of a double-quoted scalar that the library lets pass. */
function doubleQuoteProblem(source: string): string | undefined {
  if ([...source.matchAll(/\\[^]/g)].some(([one]) => one === '\\/'))
    return "kubectl does not know the escape '\\/'";
  return source.replace(/\\[^]/g, '').endsWith('"') ? undefined : UNCLOSED;
}
const UNCLOSED = 'the closing quote is missing';

/** What is wrong with the block scalar that begins with the `|` or `>` at `start`; `end` is behind its last line feed. */
function blockProblem(text: string, start: number, end: number, value: unknown): string | undefined {
  const newline = text.indexOf('\n', start);
  const header = text.slice(start, newline < 0 ? text.length : newline);
  const indicators = /^[|>]([-+0-9]*)([ \t]+#.*|[ \t\r]*)$/.exec(header)?.[1];
  if (indicators === undefined) return "text follows the '|' or '>' of a block";
  const body = text.slice(start + header.length, end);
  const isIndented = /[1-9]/.test(indicators);
  const first = body.split('\n').find((line) => /[^ ]/.test(line)) ?? '';
  if (!isIndented && /^ *\t/.test(first)) return 'a block begins with a tab';
  const isBlank = isIndented && typeof value === 'string' && value.trim() === '' && body.includes('  ');
  const isCut = indicators.includes('+') && /^ +$/.test(text.slice(end));
  return isBlank || isCut ? 'blank lines at the end of a block are read in different ways' : undefined;
}

function scalarProblem(text: string, { type, value, range }: Scalar): string | undefined {
  const [start, inner, end] = range ?? [0, 0, 0];
  switch (type) {
    case 'QUOTE_DOUBLE':
      return doubleQuoteProblem(text.slice(start, inner));
    case 'QUOTE_SINGLE':
      return text
        .slice(start + 1, inner)
        .replaceAll("''", '')
        .endsWith("'")
        ? undefined
        : UNCLOSED;
    case 'BLOCK_FOLDED':
    case 'BLOCK_LITERAL':
      return blockProblem(text, start, end, value);
    case 'PLAIN':
    case undefined:
      return undefined;
  }
}

/** What go-yaml takes for the name of an anchor. */
const ANCHOR = /^[A-Za-z0-9_-]+$/;

/** The first tab that stands before anything but dashes in its line, and outside of scalars and flow collections. */
function strayTab(text: string, documents: readonly Document[]): number | undefined {
  const tabs = [...text.matchAll(/^[- ]*\t/gm)].map(({ index, 0: { length } }) => index + length - 1);
  if (tabs.length === 0) return undefined;
  const held: [number, number][] = [];
  const hold = (_key: unknown, { range }: Node) => {
    if (range) held.push([range[0], range[1]]);
  };
  for (const document of documents)
    visit(document, {
      Scalar: hold,
      Collection: (key, node) => {
        if (node.flow === true) hold(key, node);
      },
    });
  return tabs.find((tab) => !held.some(([start, end]) => start <= tab && tab < end));
}

/** The first node of a document that is refused. */
function refusedIn(text: string, document: Document): Refused | undefined {
  const walk = new Walk(text);
  let found: Refused | undefined;
  const stop = () => (found === undefined ? undefined : visit.BREAK);
  visit(document, {
    Node: (key, node, path) => {
      const message = walk.node(node, path, key === 'key');
      if (message !== undefined) found = { node, message };
      return stop();
    },
    Pair: (_key, pair, path) => {
      const map = path.at(-1);
      if (isMap(map)) found = walk.pair(map, pair);
      return stop();
    },
  });
  return found;
}

/** The first place in documents that were read from a text that go-yaml reads otherwise, or not at all. */
export function ambiguousPlace(text: string, documents: readonly Document[]): Ambiguity | undefined {
  for (const document of documents) {
    const found = refusedIn(text, document);
    if (found === undefined) continue;
    const { node, message, remedy = 'write the plain value' } = found;
    return { at: node.range?.[0] ?? 0, message, remedy };
  }
  const tab = strayTab(text, documents);
  return tab === undefined
    ? undefined
    : { at: tab, message: 'a tab is used for indentation', remedy: 'indent with spaces' };
}
