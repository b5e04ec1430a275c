// What engines apply of a state, and what a change makes them drop although Git still has it.
import type { Unapplied } from '../manifests/engines/engine-view';
import { asPlaced } from '../manifests/engines/read-folder';
import { groupBy } from '../manifests/group';
import { fileOf, identityOf, type Manifest } from '../manifests/manifest';
import { keeperFrom } from './removal';
import type { Facts } from './rule';
import { State, type Change } from './state';

type View = Facts['view']['after'];

/**
 * The deployed part of a state, in the namespaces that units put it in: without objects that no kustomization lists. Of an
 * object that Git declares several times, only the copies that every engine applies, if there are any.
 * @param deployed the old side, if the state is the new one: an object that it has is no draft, even if no kustomization lists it
 */
export function appliedOf(given: State, view: View, deployed?: State): State {
  const state = placed(given, view);
  const isDraft = (one: Manifest) => view.isUnlisted(fileOf(one)) && deployed?.has(one) !== true;
  const applies = (one: Manifest) =>
    view.engines.every((engine) => view.unapplied(engine, one) === undefined);
  const unlisted = state.manifests.filter(isDraft);
  const dropped = new Set([
    ...unlisted,
    ...[...state.byIdentity.values()].flatMap((all) => {
      const left = all.length < 2 ? [] : all.filter((one) => !applies(one));
      return left.length < all.length ? left : [];
    }),
  ]);
  if (dropped.size === 0) return state;
  return new State(
    state.manifests.filter((one) => !dropped.has(one)),
    { ...state.beside, unlisted },
  );
}

/** A state with the namespaces and labels that the known units give its objects. */
function placed(state: State, view: View): State {
  if (view.units.isEmpty) return state;
  const all = state.manifests.map((one) => asPlaced(one, view));
  const isAsGiven = all.every((one, i) => one === state.manifests[i]);
  return isAsGiven ? state : new State(all, state.beside);
}

export const namespaceOf = ({ kind, name, namespace }: Manifest): string =>
  kind === 'Namespace' ? name : namespace;

/** The objects that twin namespaces depend on. */
export const vitalIn = ({ offloadings, namespaces }: State): Manifest[] => [
  ...offloadings.map(({ manifest }) => manifest),
  ...[...namespaces.values()].flat(),
];

type How = Unapplied['how'];
type Why<H extends How> = Extract<Unapplied, { readonly how: H }>;
const isOf = <H extends How>(hows: readonly H[], why: Unapplied | undefined): why is Why<H> =>
  hows.some((how) => how === why?.how);

/** An object that an engine applied, and now removes from the cluster although Git still has it. */
export interface Lost<H extends How> {
  readonly manifest: Manifest;
  readonly namespace: string;
  readonly why: Why<H>;
}

/** Those lost in one of the given ways, each once. */
export function lostBy<H extends How>(
  hows: readonly H[],
  { before, after }: Change,
  facts: Pick<Facts, 'view' | 'units'>,
): Lost<H>[] {
  const { view } = facts;
  return vitalIn(after).flatMap((manifest) => {
    // An object outside the folder counts as one of the file that it has now.
    const at = (was: Manifest) => fileOf(view.before.covers(fileOf(was)) ? was : manifest);
    return view.after.engines
      .flatMap((engine): Lost<H>[] => {
        const why = view.after.unapplied(engine, manifest);
        if (!isOf(hows, why)) return [];
        // Nothing protects an object that becomes a hook.
        const isLost = (was: Manifest) =>
          view.before.unapplied(engine, was, at(was)) === undefined &&
          (why.how === 'hook' || keeperFrom(engine, was, facts) === undefined);
        const deployed = before.byIdentity.get(identityOf(manifest)) ?? [];
        return deployed.some(isLost) ? [{ manifest, namespace: namespaceOf(manifest), why }] : [];
      })
      .slice(0, 1);
  });
}

/** The same by namespace, with the first object of each, and the kinds of all: `Namespace and the NamespaceOffloading`. */
export function lostByNamespace<H extends How>(
  how: H,
  change: Change,
  facts: Pick<Facts, 'view' | 'units'>,
): (Lost<H> & { readonly kinds: string })[] {
  const all = groupBy(lostBy([how], change, facts), ({ namespace }) => namespace);
  return [...all.values()].flatMap((lost) => {
    const kinds = lost.map(({ manifest }) => manifest.kind).sort();
    return lost.slice(0, 1).map((first) => ({ ...first, kinds: kinds.join(' and the ') }));
  });
}
