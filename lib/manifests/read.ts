// Manifests from text: multi-document YAML, JSON and the Lists that kubectl prints, read with YAML 1.1 semantics as
// sigs.k8s.io/yaml does. What cannot be read for certain is an InputError, never an empty answer.
import {
  LineCounter,
  parseAllDocuments,
  YAMLParseError,
  type Document,
  type ScalarTag,
  type Tags,
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

/** The YAML documents of a text, none of them broken. */
export function parseDocuments(file: string, text: string, lineCounter?: LineCounter): ParsedDocument[] {
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
  const documents: ParsedDocument[] = Array.isArray(parsed) ? parsed : [];
  for (const document of documents) {
    const [error] = document.errors;
    if (error !== undefined) throw unreadable(file, error);
    const { explicit, version } = document.directives.yaml;
    if (explicit === true && version !== '1.1') {
      throw new InputError({
        message: `the file declares %YAML ${version}, Kubernetes reads manifests as YAML 1.1`,
        file,
        remedy: 'remove the directive',
      });
    }
  }
  return documents;
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
  if (thrown instanceof YAMLParseError) {
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

function collect(value: JsonObject, source: Source, found: Manifest[]): void {
  const { kind, apiVersion, items } = value;
  if (typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items)) {
    items.forEach((item: Json, i) => {
      if (!isObject(item)) return;
      const typed = kind === 'List' ? item : { apiVersion, kind: kind.slice(0, -'List'.length), ...item };
      collect(typed, { ...source, path: [...source.path, 'items', i] }, found);
    });
    return;
  }
  const manifest = toManifest(value, source);
  if (manifest !== undefined) found.push(manifest);
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
 * @throws InputError naming file and line, where the text is broken, too large, binary, or neither map nor empty
 */
export function readManifests(file: string, content: Buffer | string): Manifest[] {
  const text = typeof content === 'string' ? content : decode(file, content);
  // JSON of a cluster is large, and encoding/json has the same semantics: the last of two equal keys wins.
  const values =
    text.trimStart().startsWith('{') && file.endsWith('.json')
      ? [parseJson(file, text)]
      : parseDocuments(file, text).map((document) => documentValue(file, document));
  const found: Manifest[] = [];
  values.forEach((value, document) => {
    if (value === null) return;
    if (!isObject(value)) {
      throw new InputError({
        message: `document ${document + 1} is no Kubernetes object but ${Array.isArray(value) ? 'a list' : 'a bare value'}`,
        file,
        remedy: 'a Git LFS pointer or a broken merge looks like this; only manifests belong here',
      });
    }
    collect(value, { file, text, document, path: [] }, found);
  });
  return found;
}

/** The last text that was asked about: many findings often point into one large file. */
let located: { text: string; documents: readonly ParsedDocument[]; lines: LineCounter } | undefined;

function locate({ file, text }: Source) {
  if (located?.text === text) return located;
  const lines = new LineCounter();
  located = { text, documents: parseDocuments(file, text, lines), lines };
  return located;
}

/** The line (from 1) of a field of an object, or of its nearest parent that exists. */
export function lineOf({ source }: Manifest, ...field: readonly (string | number)[]): number {
  const { documents, lines } = locate(source);
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
