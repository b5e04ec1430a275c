// Manifests from text: multi-document YAML, JSON and the Lists that kubectl prints, read with YAML 1.1 semantics as
// sigs.k8s.io/yaml does. What cannot be read for certain is an InputError, never an empty answer.
import {
  Composer,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  Parser,
  visit,
  type CST,
  type Document,
  type Node,
  type ScalarTag,
  type Tags,
  type YAMLMap,
  type YAMLParseError,
} from 'yaml';
import { InputError, messageOf } from '../input/error';
import { isObject, toManifest, type Json, type JsonObject, type Manifest, type Source } from './manifest';

/** In bytes. A kubectl dump of 10,000 namespaces takes about a quarter of it. */
export const MAX_FILE_SIZE = 32 * 1024 * 1024;

/** How many maps and lists may lie in each other: the deepest CRDs have about sixty. Below it nothing runs out of stack. */
const MAX_DEPTH = 200;
/** How many aliases a document may have, and how many nodes are looked at for all its merge keys. */
const MAX_ALIASES = 1000;
const MAX_MERGED = 1_000_000;

/** Which files of a folder are manifests, as Flux and Argo CD see it. */
export function isManifestFile(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path);
}

/** @throws InputError where a file is too large to be judged */
export function checkSize(file: string, bytes: number): void {
  if (bytes <= MAX_FILE_SIZE) return;
  throw new InputError({
    message: `the file has ${Math.ceil(bytes / 1024 / 1024)} MiB, more than the ${MAX_FILE_SIZE / 1024 / 1024} MiB that are read`,
    file,
    remedy: 'split it, or move what is no manifest out of the folder',
  });
}

/** UTF-8 text of a file. @throws InputError where it is too large, or no text */
export function decode(file: string, content: Buffer): string {
  checkSize(file, content.length);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(content);
    if (!text.includes('\0')) return text;
  } catch {
    // falls through to the error below
  }
  throw new InputError({
    message: 'the file is binary, not UTF-8 text',
    file,
    remedy: 'only manifests may end in .yaml, .yml or .json here',
  });
}

const INTEGER = /^([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9][0-9]*|0)$/;
const FLOAT = /^[+-]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][+-]?[0-9]+)?$/;

