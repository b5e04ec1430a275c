// Updates that the API server refuses, and what the engines do then: with force, an engine deletes and recreates
// the object.
import { hasImmutableFields, immutableChanges, type ImmutableChange } from '../liqo/immutable-fields';
import { ENGINES, FLUX, type Engine } from '../manifests/engines/engines';
import { isLive } from '../manifests/live-object';
import { fileOf, groupOf, type Manifest } from '../manifests/manifest';
import type { Facts } from './rule';
import { updated, type Change } from './state';
import { argoSays, forcedBy, notAppliedBy, steeredBy } from '../manifests/engines/signs';

/** An object that cannot be updated to its new form. */
export interface Refusal {
  readonly was: Manifest;
  readonly is: Manifest;
  readonly changes: readonly [ImmutableChange, ...ImmutableChange[]];
  /** The setting that makes an engine recreate it instead; undefined if there is none. */
  readonly forced: string | undefined;
  /** Whether an engine tries the update and fails. */
  readonly fails: boolean;
}

/**
 * Whether Argo CD recreates an object by itself: it reconciles roles and their bindings before it applies them.
 * Source: gitops-engine pkg/utils/kube/resource_ops.go (rbacReconcile).
 */
export const isReconciledByArgo = ({ apiVersion }: Manifest) => apiVersion === 'rbac.authorization.k8s.io/v1';

/** Whether an engine never updates an object: it ignores it, or recreates it as a hook each time. */
const isSpared = (engine: Engine, one: Manifest) =>
  notAppliedBy(engine, one) !== undefined ||
  (engine === 'flux' && forcedBy(one) === undefined && steeredBy(one)?.startsWith(FLUX) === true);

/** The setting that makes an engine delete an object that it cannot update. */
function forceOf(engine: Engine, is: Manifest, { units }: Facts): string | undefined {
  if (engine === 'argocd') return argoSays(is, 'Force=true');
  const sign = forcedBy(is);
  const unit = units.after
    .applying(fileOf(is))
    .find((one) => one.engine === 'flux' && one.forces !== undefined);
  return sign?.startsWith(FLUX) === true ? sign : unit && `force: true of the ${unit.title}`;
}

/** What the engines do with a refused update. If no engine is known, the marker of any engine counts. */
function outcome(was: Manifest, is: Manifest, facts: Facts): Pick<Refusal, 'forced' | 'fails'> {
  const known = facts.engines.length > 0;
  const each = (known ? facts.engines : ENGINES).map((engine) => ({
    spared:
      isSpared(engine, was) ||
      isSpared(engine, is) ||
      (known && engine === 'argocd' && isReconciledByArgo(is)),
    forced: forceOf(engine, is, facts),
  }));
  const passes = each.map(({ spared, forced }) => spared || forced !== undefined);
  return {
    forced: each.find(({ spared, forced }) => !spared && forced !== undefined)?.forced,
    fails: known ? passes.includes(false) : !passes.includes(true),
  };
}

/** The updates that the API server refuses. Objects with generateName are new each time. */
export function refusals({ before, after }: Change, facts: Facts): Refusal[] {
  const candidates = after.manifests.filter(
    ({ apiVersion, kind, name }) => name !== '' && hasImmutableFields(groupOf(apiVersion), kind),
  );
  return updated(before, candidates).flatMap(({ was, is }) => {
    const live = isLive(was);
    const [first, ...more] = immutableChanges(groupOf(is.apiVersion), is.kind, was.body, is.body, { live });
    return first === undefined ? [] : [{ was, is, changes: [first, ...more], ...outcome(was, is, facts) }];
  });
}
