import { reservedReason } from '../../liqo/twin-namespace';
import type { StateRule } from '../rule';
import { twinsOf } from '../twins';

export const remoteNameReserved: StateRule = {
  name: 'remote-name-reserved',
  category: 'broken',
  about: 'state',
  covers: ['system-namespace-offloaded'],
  summary: 'The twin namespace would have a name that is taken on every provider.',
  why: 'Liqo does not take over a namespace that it did not create for this pair of clusters; the phase stays CreationLoopBackOff. The names of the Kubernetes namespaces, of the Liqo namespaces and of the tenant namespace of the consumer are taken; other `kube-*` and `liqo-*` names are free.',
  source: 'NSM/enforcement.go',
  check: (state, { consumer }) =>
    twinsOf(state, consumer).flatMap(({ offloading: { manifest, namespace }, twin }) => {
      const reason = reservedReason(twin, consumer);
      if (reason === undefined) return [];
      return [
        {
          namespace,
          message: `The twin namespace '${twin}' of '${namespace}' can never be created: the name ${reason}.`,
          remedy: 'Use DefaultName, or SelectedName with a name of your own.',
          manifest,
          field: ['spec', 'namespaceMappingStrategy'],
        },
      ];
    }),
};
