// What Secrets and ConfigMaps hold, so that a copy under another name is known: Liqo decides by name and annotation alone.
import { isObject, valueAt, type Json, type Manifest } from '../manifests/manifest';

/** Where the entries of what is copied stand: text as it is, or base64 of it, or what a controller fetches or decrypts. */
const TEXT = [['stringData']] as const;
const OPAQUE = [
  ['data'],
  ['binaryData'],
  ['spec', 'encryptedData'],
  ['spec', 'target', 'template', 'data'],
] as const;

const plain = (value: Json | undefined): string =>
  typeof value === 'string' ? value : JSON.stringify(value ?? null);
const base64 = (value: Json | undefined) => Buffer.from(plain(value)).toString('base64');

const entriesAt = (
  one: Manifest,
  path: readonly string[],
  read: (value: Json | undefined) => string,
): [string, string][] => {
  const found = valueAt(one.body, ...path);
  return isObject(found) ? Object.entries(found).map(([key, value]) => [key, read(value)]) : [];
};

/** What an ExternalSecret fetches, each with the key that it gets. */
function fetched(one: Manifest): [string, string][] {
  const [data, from] = [valueAt(one.body, 'spec', 'data'), valueAt(one.body, 'spec', 'dataFrom')];
  const store = JSON.stringify(valueAt(one.body, 'spec', 'secretStoreRef') ?? null);
  const single = Array.isArray(data) ? data : [];
  return [
    ...single.map((each: Json): [string, string] => [
      plain(valueAt(each, 'secretKey')),
      `${store}${JSON.stringify(valueAt(each, 'remoteRef') ?? null)}`,
    ]),
    ...(Array.isArray(from) ? from : []).map((each: Json): [string, string] => [
      `from ${JSON.stringify(each)}`,
      store,
    ]),
  ];
}

const known = new WeakMap<Manifest, ReadonlyMap<string, string>>();

/** The entries of an object by key; empty where it does not show them. */
export function entriesOf(one: Manifest): ReadonlyMap<string, string> {
  const present = known.get(one);
  if (present !== undefined) return present;
  const isText = one.kind === 'ConfigMap';
  const entries = new Map([
    ...OPAQUE.flatMap((path) => entriesAt(one, path, isText && path[0] === 'data' ? base64 : plain)),
    ...TEXT.flatMap((path) => entriesAt(one, path, base64)),
    ...fetched(one),
  ]);
  known.set(one, entries);
  return entries;
}

/** Whether `one` holds all that `other` does. */
export function holds(one: Manifest, other: Manifest): boolean {
  const [entries, wanted] = [entriesOf(one), entriesOf(other)];
  return wanted.size > 0 && [...wanted].every(([key, value]) => entries.get(key) === value);
}

/** Whether the two have the same keys: what is sealed or encrypted for a name has other values under another. */
export function hasKeysOf(one: Manifest, other: Manifest): boolean {
  const [keys, wanted] = [[...entriesOf(one).keys()].sort(), [...entriesOf(other).keys()].sort()];
  return wanted.length > 0 && keys.join('\n') === wanted.join('\n');
}
