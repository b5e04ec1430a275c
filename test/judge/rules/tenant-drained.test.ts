import { tenantDrained as rule } from '../../../lib/judge/rules/tenant-drained';
import { find, state } from '../given';

const tenant = (condition: string) => `apiVersion: authentication.liqo.io/v1beta1
kind: Tenant
metadata: { name: rome, namespace: liqo-tenant-rome }
spec: { clusterID: rome, tenantCondition: ${condition} }
`;

test.each(['Active', 'Cordoned'])('finds one that was %s', (was) => {
  expect(find(rule, state(tenant('Drained')), state(tenant(was)))).toMatchObject([
    {
      object: 'rome',
      clusters: ['rome'],
      message: expect.stringContaining("every twin namespace that 'rome' has here"),
    },
  ]);
});

test.each([
  ['Active', 'Cordoned'],
  ['Drained', 'Drained'],
  ['Drained', 'Active'],
])('passes over %s to %s', (was, is) => {
  expect(find(rule, state(tenant(is)), state(tenant(was)))).toEqual([]);
});
