// Existing objects to config files: which namespaces, which files, and what is left out of them and why.
import { folderProblem } from '../config/schema/namespace';
import type { Dropped } from '../manifests/cluster-made';
import { isLive } from '../manifests/live-object';
import { INSTANCE_LABEL } from '../manifests/engines/tracking';
import { groupBy } from '../manifests/group';
import type { Manifest } from '../manifests/manifest';
import { adoptable } from './config';
import { configText } from './print';
import { subjectsOf, type Subject, type Subjects } from './subjects';

/** What the project says already, and where the input lies. */
export interface Surroundings {
  /** The config file of each namespace that is declared. */
  readonly declaredIn: ReadonlyMap<string, string>;
  /** Whether a file can be written; paths are from the project, with `/`. */
  readonly isFree: (path: string) => boolean;
  /** The folder of an object's file below the folder that is imported, empty otherwise. */
  readonly folderOf: (manifest: Manifest) => string;
}

/** A namespace that gets a config. */
export interface Adopted {
  readonly name: string;
  /** From the project, with `/`. */
  readonly file: string;
  readonly text: string;
  /** False where the input has its NamespaceOffloading alone. */
  readonly managed: boolean;
  /** The objects that the file must compile to. */
  readonly expected: readonly Manifest[];
}

/** A namespace that gets none. */
export interface Refused {
  readonly name: string;
  readonly reasons: readonly string[];
  /** The first of its files. */
  readonly source: string;
}

/** A namespace and the config that declares it already. */
export interface Declaration {
  readonly name: string;
  readonly file: string;
}

/** A label or annotation that an engine or a controller writes, and how many namespaces had it. */
export interface DroppedKey extends Dropped {
  readonly count: number;
}

export interface Adoption extends Omit<Subjects, 'adopted'> {
  readonly adopted: readonly Adopted[];
  readonly refused: readonly Refused[];
  /** Namespaces that a config declares already, with its file. */
  readonly present: readonly Declaration[];
  readonly dropped: readonly DroppedKey[];
  /** Live namespaces whose label of that name may be Argo CD's; it stays in the config. */
  readonly instanceLabelled: readonly string[];
}

/** Where configs lie. */
export const CONFIGS = 'config/namespaces';

/** A folder that the loader reads and dist can have; another one becomes the top. */
function folderFor(folder: string): string {
  const plain = folder.replace(/^namespaces(\/|$)/, ''); // dist/namespaces is config/namespaces
  const hidden = plain.split('/').some((part) => part.startsWith('_'));
  return hidden || folderProblem(plain) !== undefined ? '' : plain;
}

function fileFor({ name, namespaces, offloadings }: Subject, { folderOf }: Surroundings): string {
  const [first] = [...namespaces, ...offloadings];
  const folder = first === undefined ? '' : folderFor(folderOf(first));
  return [CONFIGS, ...(folder === '' ? [] : [folder]), `${name}.ts`].join('/');
}

type Outcome =
  | { readonly adopted: Adopted; readonly dropped: readonly Dropped[]; readonly instanceLabelled: boolean }
  | { readonly refused: Refused }
  | { readonly present: Declaration };

function outcomeOf(subject: Subject, surroundings: Surroundings): Outcome {
  const { name, namespaces, offloadings } = subject;
  const declaration = surroundings.declaredIn.get(name);
  if (declaration !== undefined) return { present: { name, file: declaration } };
  const [first] = [...namespaces, ...offloadings];
  const refused = (...reasons: readonly string[]) => ({
    refused: { name, reasons, source: first?.source.file ?? '' },
  });
  const found = adoptable(subject);
  if ('reasons' in found) return refused(...found.reasons);
  const file = fileFor(subject, surroundings);
  if (!surroundings.isFree(file)) return refused(`${file} already exists, and import overwrites nothing`);
  const { config, expected, dropped } = found;
  return {
    adopted: { name, file, text: configText(config), managed: config.manageNamespace !== false, expected },
    dropped,
    instanceLabelled: namespaces.some(isLive) && Object.hasOwn(config.labels ?? {}, INSTANCE_LABEL),
  };
}

/** How many namespaces had each key, however many of their objects did. */
function counted(all: readonly (readonly Dropped[])[]): DroppedKey[] {
  const once = all.flatMap((dropped) => [...new Map(dropped.map((one) => [one.key, one])).values()]);
  return [...groupBy(once, ({ key }) => key).values()].flatMap((same) =>
    same.slice(0, 1).map((one) => ({ ...one, count: same.length })),
  );
}

/**
 * Configs for the namespaces of an input that have none.
 * Nothing is written, and no promise made that the texts compile to the same objects: {@link compareObjects} tells.
 */
export function adopt(manifests: readonly Manifest[], surroundings: Surroundings): Adoption {
  const { adopted: subjects, ...rest } = subjectsOf(manifests);
  const outcomes = subjects.map((subject) => outcomeOf(subject, surroundings));
  const written = outcomes.filter((one) => 'adopted' in one);
  return {
    ...rest,
    adopted: written.map(({ adopted }) => adopted),
    refused: outcomes.flatMap((one) => ('refused' in one ? [one.refused] : [])),
    present: outcomes.flatMap((one) => ('present' in one ? [one.present] : [])),
    dropped: counted(written.map(({ dropped }) => dropped)),
    instanceLabelled: written.filter((one) => one.instanceLabelled).map(({ adopted }) => adopted.name),
  };
}
