import { defineNamespace } from 'cdk8s-liqo';

// "Offloading with policies": venice extends the namespace onto florence (center) or naples (south), never elsewhere.
// Each line is an alternative; the requirements inside one must all hold.
export default defineNamespace({
  name: 'liqo-policies',
  offloading: {
    namespaceMappingStrategy: 'DefaultName',
    podOffloadingStrategy: 'Remote',
    clusterSelector: [
      'topology.liqo.io/region=center,topology.liqo.io/type=provider',
      { matchExpressions: [{ key: 'topology.liqo.io/region', operator: 'In', values: ['south'] }] },
    ],
  },
});
