import { knownInventory } from '../known-providers';
import { dnsLabelProblem } from '../../selector/labels';
import { describe, meeting, selectionOf } from '../cluster-impact';
import type { Offloading } from '../offloading';
import type { StateRule } from '../rule';
import { twinsOf } from '../twins';

/** Every beginning of a name that may be a namespace, with the cluster ID that DefaultName would then have to add. */
const splits = (twin: string) =>
  [...twin.matchAll(/-/g)]
    .map(({ index }) => ({ namespace: twin.slice(0, index), id: twin.slice(index + 1) }))
    .filter(({ namespace, id }) => [namespace, id].every((one) => dnsLabelProblem(one) === undefined));

export const remoteNameMayCollide: StateRule = {
  name: 'remote-name-may-collide',
  category: 'risky',
  about: 'state',
  summary: 'Without the cluster ID, two namespaces may take the same twin namespace.',
  why: "DefaultName makes `<namespace>-<cluster ID>`. Where manifests are judged without `id` of `config/cluster.ts`, another namespace's SelectedName or EnforceSameName may be just that name: then the two share one twin, as `remote-name-collision` says. With the ID it is certain, one way or the other.",
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
          message: `The twin namespace '${twin}' of '${offloading.namespace}' is that of '${namespace}' as well if this cluster's Liqo ID is '${id}': on ${describe(impact)} each would then delete what the other put there.`,
          remedy:
            "Write the ID into config/cluster.ts, defineCluster({ id: '…' }), or choose another remote name.",
          manifest: offloading.manifest,
          field: ['spec', 'namespaceMappingStrategy'],
          clusters: impact.clusters,
          witness: impact.witness,
        })),
    );
  },
};
