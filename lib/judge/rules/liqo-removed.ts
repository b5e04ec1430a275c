import { isLiqoGroup } from '../../liqo/kinds';
import { cascades, policyOf } from '../../manifests/engines/argo-unit';
import { groupOf, identityOf, sameJson, stringsAt, valueAt, type Manifest } from '../../manifests/manifest';
import { approvalEntry } from '../approval-entry';
import { chartOf, installedBefore, sourcesOf, type Installation } from '../liqo-chart';
import { keeperOf } from '../removal';
import type { ChangeRule, Facts, Problem } from '../rule';
import type { Change, State } from '../state';

const isLiqoDefinition = ({ apiVersion, kind, body }: Manifest) =>
  kind === 'CustomResourceDefinition' &&
  groupOf(apiVersion) === 'apiextensions.k8s.io' &&
  isLiqoGroup(stringsAt(body, 'spec').get('group') ?? '');

/** Groups whose objects keep twin namespaces. */
const CARRYING: ReadonlySet<string> = new Set(['offloading.liqo.io', 'authentication.liqo.io']);

function ofDefinition({ body, name }: Manifest): string {
  const kind = stringsAt(body, 'spec', 'names').get('kind') ?? name;
  const twins = CARRYING.has(stringsAt(body, 'spec').get('group') ?? '')
    ? ', with the twin namespaces that depend on them and everything in those'
    : '';
  return `is removed from Git: pruning deletes it, and Kubernetes then deletes every ${kind} in the cluster${twins}`;
}

const BY_ARGO =
  "Argo CD deletes Liqo and its CustomResourceDefinitions, and with them every object of theirs, the twin namespaces and everything in those; from Argo CD v3.3 on, Liqo's uninstaller may stop this";

/** What happens when an engine uninstalls Liqo; undefined if it leaves everything in place. */
function uninstalling({ by, manifest }: Installation, { after }: Change): string | undefined {
  const isPruned = manifest.kind === 'Application' && after.has(manifest);
  if (by === 'Argo CD') return isPruned || cascades(manifest) ? BY_ARGO : undefined;
  return valueAt(manifest.body, 'spec', 'uninstall', 'disableHooks') === true
    ? `${by} uninstalls Liqo without Liqo's own check: what is offloaded is left behind, and nothing can delete its objects`
    : `${by} uninstalls Liqo. Liqo's uninstaller refuses while anything is peered or offloaded, and a revert does not undo the consequences`;
}

/** Why Flux treats a HelmRelease that stays as another release. */
function otherRelease(was: Installation, is: Installation | undefined, now: Manifest, after: State) {
  if (is !== undefined)
    return sameJson(was.release, is.release)
      ? undefined
      : 'becomes another Helm release, because its name or namespace changes';
  const chart = chartOf(now, after);
  const isKnown = chart !== undefined && (!chart.includes('/') || chart.startsWith('oci://'));
  const isKept = valueAt(now.body, 'spec', 'upgrade', 'chartNameChangeStrategy') === 'InPlaceUpdate';
  return isKnown && !isKept ? 'becomes a Helm release of another chart' : undefined;
}

/** Why Argo CD no longer finds Liqo although its other sources are unchanged. */
function otherSources({ manifest: was, name }: Installation, now: Manifest): string | undefined {
  if (now.kind === 'ApplicationSet')
    return policyOf(now).deletes ? `no longer generates the Application '${name}'` : undefined;
  const [old, left] = [was, now].map(({ body }) => sourcesOf(valueAt(body, 'spec')));
  const isSame = left?.every((one) => old?.some((other) => sameJson(one, other)));
  return isSame === true && left?.length !== 0 ? 'no longer has the source of Liqo and prunes it' : undefined;
}

/** Why an installation is removed; undefined if it stays or this is unknown. */
function reason(was: Installation, is: Installation | undefined, { after }: Change): string | undefined {
  const { manifest, by } = was;
  const [now] = is === undefined ? (after.byIdentity.get(identityOf(manifest)) ?? []) : [is.manifest];
  if (now === undefined)
    return valueAt(manifest.body, 'spec', 'suspend') === true ? undefined : 'is removed from Git';
  if (by === 'Flux') return otherRelease(was, is, now, after);
  return is === undefined && by === 'Argo CD' ? otherSources(was, now) : undefined;
}

function problem(manifest: Manifest, what: string): Problem {
  const { kind, name } = manifest;
  return {
    object: name,
    message: `The ${kind} '${name}' ${what}.`,
    remedy: `Keep it, unoffload and unpeer first, or approve the removal in ${approvalEntry(name, 'liqo-removed', undefined, 'object')}`,
    manifest,
  };
}

const stays = (one: Manifest, { after }: Change, facts: Facts) =>
  after.has(one) || keeperOf(one, facts) !== undefined;

function ofDefinitions(change: Change, facts: Facts): Problem[] {
  return change.before.manifests
    .filter((one) => isLiqoDefinition(one) && !stays(one, change, facts))
    .map((one) => problem(one, ofDefinition(one)));
}

function ofInstallations(change: Change, facts: Facts): Problem[] {
  return installedBefore(change).flatMap(({ was, is }) => {
    const { manifest } = was;
    if (!change.after.has(manifest) && stays(manifest, change, facts)) return [];
    const [why, does] = [reason(was, is, change), uninstalling(was, change)];
    return why === undefined || does === undefined ? [] : [problem(manifest, `${why}: ${does}`)];
  });
}

export const liqoRemoved: ChangeRule = {
  name: 'liqo-removed',
  category: 'destructive',
  about: 'change',
  approvable: true,
  approvedBy: 'object',
  summary:
    'Liqo itself is removed from Git: one of its CustomResourceDefinitions, or the object that installs its chart.',
  why: "Deleting a CustomResourceDefinition deletes every object of its kind. An Argo CD Application with its finalizer deletes what it applied, including the chart's CustomResourceDefinitions; without the finalizer it leaves everything in place. The same goes for an Application that an ApplicationSet no longer generates. Argo CD before v3.3 ignores the chart's pre-delete hook; later versions stop if the hook fails. Flux uninstalls a HelmRelease unless it is suspended; if its `releaseName`, `targetNamespace`, `storageNamespace` or chart changes, Flux uninstalls the old release and installs a new one. k3s uninstalls a HelmChart. Helm leaves the CustomResourceDefinitions, and the chart's pre-delete hook fails while anything is peered or offloaded. Approve it by the object's name: `{ object: liqo, rule: liqo-removed, reason: … }`.",
  source:
    'Kubernetes CustomResourceDefinition finalizer; Argo CD, "App Deletion", "Sync Phases and Waves: PreDelete", applicationset "Application Pruning & Resource Deletion"; helm-controller internal/controller (reconcileDelete), internal/action/verify.go (ReleaseTargetChanged); k3s-io/helm-controller pkg/controllers/chart (OnRemove); deployments/liqo/templates/pre-delete-job.yaml; pkg/utils/preuninstall.go',
  check: (change, facts) => [...ofDefinitions(change, facts), ...ofInstallations(change, facts)],
};
