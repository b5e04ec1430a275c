import { defineCluster } from 'cdk8s-liqo';

// The consumer of Liqo's tutorials. What is deployed is the main branch of origin, so `baseline` is left out.
export default defineCluster({
  id: 'venice',
  // Liqo's chart installs the RuntimeClass; `managed: true` would write it into dist/cluster.
  runtimeClass: { name: 'liqo', managed: false },
});
