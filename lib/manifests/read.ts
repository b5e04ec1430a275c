// Manifests from text: multi-document YAML, JSON and the Lists that kubectl prints, read with YAML 1.1 semantics as
// sigs.k8s.io/yaml does. What cannot be read for certain is an InputError, never an empty answer.
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseAllDocuments,
  visit,
  YAMLError,
  type Document,
  type Node,
  type ScalarTag,
  type Tags,
  type YAMLMap,
} from 'yaml';
import { InputError, messageOf } from '../input/error';
import { isObject, toManifest, type Json, type JsonObject, type Manifest, type Source } from './manifest';

/** In bytes. A kubectl dump of 10,000 namespaces takes about a quarter of it. */
export const MAX_FILE_SIZE = 32 * 1024 * 1024;

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
    if (/^---(?!\s*(#|$))/.test(line))
      refuse(
        i + 1,
        "content on the line of '---' is not read by kubectl",
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

/** The keys of an earlier sibling that a merge key holds as well: go-yaml lets the later one win, YAML the explicit one. */
function overridden(document: ParsedDocument, { items }: YAMLMap): Node | undefined {
  const seen = new Set<string>();
  for (const { key, value } of items) {
    const name = isScalar(key) ? key.value : undefined;
    if (typeof name === 'symbol' && isNode(value) && isNode(key)) {
      const merged = [value.toJS(document, { maxAliasCount: 100 }) as Json].flat();
      if (merged.some((one) => isObject(one) && Object.keys(one).some((held) => seen.has(held)))) return key;
    } else if (typeof name === 'string' || typeof name === 'number' || typeof name === 'boolean')
      seen.add(`${name}`);
  }
  return undefined;
}

/** What a node stands for: itself, unless it is an alias. */
const resolved = (document: ParsedDocument, node: unknown) => (isAlias(node) ? node.resolve(document) : node);

/** Why readers write a key in different ways, if as text at all; undefined for text, booleans and integers. */
function keyProblem(document: ParsedDocument, written: unknown): string | undefined {
  const key = resolved(document, written);
  if (key === null || !isScalar(key)) return 'a list or a map is no key in Kubernetes';
  if (key.value === null) return 'null is no key in Kubernetes';
  return typeof key.value === 'number' && !INTEGER.test((key.source ?? '').replaceAll('_', ''))
    ? 'a number that is no integer is written in different ways where it is a key'
    : undefined;
}

interface Ambiguity {
  readonly node: Node;
  readonly message: string;
}

function ambiguousMap(document: ParsedDocument, map: YAMLMap): Ambiguity | undefined {
  for (const { key } of map.items) {
    const message = keyProblem(document, key);
    if (message !== undefined) return { node: isNode(key) ? key : map, message };
  }
  const merge = overridden(document, map);
  return (
    merge && {
      node: merge,
      message: "'<<' stands after a key that it sets as well, and readers differ on who wins",
    }
  );
}

/** The first node that go-yaml and we would read differently, and why. */
function ambiguousNode(document: ParsedDocument): Ambiguity | undefined {
  let found: Ambiguity | undefined;
  visit(document, {
    Node: (_key, node, path) => {
      if (isAlias(node)) {
        const target = node.resolve(document);
        if (target !== undefined && path.includes(target))
          found = { node, message: 'an alias stands inside the very value that it stands for' };
      } else if (node.tag !== undefined && !TAGS.has(node.tag))
        found = { node, message: `the tag ${node.tag} has no meaning in Kubernetes` };
      else if (isMap(node)) found = ambiguousMap(document, node);
      return found === undefined ? undefined : visit.BREAK;
    },
  });
  return found;
}

function checkNodes(file: string, text: string, document: ParsedDocument): void {
  const found = ambiguousNode(document);
  if (found === undefined) return;
  const line = text.slice(0, found.node.range?.[0] ?? 0).split('\n').length;
  throw new InputError({ message: found.message, file, line, remedy: 'write the plain value' });
}

/** The YAML documents of a text, none of them broken. */
export function parseDocuments(file: string, text: string, lineCounter?: LineCounter): ParsedDocument[] {
  checkText(file, text);
  const parsed = guarded(file, () =>
    parseAllDocuments(text, {
      version: '1.1',
      merge: true,
      customTags: goTags,
      uniqueKeys: true,
      logLevel: 'error',
      ...(lineCounter && { lineCounter }),
    }),
  );
  if ('empty' in parsed) complain(file, [...parsed.errors, ...parsed.warnings]);
  for (const document of parsed) {
    complain(file, document.errors);
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
    // Of a directive that YAML does not know.
    complain(file, document.warnings);
  }
  return parsed;
}

function complain(file: string, [first]: readonly YAMLError[]): void {
  if (first !== undefined) throw unreadable(file, first);
}

/** The value of a document. @throws InputError for an alias bomb */
export function documentValue(file: string, document: ParsedDocument): Json {
  // Only strings, numbers, booleans, null, arrays and maps are left once the foreign tags are gone.
  return guarded(file, () => document.toJS({ maxAliasCount: 100 }) as Json);
}

function guarded<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (thrown instanceof InputError) throw thrown;
    throw unreadable(file, thrown);
  }
}

function unreadable(file: string, thrown: unknown): InputError {
  if (thrown instanceof RangeError) {
    return new InputError({ message: 'the file is nested too deeply to be read', file });
  }
  if (thrown instanceof YAMLError) {
    const at = thrown.linePos?.[0];
    const [message = ''] = thrown.message.split(/ at line \d+/);
    return new InputError({
      message: `broken YAML: ${message}`,
      file,
      line: at?.line,
      column: at?.col,
      remedy: 'mend the file; nothing is concluded from a file that cannot be read',
    });
  }
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

function parseJson(file: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch (thrown) {
    throw new InputError({ message: `broken JSON: ${messageOf(thrown)}`, file });
  }
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
