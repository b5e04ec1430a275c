// Workloads from a few words of flow YAML.
export const VIRTUAL = '{ key: liqo.io/type, operator: In, values: [virtual-node] }';
export const LOCAL = '{ key: liqo.io/type, operator: NotIn, values: [virtual-node] }';
export const region = (...values: readonly string[]) =>
  `{ key: region, operator: In, values: [${values.join(', ')}] }`;
export const TOLERATION = '{ key: virtual-node.liqo.io/not-allowed, operator: Exists, effect: NoExecute }';

/** A required node affinity: alternatives of requirements. */
export const affinity = (...terms: readonly (readonly string[])[]) =>
  `affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [${terms
    .map((all) => `{ matchExpressions: [${all.join(', ')}] }`)
    .join(', ')}] } } }`;

/** An object with a pod template; `pod` is flow YAML without braces. */
export const workload = (pod = '', { kind = 'Deployment', name = 'web', namespace = 'shop' } = {}) =>
  `apiVersion: apps/v1
kind: ${kind}
metadata: { name: ${name}, namespace: ${namespace} }
spec: { template: { spec: { containers: []${pod === '' ? '' : `, ${pod}`} } } }
`;
