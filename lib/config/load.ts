// Everything below config/ that is code: found, bundled, evaluated and checked, with every error at once.
import { existsSync, readdirSync, statSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { types } from 'node:util';
import { coded, codeOf, InputError, messageOf, type InputProblem } from '../input/error';
import type { Violation } from '../input/schema';
import { bundleConfigs, type Bundle } from './bundle';
import { CLUSTER_FILES, POLICY_FILES } from './files';
import * as library from './library';
import { plainData } from './plain';
import { checkCluster } from './schema/cluster';
import type { Checked } from './schema/fields';
import { checkNamespace, folderProblem } from './schema/namespace';
import { checkPolicy } from './schema/policy';
import type { ClusterConfig, NamespaceConfig, PolicyConfig } from './types';

/** A namespace config and where it comes from. */
export interface LoadedNamespace {
  readonly config: NamespaceConfig;
  /** The config file, relative to the project, with `/`. */
  readonly file: string;
  /** The folder below dist/namespaces; empty for the top. */
  readonly folder: string;
}

export interface LoadedConfig {
  readonly cluster: ClusterConfig;
  readonly clusterFile: string;
  readonly policies: readonly PolicyConfig[];
  /** In the order of their files, and within one file as it lists them. */
  readonly namespaces: readonly LoadedNamespace[];
  /** What the cluster's config and the policies are made of, with all that they import; from the project, with `/`. */
  readonly decisive: readonly string[];
  /** Runs a function of a config; see {@link Bundle}. */
  readonly run: Bundle['run'];
}

/** What the cluster's config and the policies say. */
export type Settings = Pick<LoadedConfig, 'cluster' | 'clusterFile' | 'policies' | 'decisive'>;

const NAMESPACES = 'config/namespaces';
const INIT = 'write a first one with npx cdk8s-liqo init';

function entriesOf(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
    throw new InputError({ message: `cannot be read: ${messageOf(thrown)}`, file: folder });
  }
}

/** The files below config/namespaces that are configs. @throws InputError for names that no header could hold */
function namespaceFiles(root: string): string[] {
  const found: string[] = [];
  const visit = (folder: string) => {
    for (const entry of entriesOf(root, folder)) {
      const path = `${folder}/${entry.name}`;
      if (entry.name.startsWith('_') || entry.name.startsWith('.')) continue;
      const stat = entry.isSymbolicLink() ? statSync(join(root, path), { throwIfNoEntry: false }) : entry;
      if (stat?.isDirectory() === true) visit(path);
      else if (/\.(ts|mts|js)$/.test(path) && !/\.(d\.m?ts|test\.(ts|mts|js))$/.test(path)) found.push(path);
    }
  };
  if (existsSync(join(root, NAMESPACES))) visit(NAMESPACES);
  return found.sort();
}

/** Folders become folders of dist, and file names stand in headers. */
function nameProblems(files: readonly string[]): InputProblem[] {
  return files.flatMap((file) => {
    if (file.includes('*'))
      return [
        {
          message: "the name contains a '*', which esbuild reads as a pattern",
          file,
          remedy: 'rename the file',
        },
      ];
    const problem = folderProblem(folderOf(file));
    if (problem !== undefined) return [{ message: problem, file, remedy: 'rename the folder' }];
    return /[\u0000-\u001f\u007f]/.test(file)
      ? [{ message: 'the name contains control characters', file }]
      : [];
  });
}

function folderOf(file: string): string {
  return file.split('/').slice(2, -1).join('/');
}

function toProblems(file: string, prefix: string, list: readonly Violation[]): InputProblem[] {
  return list.map(({ path, ...violation }) => ({ file, path: prefix + path || '/', ...violation }));
}

const NAMESPACE_EXPORT = 'export default defineNamespace({ name: … }), or an array of them';
const POLICIES_EXPORT = 'export default definePolicies([{ name: … }])';
const CLUSTER_EXPORT = 'export default defineCluster({ id: … })';

/** A default export, or one of its elements, with its path inside the file. */
interface Element {
  readonly path: string;
  readonly value: unknown;
}

function notWaiting(promise: Promise<unknown>): string {
  promise.catch(() => undefined); // nobody waits for it, so nobody else would catch what it throws
  return 'the default export is a promise: configs are loaded synchronously';
}

/** The default exports of a file as a list, each with its path inside the file. */
function elements(value: unknown): Element[] | string {
  if (value === undefined) return 'the config has no default export';
  if (!Array.isArray(value)) return [{ path: '', value }];
  if (value.length === 0)
    return 'the default export is an empty array, which would remove every namespace of this file';
  return value.map((one: unknown, i) => ({ path: `/${i}`, value: one }));
}

class Loader {
  readonly problems: InputProblem[] = [];
  readonly namespaces: LoadedNamespace[] = [];
  private readonly places = new Map<string, string>();

  constructor(private readonly bundle: Bundle) {}

