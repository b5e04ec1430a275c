// One side of the judge: all objects, indexed for the rules.
import { groupBy } from '../manifests/group';
import { identityOf, sameJson, type Manifest } from '../manifests/manifest';
import type { Stray } from '../manifests/read';
import { isOffloading, toOffloading, type Offloading } from './offloading';

/** What a state has besides its deployed objects. */
export interface Beside {
  /** Objects that no kustomization lists. */
  readonly unlisted: readonly Manifest[];
  /** Documents that are not objects. */
  readonly strays: readonly Stray[];
}

export class State {
  /** Objects by identity; more than one if the same object is declared twice. */
  readonly byIdentity: ReadonlyMap<string, readonly Manifest[]>;
  readonly offloadings: readonly Offloading[];
  /** The offloadings of each namespace. */
  readonly offloadingsOf: ReadonlyMap<string, readonly Offloading[]>;
  /** The Namespace objects by name. */
  readonly namespaces: ReadonlyMap<string, readonly Manifest[]>;
  readonly runtimeClasses: readonly Manifest[];

  constructor(
    readonly manifests: readonly Manifest[],
    readonly beside: Beside = { unlisted: [], strays: [] },
  ) {
    this.byIdentity = groupBy(manifests, identityOf);
    // One without a namespace is left to namespace-absent.
    this.offloadings = manifests.filter((one) => isOffloading(one) && one.namespace !== '').map(toOffloading);
    this.offloadingsOf = groupBy(this.offloadings, ({ namespace }) => namespace);
    const isNamespace = ({ apiVersion, kind }: Manifest) => apiVersion === 'v1' && kind === 'Namespace';
    this.namespaces = groupBy(manifests.filter(isNamespace), ({ name }) => name);
    this.runtimeClasses = manifests.filter(
      ({ apiVersion, kind }) => kind === 'RuntimeClass' && apiVersion.startsWith('node.k8s.io/'),
    );
  }

  has(manifest: Manifest): boolean {
    return this.byIdentity.has(identityOf(manifest));
  }
}

/** Every namespace with a Namespace object or an offloading, sorted. */
export function namespacesOf(state: State): string[] {
  return [...new Set([...state.namespaces.keys(), ...state.offloadingsOf.keys()])].sort();
}

/** An object whose form at the baseline the cluster refused, and whose new form is a valid update of the last accepted one. */
export interface Restored {
  readonly is: Manifest;
  /** What the cluster holds; undefined if it never accepted any form. */
  readonly accepted: Manifest | undefined;
  /** The commit of that form, and the first later one that was refused. */
  readonly commit: string | undefined;
  readonly refused: string;
}

/** From what is deployed to what would be deployed. */
export interface Change {
  readonly before: State;
  readonly after: State;
  /** Objects whose form in `before` differs from the baseline. */
  readonly restored?: readonly Restored[];
}

/**
 * The objects among `candidates` (of the new side) whose content differs on the old side, each with its old form.
 * If an object is declared twice, it is unknown which form is deployed: unless the copies are unchanged, each new
 * one is compared with each old one.
 */
export function updated(before: State, candidates: readonly Manifest[]): { was: Manifest; is: Manifest }[] {
  const pairs = [...groupBy(candidates, identityOf)].flatMap(([identity, now]) => {
    const old = before.byIdentity.get(identity) ?? [];
    const unchanged = now.length === old.length && now.every(({ body }, i) => sameJson(body, old[i]?.body));
    return unchanged ? [] : now.flatMap((is) => old.map((was) => ({ was, is })));
  });
  return pairs.filter(({ was, is }) => !sameJson(was.body, is.body));
}

/** The same for NamespaceOffloadings. */
export function updatedOffloadings({ before, after }: Change): { was: Offloading; is: Offloading }[] {
  return updated(
    before,
    after.offloadings.map(({ manifest }) => manifest),
  ).map(({ was, is }) => ({
    was: toOffloading(was),
    is: toOffloading(is),
  }));
}
