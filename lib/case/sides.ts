// Both sides of the judge: what is deployed, and what the new side gives, with what applies either.
import { isOffloading } from '../judge/offloading';
import type { StaleFile } from '../judge/rule';
import { State } from '../judge/state';
import { readBaseline, type Baseline } from '../manifests/baseline';
import type { Engine } from '../manifests/engines/engines';
import type { SteeringFile } from '../manifests/engines/steering-files';
import type { KnownTexts } from '../manifests/known';
import { isLive } from '../manifests/live-object';
import { liveState, liveText } from '../manifests/live-state';
import type { Manifest } from '../manifests/manifest';
import type { Content } from '../manifests/read';
import type { Aim } from './aim';
import { withArrivals } from './arrivals';
import type { Checkout } from './checkout';
import { viewsOf } from './steering';

/** The new side and what is known about it. */
export interface NewSide extends Content {
  readonly checkout: Checkout;
  /** The engines' own objects that apply it. */
  readonly units: readonly Manifest[];
  readonly stale: readonly StaleFile[];
  readonly configOf: (file: string) => string | undefined;
  /** The folder that is judged, from the project's. */
  readonly folder: string;
  /** What steers engines in it, where it is judged as it lies there. */
  readonly steering?: readonly SteeringFile[];
  /** Files of the project that decide how the change is judged. */
  readonly decisive: readonly string[];
  readonly known: KnownTexts;
  /** The engines that the config names. */
  readonly engines: readonly Engine[];
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

/** Both sides of the judge. A cluster shows what is deployed; what a merge would give is told by Git all the same. */
export function openSides({ main: target, read, live }: Aim, side: NewSide) {
  const { checkout, folder, known, decisive } = side;
  const { root, top, repository } = checkout;
  const branch = read ?? readBaseline(target, { root, top, repository, folder, known, files: decisive });
  const { main, elsewhere } = withArrivals(branch, side);
  const view = viewsOf(side, main);
  const baseline = live === undefined ? main : corrected(live, main, side.manifests);
  return {
    ...{ baseline, approvals: main.approvals, past: (live ?? main).past, view, elsewhere },
    before: new State(baseline.manifests, { unlisted: [], strays: main.strays ?? [] }),
    after: new State(side.manifests, { unlisted: [], strays: side.strays }),
  };
}
