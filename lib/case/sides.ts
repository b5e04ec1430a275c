// Both sides of the judge: what is deployed, and what merging the new side would give, with what applies either.
import type { ClusterFacts } from '../config/types';
import { mergeResult } from '../judge/merge';
import { isOffloading } from '../judge/offloading';
import type { StaleFile } from '../judge/rule';
import { State } from '../judge/state';
import { openBaseline, type Baseline } from '../manifests/baseline';
import { ENGINES } from '../manifests/engines/engines';
import type { SteeringFile } from '../manifests/engines/steering-files';
import type { Repository } from '../manifests/git';
import type { KnownTexts } from '../manifests/known';
import { isLive } from '../manifests/live-object';
import { liveState, liveText } from '../manifests/live-state';
import type { Manifest } from '../manifests/manifest';
import type { Content } from '../manifests/read';
import { withArrivals } from './arrivals';
import type { Known } from './facts';
import { viewsOf } from './steering';

/** What is judged against what. */
export interface SidesRequest {
  /** Absolute path of the project. */
  readonly root: string;
  /** `--against`; undefined where it was not given. */
  readonly against?: string;
}

/** The new side and what is known about it. */
export interface NewSide extends Content {
  /** The engines' own objects that apply it. */
  readonly units: readonly Manifest[];
  readonly stale: readonly StaleFile[];
  readonly configOf: (file: string) => string | undefined;
  /** The folder that is judged, from the project's. */
  readonly folder: string;
  /** Its absolute path, where it is judged as it lies there. */
  readonly judged?: string;
  /** What steers engines in it, where it is judged as it lies there. */
  readonly steering?: readonly SteeringFile[];
}

/** What is judged against: as the command line says, the environment, or config/cluster.ts, in this order. */
export function against(
  request: Pick<SidesRequest, 'against'>,
  cluster: ClusterFacts | undefined,
): string | undefined {
  return request.against ?? process.env['CDK8S_LIQO_AGAINST'] ?? cluster?.baseline;
}

/** Where a change would be merged into, when it is judged against a cluster: what the command line went over. */
function mainBranch(
  request: Pick<SidesRequest, 'against'>,
  cluster: ClusterFacts | undefined,
): string | undefined {
  const named = against({}, cluster);
  return request.against === undefined || named === '-' ? cluster?.baseline : named;
}

/** What is deployed as Git says of it, put right by what the cluster shows. */
function corrected(opened: Baseline, main: Baseline, wanted: readonly Manifest[]): Baseline {
  const live = liveState(opened.manifests, wanted, main);
  const shown = opened.manifests.some((one) => isLive(one) && isOffloading(one));
  return {
    ...opened,
    manifests: live.manifests,
    files: main.files,
    // Whether an offloading is gone is known from the cluster, where it was asked for them.
    past: shown ? undefined : main.past,
    description: liveText(live, opened.description, main.description),
  };
}

/** Where the sides are read, and what is known of the cluster. */
export interface Context {
  readonly repository: Repository | undefined;
  readonly known: KnownTexts;
  readonly config: Known | undefined;
  /** Files of the project that decide how a change is judged. */
  readonly decisive: readonly string[];
}

/** An empty list is what kubectl prints where it was asked for the wrong things: it hides no deletion either. */
const showsCluster = ({ kind, manifests }: Baseline) =>
  manifests.some(isLive) || ((kind === 'stdin' || kind === 'file') && manifests.length === 0);

/** What merging a side into the baseline gives. */
function mergedInto(
  baseline: Baseline,
  ours: readonly Manifest[],
  of: (side: Partial<Pick<Baseline, 'units'>> & Pick<Baseline, 'manifests'>) => readonly Manifest[],
): State {
  const bases = baseline.mergeBases.map((base) => new State(of(base)));
  return mergeResult(new State(ours), new State(of(baseline)), bases);
}

/** Both sides of the judge. A cluster shows what is deployed; what a merge would give is told by Git all the same. */
export function openSides(request: SidesRequest, side: NewSide, context: Context) {
  const { root } = request;
  const { repository, known, config, decisive } = context;
  const wanted = { root, repository, folder: side.folder, judged: side.judged, files: decisive, known };
  const cluster = config?.cluster;
  const opened = openBaseline({ ...wanted, against: against(request, cluster) });
  const isOfCluster = showsCluster(opened);
  const branch = isOfCluster ? openBaseline({ ...wanted, against: mainBranch(request, cluster) }) : opened;
  const { main, elsewhere } = withArrivals(branch, side.manifests, { repository, known });
  const { manifests } = mergedInto(main, side.manifests, (one) => one.manifests);
  const after = new State(manifests, { unlisted: [], strays: side.strays });
  const applying = mergedInto(main, side.units, ({ units = [] }) => units);
  const applied = {
    before: { manifests: main.manifests, units: main.units ?? [] },
    after: { manifests, units: applying.manifests },
  };
  const named = ENGINES.filter((engine) => cluster?.gitops?.[engine] !== undefined);
  const view = viewsOf({ root, repository, ...side }, main, applied, named);
  const given = { opened, approvals: main.approvals, after, view, elsewhere };
  const beside = { unlisted: [], strays: main.strays ?? [] };
  if (!isOfCluster) return { ...given, baseline: main, before: new State(main.manifests, beside) };
  const baseline = corrected(opened, main, manifests);
  return { ...given, baseline, before: new State(baseline.manifests, beside) };
}
