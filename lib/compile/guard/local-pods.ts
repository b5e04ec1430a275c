// Under Local Liqo's webhook leaves pods alone: one that tolerates the taint of virtual nodes by itself goes abroad, and one
// that names a virtual node is there before anything could keep it.
import type { PolicyConfig } from '../../config/types';
import { TAINT_OF_VIRTUAL_NODES } from '../../liqo/runtime-class';
import { field, literal } from './cel';
import type { Bound, Part, Watched } from './part';
import { scopeOf } from './scope';

const WATCHED: readonly Watched[] = [{ operations: ['CREATE', 'UPDATE'], apiGroup: '', resources: ['pods'] }];
/** Their own DaemonSets tolerate everything, and no policy that says nothing of them means them. */
const SYSTEM = ['kube-system', 'kube-public', 'kube-node-lease'];

const { key, value = '', effect } = TAINT_OF_VIRTUAL_NODES;
const of = (name: string) => field('t', [name], '""');

/** CEL: whether a pod tolerates the taint (k8s.io/api core/v1, ToleratesTaint). */
const tolerates = (object: string) =>
  `${field(object, ['spec', 'tolerations'], '[]')}.exists(t, ${of('effect')} in ["", ${literal(effect)}] && ${of('key')} in ["", ${literal(key)}] && (${of('operator')} == "Exists" || ${of('operator')} in ["", "Equal"] && ${of('key')} != "" && ${of('value')} == ${literal(value)}))`;

/** Whether a policy keeps the pods of its namespaces at home. */
export const isLocal = ({ pods, podOffloadingStrategies }: PolicyConfig): boolean =>
  pods === 'local' || podOffloadingStrategies?.every((one) => one === 'Local') === true;

/** The parts for all policies that say Local; none if there is no such policy. */
export function localPods(policies: readonly PolicyConfig[], liqoNamespace: string): readonly Part[] {
  const bindings = policies.filter(isLocal).flatMap((policy): Bound[] => {
    const namespaceSelector = scopeOf(policy, [...SYSTEM, liqoNamespace]);
    return namespaceSelector === undefined ? [] : [{ name: policy.name, namespaceSelector }];
  });
  if (bindings.length === 0) return [];
  const common = { guards: 'local-pods', watched: WATCHED, bindings, bound: 'resourceVersion' } as const;
  const who = `"the pod '" + object.metadata.name + "' of '" + object.metadata.namespace + "' `;
  return [
    {
      ...common,
      name: 'local-pods',
      fits: `!${tolerates('object')} || request.operation == "UPDATE" && ${tolerates('oldObject')}`,
      does: `${who}tolerates the taint of virtual nodes, and a policy keeps its namespace Local."`,
    },
    {
      ...common,
      name: 'local-pods-by-node',
      parameters: 'virtual-nodes',
      fits: `request.operation == "UPDATE" || !(has(params.data) && ${field('object', ['spec', 'nodeName'], '""')} in params.data)`,
      does: `${who}names a virtual node, and a policy keeps its namespace Local."`,
    },
  ];
}
