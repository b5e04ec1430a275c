// Both sides of the judge: what is deployed, and what the new side gives, with what applies either.
import { coded } from '../input/error';
import { isOffloading } from '../judge/offloading';
import { State } from '../judge/state';
import { readBaseline, type Baseline } from '../manifests/baseline';
import type { EngineView } from '../manifests/engines/engine-view';
import type { ReadPast, ReadPlacedPast } from '../manifests/history';
import { isLive } from '../manifests/live-object';
import { liveState, liveText } from '../manifests/live-state';
import type { Manifest } from '../manifests/manifest';
import type { Aim } from './aim';
import { withArrivals } from './arrivals';
import type { NewSide } from './new-side';
import { viewsOf } from './steering';

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

/** The past as the units of the old side place it. */
const placing = (past: ReadPlacedPast | undefined, units: EngineView): { readonly past?: ReadPast } =>
  past === undefined ? {} : { past: (wanted, commits) => past(wanted, commits, units) };

/** Both sides of the judge. A cluster shows what is deployed; what a merge would give is told by Git all the same. */
export function openSides({ main: target, read, live }: Aim, side: NewSide) {
  const { checkout, folder, known, decisive } = side;
  const { root, top, repository } = checkout;
  const request = { root, top, repository, folder, known, files: decisive };
  const branch = read ?? coded('baseline-unknown', () => readBaseline(target, request));
  const { main, elsewhere } = withArrivals(branch, side);
  const { view, beside } = viewsOf(side, main);
  const { past, ...baseline } = live === undefined ? main : corrected(live, main, side.manifests);
  return {
    ...{ baseline: { ...baseline, ...placing(past, view.before) }, approvals: main.approvals },
    ...{ ...placing((live ?? main).past, view.before), view, beside, elsewhere },
    paths: repository === undefined ? undefined : checkout.paths,
    before: new State(baseline.manifests, { unlisted: [], strays: main.strays ?? [] }),
    after: new State(side.manifests, { unlisted: [], strays: side.strays }),
  };
}
