import { defineNamespace } from 'cdk8s-liqo';

// "Service offloading": pods stay, the services of the namespace become reachable from the providers.
export default defineNamespace({
  name: 'flights',
  annotations: { 'example.org/owner': 'travel' },
  offloading: {
    namespaceMappingStrategy: 'SelectedName',
    remoteNamespaceName: 'flights-of-venice',
    podOffloadingStrategy: 'Local',
  },
});