/** What go-yaml takes for a number: `012` is octal, `1_0` is ten, but `e6`, `1:30` and `._5` are text. */
function number(text: string): number | undefined {
  const plain = text.replace(text.startsWith('.') ? /(?<=[0-9])_(?=[0-9])/g : /_/g, '');
  const [, sign = '', digits = ''] = INTEGER.exec(plain) ?? [];
  if (digits !== '') {
    const value = Number(/^0[0-7]/.test(digits) ? `0o${digits}` : digits);
    return sign === '-' ? -value : value;
  }
  const value = FLOAT.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

function numberTag(name: 'int' | 'float', test: RegExp): ScalarTag {
  return {
    tag: `tag:yaml.org,2002:${name}`,
    default: true,
    test,
    resolve(text, onError) {
      if (/^[+-]?\.(inf|nan)$/i.test(text)) onError('Kubernetes has no such number');
      return number(text) ?? text;
    },
  };
}

/** go-yaml has rules of its own for numbers, reads dates as strings, and Kubernetes has no use for the other types. */
const FOREIGN_TAGS = /:(int|float|timestamp|binary|set|omap|pairs)$/;
function goTags(tags: Tags): Tags {
  const kept = tags.filter((tag) => typeof tag === 'string' || !FOREIGN_TAGS.test(tag.tag));
  return [...kept, numberTag('int', /^[-+0-9]/), numberTag('float', /^\./)];
}

type ParsedDocument = Document.Parsed;

/** What go-yaml takes for a line end and YAML 1.2 does not, and what it refuses to read at all. */
const AMBIGUOUS = /\r(?!\n)|[\u0085\u2028\u2029]|[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]/;

/** Refuses what engines read otherwise than a person, or one another: see docs/architecture.md, Reading. */
function checkText(file: string, text: string): void {
  const refuse = (line: number, message: string, remedy: string): never => {
    throw new InputError({ message, file, line, remedy });
  };
  const at = AMBIGUOUS.exec(text)?.index;
  if (at !== undefined) {
    const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
    const line = text.slice(0, at).split('\n').length;
    refuse(line, `the text holds the character U+${code} as it is`, 'escape it inside double quotes');
  }
  let ended = false;
  text.split('\n').forEach((line, i) => {
    if (/^---[ \t]+[^#\s]/.test(line))
      refuse(
        i + 1,
        "content on the line of '---' is lost by kubectl",
        'begin the document on a line of its own',
      );
    if (/^---\s*(#|$)/.test(line)) ended = false;
    else if (ended && /^[^#%\s]/.test(line))
      refuse(
        i + 1,
        "what follows '...' without '---' is not read by Kubernetes",
        "write '---' between documents",
      );
    else if (/^\.\.\.(\s|$)/.test(line)) ended = true;
  });
}

const TAGS = new Set(['str', 'int', 'bool', 'null', 'map', 'seq'].map((tag) => `tag:yaml.org,2002:${tag}`));

/** A node that is refused, why, and what to do about it. */
interface Refused {
  readonly node: Node;
  readonly message: string;
  readonly remedy?: string;
}

/** The first key that is none, or that a map holds twice. The library asks every key of every other one, which takes hours for a large map. */
function wrongKey({ items }: YAMLMap): Refused | undefined {
  const seen = new Set<unknown>();
  for (const { key } of items) {
    if (isMap(key) || isSeq(key)) return { node: key, message: 'a map or a list is no key to Kubernetes' };
    if (!isScalar(key)) continue;
    if (seen.has(key.value))
      return {
        node: key,
        message: 'the key stands in the map twice; keys must be unique',
        remedy: 'keep one of the two',
      };
    seen.add(key.value);
  }
  return undefined;
}

const isMerge = (key: unknown) => isScalar(key) && typeof key.value === 'symbol';

/** What go-yaml and we would read differently, or nobody should read at all, node by node in the order of the text. */
class NodeChecks {
  private readonly anchors = new Map<string, Node>();
  private aliases = 0;
  private merged = 0;

  node(node: Node): Refused | undefined {
    if (isAlias(node)) {
      this.aliases += 1;
      const message = `the document has more than ${MAX_ALIASES} aliases`;
      return this.aliases > MAX_ALIASES ? { node, message } : undefined;
    }
    const { tag } = node;
    if ('anchor' in node && typeof node.anchor === 'string') this.anchors.set(node.anchor, node);
    if (tag !== undefined && !TAGS.has(tag))
      return { node, message: `the tag ${tag} has no meaning in Kubernetes` };
    return isMap(node) ? wrongKey(node) : undefined;
  }

  /** A merge key sets keys of an earlier sibling as well: go-yaml lets the later one win, YAML the explicit one. */
  merge(map: YAMLMap, at: number): Refused | undefined {
    const { key, value } = map.items[at] ?? {};
    if (!isMerge(key) || !isNode(key)) return undefined;
    const seen = new Set(map.items.slice(0, at).map((one) => isScalar(one.key) && String(one.key.value)));
    const looked = new Set<Node>();
    let open = [value];
    while (open.length > 0) {
      const nodes = open
        .map((one) => (isAlias(one) ? this.anchors.get(one.source) : one))
        .filter((one): one is Node => isNode(one) && !looked.has(one));
      const pairs = nodes.flatMap((one) => (isMap(one) ? one.items : []));
      this.merged += nodes.length + pairs.length;
      if (this.merged > MAX_MERGED)
        return { node: key, message: 'the merge keys of the document hold too much' };
      if (pairs.some((one) => isScalar(one.key) && !isMerge(one.key) && seen.has(String(one.key.value))))
        return {
          node: key,
          message: "'<<' stands after a key that it sets as well, and readers differ on who wins",
        };
      for (const one of nodes) looked.add(one);
      open = [
        ...nodes.flatMap((one) => (isSeq(one) ? one.items : [])),
        ...pairs.flatMap((one) => (isMerge(one.key) ? [one.value] : [])),
      ];
    }
    return undefined;
  }
}

/** The first node that is refused. */
function refusedNode(document: ParsedDocument): Refused | undefined {
  const checks = new NodeChecks();
  let found: Refused | undefined;
  const stop = () => (found === undefined ? undefined : visit.BREAK);
  visit(document, {
    Node: (_key, node) => {
      found = checks.node(node);
      return stop();
    },
    Pair: (key, _pair, path) => {
      const map = path.at(-1);
      if (isMap(map) && typeof key === 'number') found = checks.merge(map, key);
      return stop();
    },
  });
  return found;
}

function checkNodes(file: string, text: string, document: ParsedDocument): void {
  const found = refusedNode(document);
  if (found === undefined) return;
  const line = text.slice(0, found.node.range?.[0] ?? 0).split('\n').length;
  const { message, remedy = 'write the plain value' } = found;
  throw new InputError({ message, file, line, remedy });
}

/** Whether maps and lists lie in each other more than MAX_DEPTH deep; looked at level by level, which needs no stack. */
function isTooDeep<T>(top: T, inside: (one: T) => readonly T[]): boolean {
  let level: readonly T[] = [top];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap(inside);
  }
  return false;
}

const tooDeep = (file: string) =>
  new InputError({
    message: `the file is nested too deeply to be read: more than ${MAX_DEPTH} maps and lists in each other`,
    file,
    remedy: 'no Kubernetes object is that deep; see what made it',
  });

function tokensIn(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value === undefined ? [] : [token.value];
  if (!('items' in token)) return [];
  const parts = token.items.flatMap((item): (CST.Token | null | undefined)[] => [item.key, item.value]);
  return parts.filter((one): one is CST.Token => one !== null && one !== undefined && 'items' in one);
}

/** Tokens of a text, before anything recursive looks at them. */
function* shallow(file: string, tokens: Iterable<CST.Token>): Generator<CST.Token> {
  for (const token of tokens) {
    if (isTooDeep(token, tokensIn)) throw tooDeep(file);
    yield token;
  }
}

/** The YAML documents of a text, none of them broken. */
export function parseDocuments(file: string, text: string, lines = new LineCounter()): ParsedDocument[] {
  checkText(file, text);
  const tokens = shallow(file, new Parser(lines.addNewLine).parse(text));
  const composer = new Composer({
    version: '1.1',
    merge: true,
    customTags: goTags,
    uniqueKeys: false, // see wrongKey
    logLevel: 'error',
  });
  const documents: ParsedDocument[] = guarded(file, () => [...composer.compose(tokens)]);
  for (const document of documents) {
    const [error] = document.errors;
    if (error !== undefined) throw broken(file, error, lines);
    const { explicit, version } = document.directives.yaml;
    if (explicit === true && version !== '1.1') {
      throw new InputError({
        message: `the file declares %YAML ${version}, Kubernetes reads manifests as YAML 1.1`,
        file,
        remedy: 'remove the directive',
      });
    }
    guarded(file, () => {
      checkNodes(file, text, document);
    });
  }
  return documents;
}

/** The value of a document. @throws InputError for an alias bomb */
export function documentValue(file: string, document: ParsedDocument): Json {
  let anchors = 0;
  const onAnchor = () => {
    anchors += 1;
  };
  // Only strings, numbers, booleans, null, arrays and maps are left once the foreign tags are gone.
  const value = guarded(file, () => document.toJS({ maxAliasCount: 100, onAnchor }) as Json);
  if (anchors > 0) checkExpanded(file, value);
  return value;
}

/** What a value is without its aliases: in characters, and in maps and lists in each other. */
interface Extent {
  readonly size: number;
  readonly depth: number;
}

/** Values that aliases share are measured once, and count as often as they stand there. @throws RangeError for too deep ones */
function extentOf(value: Json, known: Map<JsonObject | readonly Json[], Extent>): Extent {
  if (typeof value !== 'object' || value === null) return { size: String(value).length + 1, depth: 0 };
  const before = known.get(value);
  if (before !== undefined) return before;
  const inside = Object.entries(value).map(([key, one]) => {
    const { size, depth } = extentOf(one ?? null, known);
    return { size: size + key.length, depth };
  });
  const extent = inside.reduce(
    (all, one) => ({ size: all.size + one.size, depth: Math.max(all.depth, one.depth + 1) }),
    { size: 1, depth: 1 },
  );
  known.set(value, extent);
  return extent;
}

/** @throws InputError where aliases make something huge of something small */
function checkExpanded(file: string, value: Json): void {
  const { size, depth } = guarded(file, () => extentOf(value, new Map()));
  if (depth > MAX_DEPTH) throw tooDeep(file);
  if (size > MAX_FILE_SIZE)
    throw new InputError({ message: 'the aliases of the document make it too large', file });
}

function guarded<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof InputError) throw thrown;
    throw unreadable(file, thrown);
  }
}

function broken(
  file: string,
  error: Pick<YAMLParseError, 'message' | 'pos'>,
  lines: LineCounter,
): InputError {
  const { line, col } = lines.linePos(error.pos[0]);
  return new InputError({
    message: `broken YAML: ${error.message}`,
    file,
    line: Math.max(1, line),
    column: Math.max(1, col),
    remedy: 'mend the file; nothing is concluded from a file that cannot be read',
  });
}

function unreadable(file: string, thrown: unknown): InputError {
  if (thrown instanceof RangeError) return tooDeep(file);
  return new InputError({ message: `unreadable YAML: ${messageOf(thrown)}`, file });
}

/**
 * The objects of a value: itself, or the items of a List. Whatever has `items` is a list to Kubernetes, its kind aside
 * (apimachinery, unstructured: "detectList"); an item may leave its own kind to a kind that ends in List.
 */
export function manifestsIn(value: JsonObject, source: Source): Manifest[] {
  const { kind, apiVersion, items } = value;
  const listed = typeof kind === 'string' && kind.endsWith('List');
  const isTyped = (item: Json) => isObject(item) && typeof item['kind'] === 'string';
  if (!Array.isArray(items) || !(listed || items.some(isTyped)))
    return [toManifest(value, source) ?? []].flat();
  return items.flatMap((item: Json, i) => {
    if (!isObject(item)) return [];
    const typed =
      listed && kind !== 'List' ? { apiVersion, kind: kind.slice(0, -'List'.length), ...item } : item;
    return manifestsIn(typed, { ...source, path: [...source.path, 'items', i] });
  });
}

const isBranch = (value: Json | undefined) => typeof value === 'object' && value !== null;

function parseJson(file: string, text: string): Json {
  let value: Json;
  try {
    value = JSON.parse(text) as Json;
  } catch (thrown) {
    throw new InputError({ message: `broken JSON: ${messageOf(thrown)}`, file });
  }
  const inside = (one: Json | undefined) => Object.values(one ?? {}).filter(isBranch);
  if (isTooDeep<Json | undefined>(value, inside)) throw tooDeep(file);
  return value;
}

/**
 * The objects of one file. Documents that are maps without apiVersion and kind are no objects and are passed over.
 * @param file the name for findings and errors
 * @param options `strict`: those are refused as well, where all that is read must arrive somewhere
 * @throws InputError naming file and line, where the text is broken, too large, binary, or neither map nor empty
 */
export function readManifests(
  file: string,
  content: Buffer | string,
  { strict = false }: { readonly strict?: boolean } = {},
): Manifest[] {
  const text = typeof content === 'string' ? content : decode(file, content);
  // JSON of a cluster is large, and encoding/json has the same semantics: the last of two equal keys wins.
  const values =
    text.trimStart().startsWith('{') && file.endsWith('.json')
      ? [parseJson(file, text)]
      : parseDocuments(file, text).map((document) => documentValue(file, document));
  return values.flatMap((value, document) => {
    if (value === null) return [];
    if (!isObject(value)) {
      throw new InputError({
        message: `document ${document + 1} is no Kubernetes object but ${Array.isArray(value) ? 'a list' : 'a bare value'}`,
        file,
        remedy: 'a Git LFS pointer or a broken merge looks like this; only manifests belong here',
      });
    }
    const manifests = manifestsIn(value, { file, text, document, path: [] });
    if (strict && manifests.length === 0 && !Array.isArray(value['items'])) {
      throw new InputError({
        message: `document ${document + 1} has no apiVersion or no kind, so it is no Kubernetes object`,
        file,
        remedy: 'spell both as Kubernetes does, or take the document out',
      });
    }
    return manifests;
  });
}

/** The last text that was asked about: many findings often point into one large file. */
let located: { text: string; documents: readonly ParsedDocument[]; lines: LineCounter } | undefined;

function locate({ file, text }: Source) {
  if (located?.text === text) return located;
  const lines = new LineCounter();
  try {
    located = { text, documents: parseDocuments(file, text, lines), lines };
    return located;
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    return undefined;
  }
}

/** The line (from 1) of a field of an object, or of its nearest parent that exists; 1 in JSON that is no YAML. */
export function lineOf({ source }: Manifest, ...field: readonly (string | number)[]): number {
  const found = locate(source);
  if (found === undefined) return 1;
  const { documents, lines } = found;
  const document = documents[source.document];
  for (let depth = field.length; depth >= 0; depth -= 1) {
    const path = [...source.path, ...field.slice(0, depth)];
    const node = path.length === 0 ? document?.contents : document?.getIn(path, true);
    if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range)) {
      const [start] = node.range as number[];
      if (start !== undefined) return lines.linePos(start).line;
    }
  }
  return 1;
}
