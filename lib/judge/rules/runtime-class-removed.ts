import type { Manifest } from '../../manifests/manifest';
import { runtimeClassesOf } from '../../manifests/pod-template';
import { RUNTIME_CLASS } from '../../liqo/constants';
import { chartValue, installedBefore, type Installation } from '../liqo-chart';
import type { ChangeRule } from '../rule';
import type { Change } from '../state';

/** A class that is deleted, and how. */
interface Gone {
  readonly name: string;
  readonly how: string;
  readonly by: string;
  readonly manifest: Manifest;
}

const classOf = (one: Installation) => chartValue(one, 'offloading', 'runtimeClass', 'name') ?? RUNTIME_CLASS;

function goneClasses(change: Change): Gone[] {
  const { before, after } = change;
  const removed = before.runtimeClasses
    .filter((deployed) => !after.has(deployed))
    .map((manifest) => ({
      name: manifest.name,
      how: 'is removed from Git',
      by: 'pruning deletes it',
      manifest,
    }));
  const renamed = installedBefore(change)
    .map(({ was, is = was }) => ({ name: classOf(was), now: classOf(is), manifest: is.manifest }))
    .filter(({ name, now }) => name !== now && after.runtimeClasses.every((one) => one.name !== name))
    .map(({ name, now, manifest }) => ({
      name,
      how: `is renamed to '${now}' by a value of Liqo's chart`,
      by: 'Helm or Argo CD deletes it',
      manifest,
    }));
  return [...removed, ...renamed];
}

export const runtimeClassRemoved: ChangeRule = {
  name: 'runtime-class-removed',
  category: 'broken',
  about: 'change',
  summary:
    'A RuntimeClass is removed from Git, or renamed by the values of the chart, while pods still name it.',
  why: 'With pruning on, the class is deleted, and the API server then rejects every pod that names it. Turning `managed` off has the same effect, even if Liqo installs a class with the same name. The rule also looks at `offloading.runtimeClass.name` of an Application or HelmRelease of the chart.',
  source: 'Kubernetes RuntimeClass admission plugin',
  check: (change) =>
    goneClasses(change).flatMap(({ name, how, by, manifest }) => {
      const users = change.after.manifests.filter((one) => runtimeClassesOf(one).includes(name));
      const [first] = users;
      if (first === undefined) return [];
      const others = users.length > 1 ? ` and ${users.length - 1} more` : '';
      return [
        {
          message: `RuntimeClass '${name}' ${how}, but ${first.kind} '${first.namespace}/${first.name}'${others} still ${users.length > 1 ? 'name' : 'names'} it: ${by}, and the API server rejects their pods.`,
          remedy: 'Keep the class until nothing names it.',
          manifest,
        },
      ];
    }),
};
