// What is known of one unit of an engine: an Application, or a Kustomization of Flux.
import { dirname, normalize } from 'node:path/posix';
import { isObject, type Json, type Manifest } from '../manifest';
import type { Engine } from './engines';

/** A folder that a unit applies, from the root of the repository; `.` is that itself. */
export interface UnitFolder {
  readonly folder: string;
  /** Whether it applies what lies in folders below, too. */
  readonly isDeep: boolean;
  /** Takes the path of a file from the folder: whether the unit picks it. */
  readonly picks: (path: string) => boolean;
}

/** An Argo CD Application, one that an ApplicationSet makes, or a Flux Kustomization. */
export interface DeclaredUnit {
  readonly engine: Engine;
  /** Equal for the forms of one object. */
  readonly id: string;
  /** For people: `Application 'venice.namespaces.demo'`. */
  readonly title: string;
  /** The object that declares it. */
  readonly declared: Manifest;
  /** All else that decides what comes of its folders, for people: `repoURL: …, targetRevision: HEAD`. */
  readonly source: string;
  /** The object of Flux that it has its files from, where this state declares it, and what decides what that holds. */
  readonly from?: { readonly declared: Manifest; readonly content: string };
  readonly folders: readonly UnitFolder[];
  /** The cluster that it deploys to, where it says one, for people. */
  readonly cluster?: string;
  /** What becomes of an object that leaves these folders: by itself deleted, only where somebody starts a sync that prunes, or left. */
  readonly prunes: 'always' | 'on request' | 'never';
  /** Whether deleting it deletes what it applied. */
  readonly deletes: boolean;
  /** It does nothing until somebody resumes it, and deletes nothing when it goes. */
  readonly isSuspended: boolean;
  /** What makes it delete an object that it cannot update, and create it anew, for people. */
  readonly forces?: string;
  /** It has its files from elsewhere than this repository, and applies nothing of it. */
  readonly isElsewhere?: boolean;
  /** Its repository has another name than this one, and may be this one all the same: it counts for what no other unit applies. */
  readonly isOfAnotherName?: true;
  /** With files from elsewhere: something packs them, maybe from this repository. */
  readonly isPacked?: true;
  /** Of an ApplicationSet: nobody can tell whether it makes this one. */
  readonly isPerhaps?: true;
  /** An ApplicationSet makes it. */
  readonly isOfSet?: true;
}

/** As an engine finds it: below the root of the repository, wherever it points. */
export const folderNamed = (path: string) => normalize(`/${path}`).replace(/^\/|\/$/g, '') || '.';

/** Fields that say where, when and how carefully a unit applies what it applies, all of it or none. */
const PACE: ReadonlySet<string> = new Set([
  ...['path', 'ref', 'prune', 'deletionPolicy', 'dependsOn', 'interval', 'retryInterval', 'timeout', 'wait'],
  ...[
    'force',
    'suspend',
    'healthChecks',
    'healthCheckExprs',
    'serviceAccountName',
    'namespace',
    'images',
    'validation',
  ],
]);

/** What of a field drops or changes no namespace, or is followed here. */
const FOLLOWED: Readonly<Record<string, readonly string[]>> = {
  directory: ['recurse', 'include', 'exclude'],
  kustomize: ['images', 'replicas', 'version'],
};

function withoutFollowed(name: string, field: Json): Json | undefined {
  const followed = FOLLOWED[name];
  if (followed === undefined || !isObject(field)) return field;
  const left = Object.entries(field).filter(([key]) => !followed.includes(key));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/** `name: value`, of the other fields. */
export const fieldsText = (
  value: Json | undefined,
  isPassedOver = (name: string) => PACE.has(name),
): string =>
  Object.entries(isObject(value) ? value : {})
    .flatMap(([name, given]) => {
      const field = isPassedOver(name) ? undefined : withoutFollowed(name, given ?? null);
      if (field === undefined || field === null) return [];
      return [`${name}: ${typeof field === 'string' ? field : JSON.stringify(field)}`];
    })
    .join(', ');

/** The folders that hold a path, the innermost first. */
export function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersOf(folder)];
}

/** A path from a folder that holds it. */
const below = (folder: string, path: string) => (folder === '.' ? path : path.slice(folder.length + 1));

/** Whether a unit picks a file, of those that lie in its folder or below. */
export const isPicked = ({ folder, isDeep, picks }: UnitFolder, file: string): boolean =>
  (isDeep || dirname(file) === folder) && picks(below(folder, file));

/** Whether it has a file in its folder, and picks it. */
export const holds = (at: UnitFolder, file: string): boolean =>
  foldersOf(file).includes(at.folder) && isPicked(at, file);
