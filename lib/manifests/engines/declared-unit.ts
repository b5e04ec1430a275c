// What is known of one unit of an engine: an Application, or a Kustomization of Flux.
import type { Manifest } from '../manifest';
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
  /** Of an ApplicationSet: nobody can tell whether it makes this one. */
  readonly isPerhaps?: true;
  /** Of an ApplicationSet: the folder that it makes this one for. The Application goes with it. */
  readonly madeFor?: string;
  /** Of an ApplicationSet: that deletes none which it no longer makes, as long as it is there itself. */
  readonly isKeptBySet?: boolean;
}
