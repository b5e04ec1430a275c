import { defineNamespace } from 'cdk8s-liqo';

// A config is TypeScript: fifty namespaces of one form are a loop. They are split into folders, so that one folder can
// be one Argo CD Application or one Flux Kustomization.
const regions = ['center', 'south'] as const;

export default Array.from({ length: 50 }, (_, i) => {
  const number = String(i + 1).padStart(2, '0');
  const region = regions[i % regions.length] ?? 'south';
  return defineNamespace({
    name: `tenant-${number}`,
    folder: `tenants/${region}`,
    labels: { tenant: number, 'data-region': region },
    offloading: {
      namespaceMappingStrategy: 'DefaultName',
      podOffloadingStrategy: 'LocalAndRemote',
      clusterSelector: [`topology.liqo.io/region=${region}`],
    },
  });
});
