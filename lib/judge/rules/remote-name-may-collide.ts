import { knownInventory } from '../known-providers';
import { dnsLabelProblem } from '../../selector/labels';
import { describe, meeting, selectionOf } from '../cluster-impact';
import type { Offloading } from '../offloading';
import type { StateRule } from '../rule';
import { twinsOf } from '../twins';

/** Every split of a twin's name into a possible namespace and the cluster ID that DefaultName would append. */
const splits = (twin: string) =>
  [...twin.matchAll(/-/g)]
    .map(({ index }) => ({ namespace: twin.slice(0, index), id: twin.slice(index + 1) }))
    .filter(({ namespace, id }) => [namespace, id].every((one) => dnsLabelProblem(one) === undefined));

export const remoteNameMayCollide: StateRule = {
  name: 'remote-name-may-collide',
  category: 'risky',
  about: 'state',
  summary: 'Two namespaces may use the same twin namespace, depending on the unknown cluster ID.',
  why: "DefaultName names a twin `<namespace>-<cluster ID>`. If manifests are judged without `id` in `config/cluster.ts`, another namespace's SelectedName or EnforceSameName may be exactly that name: the two then share one twin, with the effects of `remote-name-collision`. With the ID, the judge can decide it.",
  source: 'NSM/enforcement.go; pkg/liqo-controller-manager/offloading/namespaceoffloading-controller',
  check: (state, facts) => {
    const { consumer } = facts;
    if (consumer !== undefined) return [];
    const byDefault = new Map(
      state.offloadings.filter(({ mapping }) => mapping === 'DefaultName').map((one) => [one.namespace, one]),
    );
    const colliding = (own: Offloading, twin: string) =>
      splits(twin).flatMap(({ namespace, id }) => {
        const other = byDefault.get(namespace);
        const impact =
          other === undefined || namespace === own.namespace
            ? undefined
            : meeting(selectionOf(own), selectionOf(other), knownInventory(facts, 'after'));
        return impact === undefined ? [] : [{ namespace, id, impact }];
      });
    return twinsOf(state, undefined).flatMap(({ offloading, twin }) =>
      colliding(offloading, twin)
        .slice(0, 1)
        .map(({ namespace, id, impact }) => ({
          namespace: offloading.namespace,
          message: `The twin namespace '${twin}' of '${offloading.namespace}' is also that of '${namespace}' if this cluster's Liqo ID is '${id}': each would then delete what the other reflects on ${describe(impact)}.`,
          remedy:
            "Set the ID in config/cluster.ts, defineCluster({ id: '…' }), or choose another remote name.",
          manifest: offloading.manifest,
          field: ['spec', 'namespaceMappingStrategy'],
          clusters: impact.clusters,
          witness: impact.witness,
        })),
    );
  },
};
