import { peeringImpacts, someOf } from '../peering-impact';
import type { ChangeRule } from '../rule';

export const peeringWidened: ChangeRule = {
  name: 'peering-widened',
  category: 'info',
  about: 'change',
  summary: 'A new virtual node or new labels make clusterSelectors match a provider.',
  why: 'Liqo creates a twin namespace on the provider for each namespace that now selects it, and reflects Secrets, ConfigMaps and Services into it.',
  source: 'NSO/clusterselector.go; pkg/virtualKubelet/reflection',
  check: (change, facts) =>
    peeringImpacts(change, facts)
      .filter(({ gained }) => gained.length > 0)
      .map(({ provider, gained }) => ({
        message: `${someOf(gained)} now select '${provider}': Liqo creates twin namespaces there and reflects Secrets and ConfigMaps into them.`,
        remedy: 'Check that the contents of these namespaces are allowed there.',
        clusters: [provider],
      })),
};
