// cdk8s-liqo import: what a cluster or a folder holds to the project's files. Namespaces and NamespaceOffloadings become
// configs; virtual nodes and their Nodes the inventory, or with --check they are only compared with it.
import { isNamespace } from '../adopt/subjects';
import { InputError } from '../input/error';
import { isOffloading } from '../judge/offloading';
import { isNode, isVirtualNode, KUBECTL } from '../manifests/live-inventory';
import type { Manifest } from '../manifests/manifest';
import { adoptionText } from '../report/adoption-text';
import { importText } from '../report/import-text';
import { warningsReport } from '../report/problems';
import { count } from '../report/terminal';
import { say, type ExitStatus, type Io, type Progress } from './console';
import { planConfigs, writeConfigs, type ConfigImport } from './import-configs';
import {
  compareInventory,
  inventoryPlace,
  inventoryToCompare,
  renewInventory,
  writeRenewal,
  type InventoryOptions,
  type InventoryPlace,
  type Renewal,
} from './import-inventory';
import { KUBECTL_NAMESPACES, readSource, type Given } from './import-source';
import { withReport } from './reports';

export interface ImportOptions extends InventoryOptions {
  /** A file or folder from the project, or `-` for standard input. */
  readonly source: string;
}

/** Which parts of a project an input tells of. */
function partsOf(manifests: readonly Manifest[]) {
  const configs = manifests.some((one) => isNamespace(one) || isOffloading(one));
  const inventory = manifests.some(isVirtualNode) || (!configs && manifests.some(isNode));
  return { configs, inventory };
}

function refuseNothing(source: string): never {
  throw new InputError({
    message: 'the input holds no Namespace, NamespaceOffloading or VirtualNode',
    file: source === '-' ? '<stdin>' : source,
    remedy: `give it what \`${KUBECTL_NAMESPACES}\` or \`${KUBECTL}\` prints`,
  });
}

/** @throws InputError where nothing of the input was ever meant for a config */
function checkWorth({ adoption }: ConfigImport): void {
  const { adopted, refused, present, notOffloaded, twins } = adoption;
  if (adopted.length + refused.length + present.length > 0) return;
  throw new InputError({
    message: `the input holds ${count(notOffloaded + twins, 'namespace')} of a cluster and no NamespaceOffloading; of a cluster, only what is offloaded is imported`,
    remedy: `give it what \`${KUBECTL_NAMESPACES}\` prints`,
  });
}

/** Writes both parts, or neither. */
function write(root: string, configs: ConfigImport | undefined, renewal: Renewal | undefined) {
  const undo = writeConfigs(root, configs?.adoption.adopted ?? []);
  try {
    return renewal && writeRenewal(renewal);
  } catch (thrown) {
    undo();
    throw thrown;
  }
}

function writeParts(
  { root, source }: ImportOptions,
  place: InventoryPlace,
  given: Given,
  progress: Progress,
  io: Io,
): ExitStatus {
  const { manifests, kustomization } = given;
  const parts = partsOf(manifests);
  if (!parts.configs && !parts.inventory) refuseNothing(source);
  const renewal = parts.inventory ? renewInventory(place, manifests) : undefined;
  progress.say('trying out the configs');
  const configs = parts.configs ? planConfigs(root, given, io.isApart) : undefined;
  if (configs !== undefined && renewal === undefined) checkWorth(configs);
  const imported = write(root, configs, renewal);
  progress.clear();
  if (renewal !== undefined) warn(renewal, io);
  const { adopted = [], refused = [] } = configs?.adoption ?? {};
  const speaks = io.stdout.quiet !== true || refused.length > 0;
  if (configs !== undefined && speaks)
    say((look) => adoptionText({ ...configs, kustomization }, look), io.stdout);
  const gap = configs === undefined ? '' : '\n';
  if (imported !== undefined && speaks) say((look) => gap + importText(imported, look), io.stdout);
  const failed = adopted.length === 0 && refused.length > 0;
  return failed && imported === undefined ? 2 : 0;
}

const warn = ({ notices }: Renewal, { stderr }: Io) => {
  say(({ width }) => warningsReport(notices, width), stderr);
};

/**
 * Writes configs of the namespaces of an input, and config/inventory.yaml from its virtual nodes; with `check` says where the
 * inventory is stale.
 * @returns 0 done, or in sync; 1 stale; 2 could not
 */
export function importLive(options: ImportOptions, io: Io): ExitStatus {
  return withReport(options, io, (progress, report) => {
    const { root, source, check } = options;
    if (source === '-' && options.against === '-')
      throw new InputError({
        message: 'standard input cannot be the cluster and the baseline at once',
        remedy: 'name a file for one of them',
      });
    const place = inventoryPlace(options);
    const compared = check === true ? inventoryToCompare(place) : undefined;
    progress.say('reading the input');
    const given = readSource(root, source);
    if (compared === undefined) return writeParts(options, place, given, progress, io);
    const renewal = renewInventory(place, given.manifests);
    progress.clear();
    warn(renewal, io);
    return compareInventory(renewal, compared, progress, report, io);
  });
}
