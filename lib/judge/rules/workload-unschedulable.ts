import {
  because,
  contradiction,
  environmentOf,
  podProblems,
  reachOf,
  workloadsOf,
  type Workload,
} from '../workloads';
import type { Facts, StateRule } from '../rule';
import type { State } from '../state';

/** Why the pods can run nowhere; undefined if they can, or if it is unknown. */
function nowhere(workload: Workload, state: State, facts: Facts): string | undefined {
  const environment = environmentOf(workload, state, facts);
  const { labelled, offloading } = environment.namespace;
  if (labelled && offloading === undefined && state.namespaces.has(workload.manifest.namespace))
    return undefined; // see scheduling-label-conflict
  if (environment.runtimeClass === 'missing') return undefined; // see runtime-class-missing
  const { landing, virtual } = reachOf(workload.pod, environment, facts);
  if (landing.outcome === 'undecided') return undefined;
  if (landing.outcome !== 'stored')
    return `are rejected when they are created. ${landing.reason.replace(/\.$/, '')}`;
  if (landing.local.answer !== 'no') return undefined;
  const local = `can run on no local node (${because(landing.local)})`;
  if (virtual.answer === 'no') return `${local} and on no virtual node (${because(virtual)})`;
  const { after } = facts.inventories;
  const known = landing.virtualNodes.some(({ verdict }) => verdict.answer === 'yes');
  return after?.complete === true && !known
    ? `${local} and on no virtual node of the inventory (${after.providers.map(({ id }) => id).join(', ') || 'it has none'})`
    : undefined;
}

export const workloadUnschedulable: StateRule = {
  name: 'workload-unschedulable',
  category: 'broken',
  about: 'state',
  summary: 'The pods of a workload cannot run on any node.',
  why: "The scheduler needs a node that satisfies nodeSelector, required node affinity and tolerations, including those that the RuntimeClass plugin and Liqo's pod webhook add. If no node can satisfy them all, or no node of a complete inventory does, the pods stay Pending for ever.",
  source: 'pkg/webhooks/pod/mutations.go; Kubernetes, component-helpers scheduling/corev1/nodeaffinity',
  check: (state, facts) => [
    ...state.manifests.flatMap((manifest) =>
      podProblems(manifest).map((problem) => ({
        namespace: manifest.namespace,
        message: `The API server rejects the pods of ${manifest.kind} '${manifest.name}' in '${manifest.namespace}': ${problem}.`,
        remedy:
          'Correct the field. Quote strings that YAML 1.1 reads as a number or a boolean (yes, on, 012).',
        manifest,
      })),
    ),
    ...workloadsOf(state).flatMap((workload) => {
      if (contradiction(workload, state, facts) !== undefined) return [];
      const why = nowhere(workload, state, facts);
      const { manifest, title } = workload;
      if (why === undefined) return [];
      return [
        {
          namespace: manifest.namespace,
          message: `The pods of ${title} in '${manifest.namespace}' ${why}.`,
          remedy: `Relax one of the requirements; npx cdk8s-liqo explain '${manifest.namespace}/${manifest.kind}/${manifest.name}' shows them all.`,
          manifest,
        },
      ];
    }),
  ],
};
