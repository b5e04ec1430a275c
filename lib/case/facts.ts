// What rules know beside the manifests: the inventories, the policies, and whether the change edits either.
import { existsSync } from 'node:fs';
import { join, posix } from 'node:path';
import { shadowsOf } from '../config/imports';
import { selectorTerms } from '../config/selector';
import { CLUSTER_FILES, POLICY_FILES } from '../config/files';
import type { LoadedConfig, LoadedNamespace } from '../config/load';
import type { ClusterConfig, ClusterFacts, PolicyConfig } from '../config/types';
import { coded } from '../input/error';
import type { Policy } from '../judge/policy';
import type { Facts, StaleFile } from '../judge/rule';
import type { Inventory } from '../liqo/inventory';
import { webhookClassOf } from '../liqo/runtime-class';
import type { Baseline } from '../manifests/baseline';
import { kindOnDisk, readFile } from '../manifests/folder';
import { INVENTORY, parseInventory } from '../manifests/inventory';
import { decode } from '../manifests/read';
import type { Labels } from '../selector/match';
import { parseSelector } from '../selector/parse';
import { idBefore } from './consumer';

/** Files of the project that decide how a change is judged. */
export const DECISIVE: readonly string[] = [...CLUSTER_FILES, ...POLICY_FILES, INVENTORY];

/** The inventory on disk, undefined where there is none. @throws InputError where it cannot be read */
export function readInventory(root: string, prefix: string): Inventory | undefined {
  const path = join(root, INVENTORY);
  if (!existsSync(path)) return undefined;
  return coded('inventory-invalid', () =>
    parseInventory(prefix + INVENTORY, decode(prefix + INVENTORY, readFile(path))),
  );
}

const selectors = (selector: NonNullable<PolicyConfig['clusters']>) =>
  selectorTerms(typeof selector === 'string' ? [selector] : selector);

/** A policy as the judge takes it; its config has been checked. */
function toPolicy({ namespaces, clusters, ...rest }: PolicyConfig): Policy {
  return {
    ...rest,
    ...(typeof namespaces === 'string' && { namespaces: { labels: parseSelector(namespaces) } }),
    ...(typeof namespaces === 'object' && { namespaces: { names: namespaces } }),
    ...(clusters !== undefined && { clusters: selectors(clusters) }),
  };
}

/** Labels of a Namespace that somebody else owns: its config only says what they are. */
function assertedBy({ config }: LoadedNamespace): [string, Labels][] {
  const { name, labels, manageNamespace } = config;
  return manageNamespace === false && labels !== undefined ? [[name, labels]] : [];
}

/** Labels that configs assert of namespaces, by name. */
export const assertedLabels = (namespaces: readonly LoadedNamespace[]): ReadonlyMap<string, Labels> =>
  new Map(namespaces.flatMap(assertedBy));

/** What `settledAfterCommits` is where no config says it. */
const SETTLED_AFTER_COMMITS = 20;

/** What is known from configs, or from whoever has none. */
export interface Known extends Pick<LoadedConfig, 'policies' | 'namespaces' | 'decisive'> {
  readonly cluster: ClusterFacts & Pick<ClusterConfig, 'gitops'>;
}

/** Where the facts are found. */
interface Sources {
  /** Absolute path of the project, and its folder in the repository: empty or ending in `/`. */
  readonly root: string;
  readonly prefix: string;
  /** Undefined where manifests are judged without a config. */
  readonly config: Known | undefined;
  readonly baseline: Baseline;
  /** Files of the project that decide how the change is judged; the baseline was read with them. */
  readonly decisive: readonly string[];
  readonly stale: readonly StaleFile[];
  readonly view: Facts['view'];
  readonly beside: Facts['beside'];
  readonly elsewhere: Facts['elsewhere'];
  readonly paths: Facts['paths'];
}

/**
 * The files that decide how a change is judged, from the project: with all that configs import, and what would have been
 * imported in its place. What lies outside the repository, no commit knows.
 * @param prefix the project's folder in the repository: empty or ending in `/`
 */
export function decisiveFiles(
  prefix: string,
  config: Known | undefined,
  more: readonly string[] = [],
): string[] {
  const imported = (config?.decisive ?? []).filter((file) => !posix.join(prefix, file).startsWith('../'));
  return [...new Set([...DECISIVE, ...more, ...imported, ...imported.flatMap(shadowsOf)])];
}

/** Those that are not what the baseline commit holds; where it holds none, all are new. */
function judgeChanged({ root, prefix, baseline: { files }, decisive }: Sources): string[] {
  if (files === undefined || files.length === 0) return [];
  const then = new Map(files.map(({ path, text }) => [path, text]));
  return decisive.flatMap((file) => {
    const path = join(root, file);
    const isThere = kindOnDisk(path) === 'file';
    const now = isThere ? readFile(path).toString().replaceAll('\r\n', '\n') : undefined;
    const shown = posix.normalize(prefix + file);
    return now === then.get(shown) ? [] : [shown];
  });
}

/** An inventory that comes with the change clears nothing in it: at the commit, nobody claimed to know all providers. */
const NOTHING_KNOWN: Inventory = { complete: false, providers: [] };

/** The inventory at the baseline, undefined where nobody can say what that was. */
function inventoryThen({ prefix, baseline }: Sources): Inventory | undefined {
  const { files, manifests } = baseline;
  const then = files?.find(({ path }) => path === prefix + INVENTORY);
  if (then !== undefined) return parseInventory(then.path, then.text) ?? NOTHING_KNOWN;
  return files === undefined || manifests.length === 0 ? undefined : NOTHING_KNOWN;
}

/** The inventories of both sides: today's is complete only if the baseline's was, or if nobody can say what that was. */
function inventoriesOf(sources: Sources): Facts['inventories'] {
  const before = inventoryThen(sources);
  const after = readInventory(sources.root, sources.prefix);
  return { before, after: after && { ...after, complete: after.complete && before?.complete !== false } };
}

/** The ID that the cluster config gives at the baseline, as far as its text tells. */
function consumerBefore({ root, prefix, config, baseline }: Sources): string | undefined {
  for (const file of CLUSTER_FILES) {
    const then = baseline.files?.find(({ path }) => path === prefix + file)?.text;
    const path = join(root, file);
    if (then !== undefined && existsSync(path))
      return idBefore(then, readFile(path).toString(), config?.cluster.id);
  }
  return undefined;
}

/** @throws InputError where an inventory cannot be read */
export function gatherFacts(sources: Sources): Facts {
  const { prefix, config, baseline, stale, view, beside, elsewhere, paths } = sources;
  return {
    consumer: config?.cluster.id,
    consumerBefore: consumerBefore(sources),
    stale,
    liqoRuntimeClass: webhookClassOf(config?.cluster.runtimeClass),
    configured: new Set((config?.namespaces ?? []).map((one) => one.config.name)),
    past: baseline.past,
    settledAfterCommits: config?.cluster.settledAfterCommits ?? SETTLED_AFTER_COMMITS,
    policies: (config?.policies ?? []).map(toPolicy),
    asserted: assertedLabels(config?.namespaces ?? []),
    judgeChanged: judgeChanged(sources),
    dist: `${prefix}dist`,
    engines: view.after.known,
    units: { before: view.before.units, after: view.after.units },
    beside,
    paths,
    view,
    elsewhere,
    inventories: inventoriesOf(sources),
  };
}
