import { defineNamespace } from 'cdk8s-liqo';
import { ApiObject } from 'cdk8s';

// "Replicated deployments": all pods run remotely, one replica on each virtual node. What `constructs` adds goes to
// dist/workloads; the chart's namespace is this one.
const labels = { app: 'liqo-demo-app' };

export default defineNamespace({
  name: 'liqo-replicated',
  offloading: { namespaceMappingStrategy: 'DefaultName', podOffloadingStrategy: 'Remote' },
  constructs: (chart) => {
    new ApiObject(chart, 'app', {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'liqo-demo-app' },
      spec: {
        replicas: 2,
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            topologySpreadConstraints: [
              {
                maxSkew: 1,
                topologyKey: 'kubernetes.io/hostname',
                whenUnsatisfiable: 'DoNotSchedule',
                labelSelector: { matchLabels: labels },
              },
            ],
            containers: [{ name: 'web', image: 'nginx', ports: [{ containerPort: 80 }] }],
          },
        },
      },
    });
  },
});
