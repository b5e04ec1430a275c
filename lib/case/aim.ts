// What a change is judged against, and what it would be merged into: the same, unless a cluster shows what is deployed.
import { resolve } from 'node:path';
import type { ClusterFacts } from '../config/types';
import { coded } from '../input/error';
import { readBaseline, type Baseline, type BaselineRequest } from '../manifests/baseline';
import { findTarget, type Target, type TargetRequest } from '../manifests/baseline-target';
import { kindOnDisk } from '../manifests/folder';
import { isLive } from '../manifests/live-object';

export interface AimRequest {
  /** `--against`; undefined where it was not given. */
  readonly against?: string;
  /** `--no-merge`: the new side is judged as it is, and not merged into what it is judged against. */
  readonly noMerge?: boolean;
}

export interface Aim {
  /** Where the change would be merged into. */
  readonly main: Target;
  /** The same, where it has been read by now. */
  readonly read?: Baseline;
  /** What a cluster shows, where that is what is deployed. */
  readonly live?: Baseline;
}

/** What is judged against: as the command line says, the environment, or config/cluster.ts, in this order. */
export function against(
  request: Pick<AimRequest, 'against'>,
  cluster: Pick<ClusterFacts, 'baseline'> | undefined,
): string | undefined {
  return request.against ?? process.env['CDK8S_LIQO_AGAINST'] ?? cluster?.baseline;
}

/** Where a change would be merged into, when it is judged against a cluster: what the command line went over. */
function mainBranch(request: AimRequest, cluster: ClusterFacts | undefined): string | undefined {
  const named = against({}, cluster);
  return request.against === undefined || named === '-' ? cluster?.baseline : named;
}

/** An empty list is what kubectl prints where it was asked for the wrong things: it hides no deletion either. */
const showsCluster = ({ kind, manifests }: Baseline) =>
  manifests.some(isLive) || ((kind === 'stdin' || kind === 'file') && manifests.length === 0);

/** A folder is what was deployed as manifests; a file and standard input may be what a cluster shows. */
const mayBeLive = (target: Target, root: string) =>
  target.kind === 'stdin' || (target.kind === 'path' && kindOnDisk(resolve(root, target.path)) === 'file');

/**
 * @param cluster asked only where neither the command line nor the environment says it all
 * @throws InputError where what is named is not there, or cannot be read
 */
export const aimOf = (...asked: Parameters<typeof findAim>): Aim =>
  coded('baseline-unknown', () => findAim(...asked));

function findAim(
  request: AimRequest,
  place: BaselineRequest & Omit<TargetRequest, 'against' | 'merges'>,
  cluster: () => ClusterFacts | undefined,
): Aim {
  const merges = request.noMerge !== true;
  const named = against(request, undefined) ?? against(request, cluster());
  const main = findTarget({ ...place, against: named, merges });
  if (!mayBeLive(main, place.root)) return { main };
  const read = readBaseline(main, place);
  if (!showsCluster(read)) return { main, read };
  return { main: findTarget({ ...place, against: mainBranch(request, cluster()), merges }), live: read };
}
