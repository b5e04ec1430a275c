import { ApiObject, type Chart } from 'cdk8s';
import { defineNamespace, place } from 'cdk8s-liqo';

// Three workloads, each with its place: the database stays at home, batch jobs go to the clusters in the south, and the
// web may run on either side. dist/workloads says so in plain fields.
function deployment(chart: Chart, name: string, image: string): ApiObject {
  const labels = { app: name };
  return new ApiObject(chart, name, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      selector: { matchLabels: labels },
      template: { metadata: { labels }, spec: { containers: [{ name, image }] } },
    },
  });
}

export default defineNamespace({
  name: 'bookshop',
  labels: { team: 'books' },
  offloading: { clusterSelector: ['topology.liqo.io/region=south'] },
  constructs: (chart) => {
    place(deployment(chart, 'database', 'postgres:17'), 'local');
    place(deployment(chart, 'batch', 'example.org/bookshop/batch:1.4'), 'remote');
    place(deployment(chart, 'web', 'nginx:1.27'), 'anywhere');
  },
});
