import type { StateRule } from '../rule';
import { environmentOf, workloadsOf } from '../workloads';

export const runtimeClassMissing: StateRule = {
  name: 'runtime-class-missing',
  category: 'broken',
  about: 'state',
  summary: 'Pods name a RuntimeClass that does not exist.',
  why: "The API server rejects pods that name an unknown RuntimeClass. Liqo's chart installs one class; if `runtimeClass.name` in `config/cluster.ts` gives it another name, no class `liqo` exists unless the manifests declare it. Any other class may be installed outside Git, so the rule assumes that it exists.",
  source: 'Kubernetes, RuntimeClass admission plugin; deployments/liqo/templates/runtime-class.yaml',
  check: (state, facts) =>
    workloadsOf(state)
      .filter((workload) => environmentOf(workload, state, facts).runtimeClass === 'missing')
      .map(({ manifest, title, pod }) => ({
        namespace: manifest.namespace,
        message: `The API server rejects the pods of ${title} in '${manifest.namespace}': there is no RuntimeClass '${pod.runtimeClassName ?? ''}', because Liqo's own is named '${facts.liqoRuntimeClass}' here.`,
        remedy: `Use '${facts.liqoRuntimeClass}', or correct runtimeClass.name in config/cluster.ts.`,
        manifest,
      })),
};
