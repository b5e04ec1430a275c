// What a project's configs give, as plain data that crosses from one thread to another.
import type { CompiledFiles } from '../compile/compiled';
import type { LoadedNamespace, Settings } from '../config/load';

/** Whose configs are read, and how much of them. */
export interface ConfigsRequest {
  /** Absolute path of what stands for the project's folder. */
  readonly root: string;
  /** Absolute path of the project that packages are found from. */
  readonly home: string;
  /** Absolute path of the folder that includes may not leave. */
  readonly boundary: string;
  /** The project's folder from the root of the repository: empty or ending in `/`. */
  readonly prefix: string;
  readonly what: 'everything' | 'what is there' | 'cluster';
  /** The namespaces that are compiled. @default all */
  readonly only?: readonly string[];
}

export interface Namespaces {
  /** Without their `constructs`: what these add has been compiled. */
  readonly namespaces: readonly LoadedNamespace[];
  /** Of `everything`, what it gives; of less, nothing. */
  readonly compiled: CompiledFiles;
}

/** The settings, and of more than the cluster the namespaces too. */
export type Configs = Settings & Namespaces;

/** Those of the project itself, of which nothing is compiled. */
export const ownConfigs = (root: string, what: 'what is there' | 'cluster', home = root): ConfigsRequest => ({
  ...{ root, home, what },
  boundary: root,
  prefix: '',
});
