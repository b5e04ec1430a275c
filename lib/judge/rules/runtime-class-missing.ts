import type { StateRule } from '../rule';
import { environmentOf, workloadsOf } from '../workloads';

export const runtimeClassMissing: StateRule = {
  name: 'runtime-class-missing',
  category: 'broken',
  about: 'state',
  summary: 'Pods name a RuntimeClass that does not exist.',
  why: "The API server rejects pods of a RuntimeClass that it does not know. Liqo's chart installs one class; where `runtimeClass.name` of `config/cluster.ts` gives it another name, there is none called `liqo`, unless the manifests hold it. Other classes may have been installed by anybody, and are taken to exist.",
  source: 'Kubernetes, RuntimeClass admission plugin; deployments/liqo/templates/runtime-class.yaml',
  check: (state, facts) =>
    workloadsOf(state)
      .filter((workload) => environmentOf(workload, state, facts).runtimeClass === 'missing')
      .map(({ manifest, title, pod }) => ({
        namespace: manifest.namespace,
        message: `The API server rejects the pods of ${title} in '${manifest.namespace}': there is no RuntimeClass '${pod.runtimeClassName ?? ''}', since Liqo's own is called '${facts.liqoRuntimeClass}' here.`,
        remedy: `Name '${facts.liqoRuntimeClass}', or correct runtimeClass.name in config/cluster.ts.`,
        manifest,
      })),
};
