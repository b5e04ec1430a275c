import { defineNamespace } from 'cdk8s-liqo';

// Liqo's quick start: `liqoctl offload namespace liqo-demo --namespace-mapping-strategy EnforceSameName`.
export default defineNamespace({
  name: 'liqo-demo',
  labels: { team: 'demo' },
  offloading: {
    namespaceMappingStrategy: 'EnforceSameName',
    podOffloadingStrategy: 'LocalAndRemote',
  },
});
