import { runtimeClassesOf } from '../../manifests/pod-template';
import type { ChangeRule } from '../rule';

export const runtimeClassRemoved: ChangeRule = {
  name: 'runtime-class-removed',
  category: 'broken',
  about: 'change',
  summary: 'A RuntimeClass leaves Git while pods still name it.',
  why: 'With pruning on it is deleted, and the API server then rejects every pod that names it. Turning `managed` off does it as well, even where Liqo installs a class of the same name.',
  source: 'Kubernetes RuntimeClass admission plugin',
  check: ({ before, after }) =>
    before.runtimeClasses
      .filter((deployed) => !after.has(deployed))
      .flatMap((deployed) => {
        const users = after.manifests.filter((manifest) =>
          runtimeClassesOf(manifest).includes(deployed.name),
        );
        const [first] = users;
        if (first === undefined) return [];
        const others = users.length > 1 ? ` and ${users.length - 1} more` : '';
        return [
          {
            message: `RuntimeClass '${deployed.name}' leaves Git, and ${first.kind} '${first.namespace}/${first.name}'${others} still names it: pruning deletes it, and their pods are rejected.`,
            remedy: 'Keep the class until nothing names it.',
            manifest: deployed,
          },
        ];
      }),
};
