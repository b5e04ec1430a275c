// The inventory's part of `import`: virtual nodes and their Nodes to config/inventory.yaml, or compared with it.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hasConfig } from '../config/files';
import { coded, codeOf, InputError, messageOf } from '../input/error';
import { consequences, inventoryDrift } from '../judge/drift';
import { State } from '../judge/state';
import type { Inventory } from '../liqo/inventory';
import { openBaseline } from '../manifests/baseline';
import { TEMPORARY } from '../manifests/temporary';
import { kindOnDisk } from '../manifests/folder';
import { Repository } from '../manifests/git';
import { INVENTORY, inventoryText, renewed } from '../manifests/inventory';
import { KnownTexts } from '../manifests/known';
import { KUBECTL, liveProviders } from '../manifests/live-inventory';
import type { Manifest } from '../manifests/manifest';
import type { DriftReport } from '../report/drift';
import { DRIFT_FORMATS, type DriftFormatName } from '../report/formats';
import type { Imported } from '../report/import-text';
import type { ExitStatus, Io, Progress } from './console';
import type { SayReport } from './reports';
import { ownConfigs } from '../case/configs-request';
import { schemaLine } from './schema-line';
import { readInventory } from '../case/facts';
import { readConfigs } from '../case/read-configs';
import { against } from '../case/aim';

export interface InventoryOptions {
  /** Absolute path of the project. */
  readonly root: string;
  /** Whether to compare only. */
  readonly check?: boolean;
  /** Whose namespaces `check` looks at; by default what check judges against. */
  readonly against?: string;
  readonly format: DriftFormatName;
  /** A file for what `check` says, from the project. */
  readonly output?: string;
}

/** Writes the inventory beside its place and renames it, so that it is whole at any time. */
function writeInventory(root: string, shown: string, text: string): void {
  const file = join(root, INVENTORY);
  try {
    mkdirSync(dirname(file), { recursive: true });
    rmSync(file + TEMPORARY, { force: true }); // a link that somebody put there would lead elsewhere
    writeFileSync(file + TEMPORARY, text, { flag: 'wx' });
    renameSync(file + TEMPORARY, file);
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
    if (kindOnDisk(file + TEMPORARY) === 'file') rmSync(file + TEMPORARY);
    throw new InputError({
      code: 'output-failed',
      message: `the inventory cannot be written: ${messageOf(thrown)}`,
      file: shown,
      remedy: 'it is as it was; make room or give access, then run it again',
    });
  }
}

/** Where the inventory stands, and what it says so far. */
export interface InventoryPlace {
  readonly options: InventoryOptions;
  readonly repository: Repository | undefined;
  /** The inventory's path, from the root of the repository. */
  readonly file: string;
  readonly present: Inventory | undefined;
}

/** @throws InputError where the inventory cannot be read */
export function inventoryPlace(options: InventoryOptions): InventoryPlace {
  const repository = Repository.around(options.root);
  const prefix = repository?.prefix ?? '';
  return { options, repository, file: prefix + INVENTORY, present: readInventory(options.root, prefix) };
}

/** @throws InputError where there is no inventory */
export function inventoryToCompare({ file, present }: InventoryPlace): Inventory {
  if (present !== undefined) return present;
  throw new InputError({
    message: 'there is no inventory to compare with',
    file,
    remedy: `${KUBECTL} | npx cdk8s-liqo import - writes one`,
  });
}

/** The two sides of an import, and where the one stands. */
export interface Renewal extends InventoryPlace {
  readonly now: Inventory;
  /** What is worth saying of it: one sentence each. */
  readonly notices: readonly string[];
}

const NOT_COMPLETE =
  'The list lacks providers that the inventory had, or parts of some, so `complete: true` is taken back: set it again once the list is of the whole cluster. What a provider that is gone accepted is gone with it.';

/** What the inventory becomes. Nothing is written. @throws InputError where the objects tell of no provider, or wrongly */
export function renewInventory(place: InventoryPlace, manifests: readonly Manifest[]): Renewal {
  const live = liveProviders(manifests);
  const now = renewed(place.present, live);
  const doubted = place.present?.complete === true && !now.complete ? [NOT_COMPLETE] : [];
  return { ...place, now, notices: [...live.notices, ...doubted] };
}

const EMPTY: Inventory = { complete: false, providers: [] };

/** Writes the inventory where it says something new. @throws InputError where it cannot be written; then it is as it was */
export function writeRenewal({ options, file, present, now }: Renewal): Imported {
  const changes = inventoryDrift(present ?? EMPTY, now);
  const isNew = present === undefined;
  if (isNew || changes.length > 0 || present.complete !== now.complete)
    writeInventory(options.root, file, schemaLine(options.root, INVENTORY, 'inventory') + inventoryText(now));
  return { file, changes, live: now.providers.length, isNew };
}

/** What is deployed, found as check finds it. */
function openDeployed({ options, repository }: InventoryPlace, isApart?: boolean) {
  const { root } = options;
  const cluster = hasConfig(root) ? readConfigs(ownConfigs(root, 'cluster'), isApart).cluster : undefined;
  const known = new KnownTexts();
  const request = { against: against(options, cluster), root, repository, folder: 'dist', known };
  return coded('baseline-unknown', () => openBaseline(request));
}

/** Says where the inventory is stale. @returns 0 in sync, 1 stale */
export function compareInventory(
  renewal: Renewal,
  present: Inventory,
  progress: Progress,
  say: SayReport,
  { isApart }: Pick<Io, 'isApart'>,
): ExitStatus {
  const { options, file, now } = renewal;
  progress.say('reading the baseline');
  const baseline = openDeployed(renewal, isApart);
  const report: DriftReport = {
    file,
    baseline,
    stale: inventoryDrift(present, now),
    live: now.providers.length,
    consequences: consequences(new State(baseline.manifests).offloadings, present, now),
  };
  say((look) => DRIFT_FORMATS[options.format](report, look));
  return report.stale.length > 0 ? 1 : 0;
}