  cluster(file: string): ClusterConfig | undefined {
    const found = this.defaultExport(file, CLUSTER_EXPORT);
    const [first] = found;
    if (first === undefined) return undefined;
    if (first.path === '') return this.accept(file, first.path, checkCluster(first.value));
    this.problems.push({
      file,
      message: 'the default export is a list, but there is only one cluster',
      remedy: CLUSTER_EXPORT,
    });
    return undefined;
  }

  policies(file: string): PolicyConfig[] {
    const names = new Set<string>();
    return this.defaultExport(file, POLICIES_EXPORT).flatMap(({ path, value }) => {
      const policy = this.accept(file, path, checkPolicy(value));
      if (policy === undefined) return [];
      if (names.has(policy.name)) {
        const message = `there are two policies named '${policy.name}'`;
        this.problems.push({ file, path: `${path}/name`, message, remedy: 'rename one of them' });
      }
      names.add(policy.name);
      return [policy];
    });
  }

  namespacesOf(file: string): void {
    for (const { path, value } of this.defaultExport(file)) {
      const config = this.accept(file, path, checkNamespace(value));
      if (config !== undefined) this.add(config, file, path);
    }
  }

  private defaultExport(file: string, remedy = NAMESPACE_EXPORT): Element[] {
    const evaluated = this.bundle.evaluate(file);
    if ('problem' in evaluated) {
      this.problems.push(evaluated.problem);
      return [];
    }
    try {
      const { value } = evaluated;
      // Looked at before it is copied: a promise is no plain data.
      const found = types.isPromise(value)
        ? notWaiting(value)
        : elements(this.bundle.run(file, 'the config', () => plainData(value)));
      if (typeof found !== 'string') return found;
      this.problems.push({ file, message: found, remedy });
    } catch (thrown) {
      if (!(thrown instanceof InputError)) throw thrown;
      this.problems.push(...thrown.problems);
    }
    return [];
  }

  private accept<T>(file: string, path: string, checked: Checked<T>): T | undefined {
    if ('value' in checked) return checked.value;
    this.problems.push(...toProblems(file, path, checked.violations));
    return undefined;
  }

  private add(config: NamespaceConfig, file: string, path: string): void {
    const place = path === '' ? file : `${file} ${path}`;
    const other = this.places.get(config.name);
    if (other !== undefined) {
      this.problems.push({
        file,
        path: `${path}/name`,
        message: `the namespace '${config.name}' is declared twice, here and in ${other}`,
        remedy: 'keep one of them',
      });
      return;
    }
    this.places.set(config.name, place);
    this.namespaces.push({ config, file, folder: config.folder ?? folderOf(file) });
  }
}

/**
 * Loads config/cluster.ts and, unless told otherwise, all namespaces.
 * @param root absolute path of the project
 * @param what `everything` must have a namespace; `what is there` is for a project that is about to get its first
 * @param home absolute path of the project that packages are found from, where that is another folder
 * @param settled is told the settings before any namespace's config has run
 * @throws InputError with every problem of every file
 */
export const loadConfig = (...asked: Parameters<typeof load>): LoadedConfig =>
  coded('config-invalid', () => load(...asked));

function load(
  root: string,
  what: 'everything' | 'what is there' | 'cluster' = 'everything',
  home = root,
  settled: (settings: Settings) => void = () => undefined,
): LoadedConfig {
  const clusterFile = CLUSTER_FILES.find((file) => existsSync(join(root, file)));
  if (clusterFile === undefined) {
    throw new InputError({ message: 'there is no config/cluster.ts', file: root, remedy: INIT });
  }
  const files = what === 'cluster' ? [] : namespaceFiles(root);
  if (what === 'everything' && files.length === 0) {
    throw new InputError({ message: 'there is no namespace config', file: NAMESPACES, remedy: INIT });
  }
  const badNames = nameProblems(files);
  if (badNames.length > 0) throw new InputError(badNames);
  const policyFile = POLICY_FILES.find((file) => existsSync(join(root, file)));
  const decisive = [clusterFile, ...(policyFile === undefined ? [] : [policyFile])];
  const bundle = bundleConfigs(root, [...decisive, ...files], library, home);
  const loader = new Loader(bundle);
  const cluster = loader.cluster(clusterFile);
  const policies = policyFile === undefined ? [] : loader.policies(policyFile);
  const settings = cluster && { cluster, clusterFile, policies, decisive: bundle.importsOf(decisive) };
  if (settings !== undefined) settled(settings);
  for (const file of files) loader.namespacesOf(file);
  if (settings === undefined || loader.problems.length > 0) throw new InputError(loader.problems);
  return { ...settings, namespaces: loader.namespaces, run: bundle.run };
}

/**
 * Loads the namespaces below a folder's config/namespaces and nothing else: the folder need not be a project.
 * @throws InputError with every problem of every file
 */
export function loadNamespaces(root: string): Pick<LoadedConfig, 'namespaces' | 'run'> {
  const files = namespaceFiles(root);
  const bundle = bundleConfigs(root, files, library);
  const loader = new Loader(bundle);
  for (const file of files) loader.namespacesOf(file);
  if (loader.problems.length > 0) throw new InputError(loader.problems);
  return { namespaces: loader.namespaces, run: bundle.run };
}
