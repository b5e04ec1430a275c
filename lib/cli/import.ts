// cdk8s-liqo import: what a cluster holds, as kubectl prints it, to the project's files. Virtual nodes and their Nodes become
// the inventory; with --check they are only compared with it.
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { hasConfig, loadConfig } from '../config/load';
import { codeOf, InputError, messageOf } from '../input/error';
import { consequences, inventoryDrift } from '../judge/drift';
import { State } from '../judge/state';
import type { Inventory } from '../liqo/inventory';
import { openBaseline, readStdin } from '../manifests/baseline';
import { TEMPORARY } from '../manifests/dist';
import { kindOnDisk, listFiles, readFile } from '../manifests/folder';
import { Repository } from '../manifests/git';
import { INVENTORY, inventoryText, renewed } from '../manifests/inventory';
import { KnownTexts } from '../manifests/known';
import { KUBECTL, liveProviders } from '../manifests/live-inventory';
import type { Manifest } from '../manifests/manifest';
import { isManifestFile, readManifests } from '../manifests/read';
import type { DriftReport } from '../report/drift';
import { DRIFT_FORMATS, type DriftFormatName } from '../report/formats';
import { importText } from '../report/import-text';
import { warningsReport } from '../report/problems';
import { guarded, say, type ExitStatus, type Progress } from './console';
import { against } from './examine';
import { readInventory } from './facts';

export interface ImportOptions {
  /** Absolute path of the project. */
  readonly root: string;
  /** A file or folder from the project, or `-` for standard input. */
  readonly source?: string;
  /** Whether to compare only. */
  readonly check?: boolean;
  /** Whose namespaces `check` looks at; by default what check judges against. */
  readonly against?: string;
  readonly format: DriftFormatName;
  /** A file for what `check` says, from the project. */
  readonly output?: string;
}

/** @throws InputError where nothing is there, or it cannot be read */
function readSource(root: string, source: string | undefined): readonly Manifest[] {
  if (source === '-') return readStdin().manifests;
  const kind = source === undefined ? undefined : kindOnDisk(resolve(root, source));
  if (source !== undefined && kind === 'file') return readManifests(source, readFile(resolve(root, source)));
  if (source !== undefined && kind === 'folder')
    return listFiles(resolve(root, source), isManifestFile).flatMap((file) =>
      readManifests(join(source, file), readFile(resolve(root, source, file))),
    );
  throw new InputError({
    message:
      source === undefined
        ? 'import was not told what to read'
        : `'${source}' ${kind === undefined ? 'does not exist' : 'is a link or a device'}`,
    remedy: `${KUBECTL} | npx cdk8s-liqo import -, or name a file or folder that holds what that prints`,
  });
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
      message: `the inventory cannot be written: ${messageOf(thrown)}`,
      file: shown,
      remedy: 'it is as it was; make room or give access, then run it again',
    });
  }
}

/** The two sides of an import, and where the one stands. */
interface Sides {
  readonly options: ImportOptions;
  readonly repository: Repository | undefined;
  /** The inventory's path, from the root of the repository. */
  readonly file: string;
  readonly present: Inventory | undefined;
  readonly now: Inventory;
}

const NOT_COMPLETE =
  'The list lacks providers that the inventory had, or parts of some, so `complete: true` is taken back: set it again once the list is of the whole cluster. What a provider that is gone accepted is gone with it.';

const EMPTY: Inventory = { complete: false, providers: [] };

function write({ options, file, present, now }: Sides): ExitStatus {
  const { root } = options;
  const changes = inventoryDrift(present ?? EMPTY, now);
  const isNew = present === undefined;
  if (isNew || changes.length > 0 || present.complete !== now.complete)
    writeInventory(root, file, inventoryText(now));
  const imported = { file, changes, live: now.providers.length, isNew };
  say((look) => importText(imported, look), process.stdout);
  return 0;
}

/** What is deployed, found as check finds it. */
function openDeployed({ options, repository }: Sides) {
  const { root } = options;
  const cluster = hasConfig(root) ? loadConfig(root, 'cluster').cluster : undefined;
  return openBaseline({
    against: against(options, cluster),
    root,
    repository,
    folder: 'dist',
    known: new KnownTexts(),
  });
}

function compare(sides: Sides, present: Inventory, progress: Progress): ExitStatus {
  const { options, file, now } = sides;
  const { root, format, output } = options;
  progress.say('reading the baseline');
  const baseline = openDeployed(sides);
  const report: DriftReport = {
    file,
    baseline,
    stale: inventoryDrift(present, now),
    live: now.providers.length,
    consequences: consequences(new State(baseline.manifests).offloadings, present, now),
  };
  progress.clear();
  say((look) => DRIFT_FORMATS[format](report, look), process.stdout, output && resolve(root, output));
  return report.stale.length > 0 ? 1 : 0;
}

/**
 * Writes config/inventory.yaml from the virtual nodes of a cluster, or with `check` says where it is stale.
 * @returns 0 done, or in sync; 1 stale; 2 could not
 */
export function importLive(options: ImportOptions): ExitStatus {
  return guarded((progress) => {
    const { root, source, check } = options;
    if (source === '-' && options.against === '-')
      throw new InputError({
        message: 'standard input cannot be the cluster and the baseline at once',
        remedy: 'name a file for one of them',
      });
    const repository = Repository.around(root);
    const prefix = repository?.prefix ?? '';
    const file = prefix + INVENTORY;
    const present = readInventory(root, prefix);
    if (check === true && present === undefined)
      throw new InputError({
        message: 'there is no inventory to compare with',
        file,
        remedy: `${KUBECTL} | npx cdk8s-liqo import - writes one`,
      });
    progress.say('reading the cluster');
    const live = liveProviders(readSource(root, source));
    const now = renewed(present, live);
    const doubted = present?.complete === true && !now.complete ? [NOT_COMPLETE] : [];
    progress.clear();
    say(({ width }) => warningsReport([...live.notices, ...doubted], width), process.stderr);
    const sides: Sides = { options, repository, file, present, now };
    return check === true && present !== undefined ? compare(sides, present, progress) : write(sides);
  });
}
