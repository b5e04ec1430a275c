import { twinNameProblem } from '../../liqo/twin-namespace';
import type { StateRule } from '../rule';
import { twinsOf } from '../twins';

export const remoteNameInvalid: StateRule = {
  name: 'remote-name-invalid',
  category: 'broken',
  about: 'state',
  summary: 'The twin namespace would have a name that Kubernetes refuses.',
  why: 'Nothing on the consumer checks the name, so `<namespace>-<cluster ID>` can exceed 63 characters. The provider cannot create the namespace, and the phase stays CreationLoopBackOff.',
  source: 'NSM/enforcement.go',
  check: (state, { consumer }) =>
    twinsOf(state, consumer).flatMap(({ offloading: { manifest, namespace, mapping }, twin }) => {
      const problem = twinNameProblem(twin);
      if (problem === undefined) return [];
      return [
        {
          namespace,
          message: `No provider can create the twin namespace '${twin}' of '${namespace}': the name ${problem}.`,
          remedy:
            mapping === 'SelectedName'
              ? 'Choose a remoteNamespaceName that is a DNS-1123 label.'
              : 'Use SelectedName with a shorter remoteNamespaceName, or a shorter namespace.',
          manifest,
          field: mapping === 'SelectedName' ? ['spec', 'remoteNamespaceName'] : ['metadata', 'namespace'],
        },
      ];
    }),
};
