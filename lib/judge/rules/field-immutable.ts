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

/** As far as a field lies in objects: what stands in a list goes by its name here. */
function fieldIn({ body }: Manifest, { field }: ImmutableChange): string[] {
  const keys = field.map(String);
  const known = keys.findIndex((_, i) => valueAt(body, ...keys.slice(0, i + 1)) === undefined);
  return known < 0 ? keys : keys.slice(0, known);
}

/**
 * What the refusal does to everything else that is applied with it.
 * Sources: fluxcd/pkg ssa/manager_apply.go (ApplyAll dry-runs every object first); gitops-engine pkg/sync/sync_context.go.
 */
function effect({ engines }: Facts, is: Manifest): string {
  const flux = 'Flux applies nothing of the Kustomization that holds it until the change is taken back';
  const argo = isReconciledByArgo(is)
    ? 'only Argo CD deletes it and creates it anew'
    : "Argo CD's sync fails, and goes on with no later wave";
  if (engines.length === 1) return engines[0] === 'flux' ? flux : argo;
  return `${flux}; ${argo}`;
}

const FORCE =
  "let the engine delete it first ('kustomize.toolkit.fluxcd.io/force: enabled' for Flux, 'argocd.argoproj.io/sync-options: Force=true,Replace=true' for Argo CD)";
const RENAME = 'give it another name, and refer to that';
const UNPEER = 'unpeer, and peer anew with the other cluster';

/** How to get what is wanted without an update. */
const INSTEAD: Readonly<Record<string, string>> = {
  Job: `give the Job another name, or ${FORCE}`,
  Pod: `give the Pod another name, or ${FORCE}`,
  StatefulSet:
    "delete the StatefulSet by hand with 'kubectl delete --cascade=orphan' before the merge: its pods and claims stay, and the engine creates it anew",
  PersistentVolumeClaim: 'make a claim of another name, and move the data',
  PersistentVolume: 'make a volume of another name, and move the data',
  Service: 'give the Service another name, or delete it by hand before the merge',
  StorageClass: 'add a class of another name',
  CSIDriver: FORCE,
  PriorityClass: 'add a class of another name',
  CustomResourceDefinition:
    'define another kind beside it and move its objects: with this one, all of them would be deleted',
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
      : ` If it is gone from the cluster before the merge, let the change through with ${approvalEntry(is.namespace, NAME)}`;
  return `Take the change back, or ${instead}.${byHand}`;
}

function messageFor({ is, changes }: Refusal, facts: Facts): string {
  const place = is.namespace === '' ? '' : ` in '${is.namespace}'`;
  const head = `The API server refuses the update of ${is.kind} '${is.name}'${place}: ${fieldsText(changes)} cannot be changed.`;
  const [{ unless }] = changes;
  return unless === undefined ? `${head} ${effect(facts, is)}.` : `${head} It passes only if ${unless}.`;
}

export const fieldImmutable: ChangeRule = {
  name: NAME,
  category: 'refused',
  about: 'change',
  approvable: true,
  summary: 'A field changes that the API server lets nobody change.',
  why: 'Of a Job the pod template is immutable (its scheduling may change while it is suspended), of a Pod nearly all, of a StatefulSet the claims and the selector, of a Deployment, ReplicaSet or DaemonSet the selector, of a PersistentVolumeClaim the class and the volume, of a Service the clusterIP, of a StorageClass the provisioner and its parameters, of an immutable ConfigMap or Secret the data, of a RoleBinding or ClusterRoleBinding the roleRef, of a PriorityClass the value, of a CustomResourceDefinition the scope and the names, of a CSIDriver, IngressClass, EndpointSlice, ResourceClaim or ResourceQuota what it is for, of ForeignCluster and Tenant the `clusterID`, of Network and IP of Liqo the address. Defaults are filled in before comparing, and quantities compared by value. The engine tries again and again, and what is applied together with the object waits. Argo CD hooks, objects without a fixed name, and those that the engine is told to recreate (`force` of Flux, `Force=true` of Argo CD; `Replace=true` alone is an update too) are passed over, and so is a binding of roles that Argo CD applies: it makes that anew. A Job with `ttlSecondsAfterFinished`, and a claim that shrinks, are warnings: whether they are refused depends on what the cluster holds.',
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
