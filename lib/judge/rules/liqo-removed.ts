import { isLiqoGroup } from '../../liqo/kinds';
import { DeclaredUnits } from '../../manifests/engines/declared-units';
import { groupOf, stringsAt, valueAt, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { installsLiqo, isApplication } from '../liqo-chart';
import { keeperOf } from '../removal';
import type { ChangeRule } from '../rule';

const isLiqoDefinition = ({ apiVersion, kind, body }: Manifest) =>
  kind === 'CustomResourceDefinition' &&
  groupOf(apiVersion) === 'apiextensions.k8s.io' &&
  isLiqoGroup(stringsAt(body, 'spec').get('group') ?? '');

/** Groups whose objects hold twin namespaces. */
const CARRYING: ReadonlySet<string> = new Set(['offloading.liqo.io', 'authentication.liqo.io']);

function ofDefinition({ body, name }: Manifest): string {
  const kind = stringsAt(body, 'spec', 'names').get('kind') ?? name;
  const twins = CARRYING.has(stringsAt(body, 'spec').get('group') ?? '')
    ? ', and with those go twin namespaces with all that is in them'
    : '';
  return `pruning deletes it, and Kubernetes every ${kind} of the cluster${twins}`;
}

/** What happens when the object of an engine is deleted; undefined where nothing is. */
function ofInstallation(one: Manifest): string | undefined {
  if (isApplication(one)) {
    const [unit] = new DeclaredUnits([one]).all;
    return unit?.deletes === true
      ? 'Argo CD deletes Liqo, its CustomResourceDefinitions and so every object of theirs, and with those go twin namespaces with all that is in them'
      : undefined;
  }
  if (valueAt(one.body, 'spec', 'suspend') === true) return undefined;
  const unchecked = valueAt(one.body, 'spec', 'uninstall', 'disableHooks') === true;
  return unchecked
    ? 'Flux uninstalls Liqo without its own check: what is offloaded is left behind, and nothing can delete its objects'
    : 'Flux uninstalls Liqo: its uninstaller refuses while anything is peered or offloaded, and what follows from there is not undone by a revert';
}

export const liqoRemoved: ChangeRule = {
  name: 'liqo-removed',
  category: 'destructive',
  about: 'change',
  approvable: true,
  approvedBy: 'object',
  summary: 'Liqo itself leaves Git: one of its CustomResourceDefinitions, or what installs its chart.',
  why: "A CustomResourceDefinition that is deleted takes every object of its kind along. An Argo CD Application with its finalizer deletes what it applied, for Helm's hooks in vain and the chart's CustomResourceDefinitions included; without the finalizer it leaves all of it. A HelmRelease is uninstalled unless it is suspended: the chart's pre-delete hook fails while anything is peered or offloaded. It is approved by the object's name: `{ object: liqo, rule: liqo-removed, reason: … }`.",
  source:
    'Kubernetes CustomResourceDefinition finalizer; Argo CD, "App Deletion"; helm-controller (reconcileDelete); deployments/liqo/templates/pre-delete-job.yaml; pkg/utils/preuninstall.go',
  check: ({ before, after }, facts) =>
    before.manifests.flatMap((manifest) => {
      const isDefinition = isLiqoDefinition(manifest);
      if (!isDefinition && !installsLiqo(manifest)) return [];
      if (after.has(manifest) || keeperOf(manifest, facts) !== undefined) return [];
      const what = isDefinition ? ofDefinition(manifest) : ofInstallation(manifest);
      if (what === undefined) return [];
      const { kind, name } = manifest;
      return [
        {
          object: name,
          message: `The ${kind} '${name}' leaves Git: ${what}.`,
          remedy: `Keep it, unoffload and unpeer first, or let it go by name with ${approvalEntry(name, 'liqo-removed', undefined, 'object')}`,
          manifest,
        },
      ];
    }),
};
