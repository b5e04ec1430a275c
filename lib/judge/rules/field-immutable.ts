import type { ImmutableChange } from '../../liqo/immutable-fields';
import { valueAt, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { isReconciledByArgo, refusals, type Refusal } from '../recreation';
import type { ChangeRule, Facts } from '../rule';

const NAME = 'field-immutable';

const SHOWN = 3;

/** `'spec.template.spec.affinity' and 2 more`. */
function fieldsText(changes: readonly ImmutableChange[]): string {
  const fields = [...new Set(changes.map(({ field }) => `'${field.join('.')}'`))];
  const rest = fields.length - SHOWN;
  const shown = rest === 1 ? fields : fields.slice(0, SHOWN);
  return shown.join(', ') + (rest > 1 ? ` and ${rest} more fields` : '');
}

/** The part of a field's path that lies outside lists: list items are addressed by name here. */
function fieldIn({ body }: Manifest, { field }: ImmutableChange): string[] {
  const keys = field.map(String);
  const known = keys.findIndex((_, i) => valueAt(body, ...keys.slice(0, i + 1)) === undefined);
  return known < 0 ? keys : keys.slice(0, known);
}

/**
 * What the refusal does to the other objects that are applied with it.
 * Sources: fluxcd/pkg ssa/manager_apply.go (ApplyAll dry-runs every object first); gitops-engine pkg/sync/sync_context.go.
 */
function effect({ engines }: Facts, is: Manifest): string {
  const flux = 'Flux applies nothing of the whole Kustomization until you revert the change';
  const argo = isReconciledByArgo(is)
    ? 'Argo CD alone deletes and recreates it'
    : "Argo CD's sync fails and stops before the next wave";
  if (engines.length === 1) return engines[0] === 'flux' ? flux : argo;
  return `${flux}; ${argo}`;
}

const FORCE =
  "let the engine delete it first ('kustomize.toolkit.fluxcd.io/force: enabled' for Flux, 'argocd.argoproj.io/sync-options: Force=true,Replace=true' for Argo CD)";
const RENAME = 'give it another name and update the references';
const UNPEER = 'unpeer, then peer with the other cluster';

/** How to reach the goal without an update. */
const INSTEAD: Readonly<Record<string, string>> = {
  Job: `give the Job another name, or ${FORCE}`,
  Pod: `give the Pod another name, or ${FORCE}`,
  StatefulSet:
    "delete the StatefulSet by hand with 'kubectl delete --cascade=orphan' before the merge: its pods and claims stay, and the engine recreates it",
  PersistentVolumeClaim: 'create a claim with another name and move the data',
  PersistentVolume: 'create a volume with another name and move the data',
  Service: 'give the Service another name, or delete it by hand before the merge',
  StorageClass: 'add a class with another name',
  CSIDriver: FORCE,
  PriorityClass: 'add a class with another name',
  CustomResourceDefinition:
    'define another kind beside it and move its objects: recreating this one would delete all of them',
  Tenant: UNPEER,
  ForeignCluster: UNPEER,
  ConfigMap: RENAME,
  Secret: RENAME,
};

function remedyFor({ is }: Refusal): string {
  const instead = INSTEAD[is.kind] ?? `give the ${is.kind} another name, or ${FORCE}`;
  const byHand =
    is.namespace === ''
      ? ''
      : ` If you delete it from the cluster before the merge, approve the change in ${approvalEntry(is.namespace, NAME)}`;
  return `Revert the change, or ${instead}.${byHand}`;
}

function messageFor({ is, changes }: Refusal, facts: Facts): string {
  const place = is.namespace === '' ? '' : ` in '${is.namespace}'`;
  const head = `The API server refuses the update of ${is.kind} '${is.name}'${place}: ${fieldsText(changes)} cannot be changed.`;
  const [{ unless }] = changes;
  return unless === undefined
    ? `${head} ${effect(facts, is)}.`
    : `${head} The update succeeds only if ${unless}.`;
}

export const fieldImmutable: ChangeRule = {
  name: NAME,
  category: 'refused',
  about: 'change',
  approvable: true,
  summary: 'The change edits an immutable field.',
  why: `The API server refuses the update. The engine retries it for ever, and everything that is applied together with the object waits. Immutable are:

- Job: the pod template (its scheduling may change while the Job is suspended); Pod: nearly everything
- StatefulSet: the claims and the selector; Deployment, ReplicaSet and DaemonSet: the selector
- PersistentVolumeClaim: the class and the volume; StorageClass: the provisioner and its parameters
- Service: the clusterIP
- ConfigMap and Secret that are marked \`immutable\`: the data
- RoleBinding and ClusterRoleBinding: the roleRef; PriorityClass: the value
- CustomResourceDefinition: the scope and the names
- CSIDriver, IngressClass, EndpointSlice, ResourceClaim and ResourceQuota: the fields that say what they are for
- Liqo's ForeignCluster and Tenant: the \`clusterID\`; Network and IP: the address

Defaults are filled in before comparing, and quantities are compared by value. The rule ignores Argo CD hooks, objects without a fixed name, objects that the engine is set to recreate (Flux's \`force\`, Argo CD's \`Force=true\`; \`Replace=true\` alone still updates), and role bindings that Argo CD applies, because it recreates them. A Job with \`ttlSecondsAfterFinished\` and a claim that shrinks give a warning: whether the API server refuses them depends on the cluster.`,
  source:
    "Kubernetes pkg/apis/*/validation, apiextensions-apiserver pkg/apis/apiextensions/validation; Liqo's CRDs (x-kubernetes-validations); fluxcd/pkg ssa/manager_apply.go; gitops-engine pkg/sync/sync_context.go, pkg/utils/kube/resource_ops.go (rbacReconcile); argo-cd issue 14910",
  check: (change, facts) =>
    refusals(change, facts).flatMap((refusal) => {
      if (!refusal.fails) return [];
      const { is, changes } = refusal;
      const doubtful = changes.every(({ unless }) => unless !== undefined);
      return [
        {
          ...(is.namespace !== '' && { namespace: is.namespace }),
          ...(doubtful && { category: 'risky' as const }),
          message: messageFor(refusal, facts),
          remedy: remedyFor(refusal),
          manifest: is,
          field: fieldIn(is, changes[0]),
        },
      ];
    }),
};
