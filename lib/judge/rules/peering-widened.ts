import { peeringImpacts, someOf } from '../peering-impact';
import type { ChangeRule } from '../rule';

export const peeringWidened: ChangeRule = {
  name: 'peering-widened',
  category: 'info',
  about: 'change',
  summary: 'A virtual node is new, or gets labels, so that clusterSelectors match it.',
  why: 'Liqo creates a twin namespace on the provider for each namespace that selects it now and reflects Secrets, ConfigMaps and Services into it.',
  source: 'NSO/clusterselector.go; pkg/virtualKubelet/reflection',
  check: (change, facts) =>
    peeringImpacts(change, facts)
      .filter(({ gained }) => gained.length > 0)
      .map(({ provider, gained }) => ({
        message: `'${provider}' is selected by ${someOf(gained)} from now on: Liqo creates twin namespaces there and reflects Secrets and ConfigMaps into them.`,
        remedy: 'See that what the namespaces hold may be there.',
        clusters: [provider],
      })),
};
