// cdk8s-liqo status: what dist wants beside what the cluster shows. Needs no baseline, and writes nothing.
import { InputError } from '../input/error';
import { readStdin } from '../manifests/baseline';
import { STATUS_FORMATS, type StatusFormatName } from '../report/formats';
import { KUBECTL, readLive } from '../status/live';
import { status } from '../status/status';
import type { ExitStatus, Io } from './console';
import { newState } from '../case/project';
import { readInventory } from '../case/facts';
import { readGiven } from './given-file';
import { withReport } from './reports';

export interface StatusOptions {
  /** Absolute path of the project. */
  readonly root: string;
  /** A file from the project that holds what kubectl printed; `-` or undefined for standard input. */
  readonly source?: string;
  readonly format: StatusFormatName;
  readonly output?: string;
}

/** @throws InputError where nothing comes, or it cannot be read */
function readSource(root: string, source: string | undefined, io: Io) {
  const remedy = `${KUBECTL} | npx cdk8s-liqo status -, or name a file that holds what that prints`;
  if (source !== undefined && source !== '-') return readGiven(root, source, remedy);
  if (source === undefined && io.stdinIsTerminal())
    throw new InputError({ message: 'status was not told what the cluster holds', remedy });
  return readStdin().manifests;
}

/** Prints to standard output, or to a file. @returns 0 all is as dist wants it, and Ready; 1 something is not; 2 could not read */
export function showStatus({ root, source, format, output }: StatusOptions, io: Io): ExitStatus {
  return withReport({ root, format, output }, io, (progress, report) => {
    progress.say('reading the cluster');
    const live = readLive(readSource(root, source, io));
    const { state, config, prefix } = newState({ root, progress: progress.say, isApart: io.isApart });
    const context = { consumer: config?.cluster.id, inventory: readInventory(root, prefix) };
    const found = status(state, live, context);
    report((look) => STATUS_FORMATS[format](found, look));
    return found.asWanted ? 0 : 1;
  });
}
