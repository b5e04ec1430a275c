// Finds units and what they may apply anywhere in a repository, by what stands in the files.
import { OFFLOADING_KIND } from '../liqo/constants';
import { isOfUnits } from './engines/declared-units';
import type { KnownTexts } from './known';
import type { Manifest } from './manifest';

/** A file in which a text was found. */
export interface FoundFile {
  /** From the root of the repository. */
  readonly path: string;
  readonly text: string;
}

/** Where files are looked for: a commit, or the work tree. */
export interface Searched {
  /** The manifests in which one of the texts stands, or each of them. */
  readonly holding: (texts: readonly string[], all?: boolean) => readonly FoundFile[];
}

/** What stands in the manifest of a Namespace or of an offloading, as people write it in YAML and in JSON. */
export const NAMESPACE_SIGNS: readonly string[] = [
  OFFLOADING_KIND,
  'kind: Namespace',
  '"Namespace"',
  "'Namespace'",
];

const isNamespace = ({ apiVersion, kind }: Manifest) => apiVersion === 'v1' && kind === 'Namespace';
const isNamespaceOrOffloading = (one: Manifest) => isNamespace(one) || one.kind === OFFLOADING_KIND;

/** A file that cannot be read, such as a template, holds none. */
const objectsIn = (
  files: readonly FoundFile[],
  known: KnownTexts,
  isMeant: (one: Manifest) => boolean,
): Manifest[] => files.flatMap(({ path, text }) => known.readIfAny(path, text).filter(isMeant));

export const unitsIn = (files: readonly FoundFile[], known: KnownTexts): Manifest[] =>
  objectsIn(files, known, isOfUnits);

export const namespacesIn = (files: readonly FoundFile[], known: KnownTexts): Manifest[] =>
  objectsIn(files, known, isNamespaceOrOffloading);

/**
 * The Namespaces that units live in. Of a file that holds much else, such as all of an engine, only the documents that may be one
 * are parsed.
 */
export function homesOf(units: readonly Manifest[], { holding }: Searched, known: KnownTexts): Manifest[] {
  const names = [...new Set(units.map(({ namespace }) => namespace))].filter((name) => name !== '');
  return names.flatMap((name) =>
    objectsIn(
      holding(['Namespace', name], true).flatMap(({ path, text }) =>
        text
          .split(/^---.*$/m)
          .filter((part) => /\bNamespace\b/.test(part) && part.includes(name))
          .map((part) => ({ path, text: part })),
      ),
      known,
      (one) => isNamespace(one) && one.name === name,
    ),
  );
}

/**
 * The units of the new side that stand in a file which says nothing any more that can be read: nobody has taken them out.
 * @param then those of the old side
 */
export function unreadSince(
  then: readonly Manifest[],
  files: readonly FoundFile[],
  known: KnownTexts,
): Manifest[] {
  const unread = new Set(
    files.filter(({ path, text }) => known.readIfAny(path, text).length === 0).map(({ path }) => path),
  );
  return then.filter(({ source }) => unread.has(source.file));
}
