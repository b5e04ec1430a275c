// Both sides of the judge: what is deployed, and what the new side gives, with what applies either.
import { isOffloading } from '../judge/offloading';
import type { StaleFile } from '../judge/rule';
import { State } from '../judge/state';
import { readBaseline, type Baseline } from '../manifests/baseline';
import { DeclaredUnits } from '../manifests/engines/declared-units';
import type { IgnoreFile } from '../manifests/engines/flux-artifact';
import type { KnownTexts } from '../manifests/known';
import { isLive } from '../manifests/live-object';
import { liveState, liveText } from '../manifests/live-state';
import type { Manifest } from '../manifests/manifest';
import type { Aim } from './aim';
import { withArrivals } from './arrivals';
import type { Checkout } from './checkout';
import { steeringOf } from './steering';

/** The new side and what is known about it. */
export interface NewSide {
  readonly checkout: Checkout;
  readonly manifests: readonly Manifest[];
  /** The engines' own objects that apply it. */
  readonly units: readonly Manifest[];
  readonly stale: readonly StaleFile[];
  readonly configOf: (file: string) => string | undefined;
  /** The folder that is judged, from the project's. */
  readonly folder: string;
  /** What steers engines in it, where it is judged as it lies there. */
  readonly steering?: readonly IgnoreFile[];
  /** Files of the project that decide how the change is judged. */
  readonly decisive: readonly string[];
  readonly known: KnownTexts;
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
  const steering = steeringOf(side, main);
  const units = {
    before: new DeclaredUnits((main.units ?? []).filter(steering.applied.before)),
    after: new DeclaredUnits(side.units.filter(steering.applied.after)),
  };
  const baseline = live === undefined ? main : corrected(live, main, side.manifests);
  return {
    ...{
      baseline,
      approvals: main.approvals,
      past: (live ?? main).past,
      units,
      elsewhere,
      ...steering.facts,
    },
    before: new State(baseline.manifests),
    after: new State(side.manifests),
  };
}
