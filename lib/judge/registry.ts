// Every rule, in the order of the table in docs/rules.md. A new rule is one line here and one file in rules/.
import type { Rule } from './rule';
import { approvalUnused } from './rules/approval-unused';
import { claimRecreated } from './rules/claim-recreated';
import { claimNotCarried } from './rules/claim-not-carried';
import { claimRemoved } from './rules/claim-removed';
import { clusterSelectorAbsent } from './rules/cluster-selector-absent';
import { clustersDeselected } from './rules/clusters-deselected';
import { clustersSelected } from './rules/clusters-selected';
import { declaredElsewhere } from './rules/declared-elsewhere';
import { distStale } from './rules/dist-stale';
import { duplicateObject } from './rules/duplicate-object';
import { engineDeletesMore } from './rules/engine-deletes-more';
import { engineForceEnabled } from './rules/engine-force-enabled';
import { engineHandover } from './rules/engine-handover';
import { folderIncomplete } from './rules/folder-incomplete';
import { folderTooLarge } from './rules/folder-too-large';
import { engineSourceChanged } from './rules/engine-source-changed';
import { fieldImmutable } from './rules/field-immutable';
import { fieldNull } from './rules/field-null';
import { fieldUnknown } from './rules/field-unknown';
import { forceRecreate } from './rules/force-recreate';
import { judgeChanged } from './rules/judge-changed';
import { mappingStrategyImmutable } from './rules/mapping-strategy-immutable';
import { mappingStrategyNotAccepted } from './rules/mapping-strategy-not-accepted';
import { namespaceRemoved } from './rules/namespace-removed';
import { nodePinDropped } from './rules/node-pin-dropped';
import { notAnObject } from './rules/not-an-object';
import { objectDropped } from './rules/object-dropped';
import { objectLeftOut } from './rules/object-left-out';
import { objectNameless } from './rules/object-nameless';
import { objectNotApplied } from './rules/object-not-applied';
import { objectTerminating } from './rules/object-terminating';
import { objectTooLarge } from './rules/object-too-large';
import { objectUnfetched } from './rules/object-unfetched';
import { offloadingName } from './rules/offloading-name';
import { orphaned } from './rules/orphaned';
import { podTemplateUnknown } from './rules/pod-template-unknown';
import { podStrategyRestricted } from './rules/pod-strategy-restricted';
import { ownerDeclared } from './rules/owner-declared';
import { placementContradictsStrategy } from './rules/placement-contradicts-strategy';
import { policy } from './rules/policy';
import { policyNoLongerApplies } from './rules/policy-no-longer-applies';
import { remoteNameCollision } from './rules/remote-name-collision';
import { remoteNameImmutable } from './rules/remote-name-immutable';
import { remoteNameInvalid } from './rules/remote-name-invalid';
import { remoteNameRequired } from './rules/remote-name-required';
import { reflectionWidened } from './rules/reflection-widened';
import { remoteNameReused } from './rules/remote-name-reused';
import { remoteNameReserved } from './rules/remote-name-reserved';
import { remoteNameUnsettled } from './rules/remote-name-unsettled';
import { reoffloadUnsettled } from './rules/reoffload-unsettled';
import { restoresRefusedChange } from './rules/restores-refused-change';
import { runtimeClassCarriedOver } from './rules/runtime-class-carried-over';
import { runtimeClassHandlerImmutable } from './rules/runtime-class-handler-immutable';
import { runtimeClassMissing } from './rules/runtime-class-missing';
import { runtimeClassOwnedTwice } from './rules/runtime-class-owned-twice';
import { runtimeClassRemoved } from './rules/runtime-class-removed';
import { schedulingLabelConflict } from './rules/scheduling-label-conflict';
import { schedulingLabelMissing } from './rules/scheduling-label-missing';
import { schemaInvalid } from './rules/schema-invalid';
import { selectorInvalid } from './rules/selector-invalid';
import { selectorMatchesInventory } from './rules/selector-matches-inventory';
import { selectorMatchesNothing } from './rules/selector-matches-nothing';
import { selectorNeedsNodeLabel } from './rules/selector-needs-node-label';
import { selectorTermRedundant } from './rules/selector-term-redundant';
import { serverField } from './rules/server-field';
import { unoffload } from './rules/unoffload';
import { virtualNodesDisagree } from './rules/virtual-nodes-disagree';
import { versionUnknown } from './rules/version-unknown';
import { workloadEscapesSelector } from './rules/workload-escapes-selector';
import { workloadMoved } from './rules/workload-moved';
import { workloadOnVirtualNodes } from './rules/workload-on-virtual-nodes';
import { workloadUnschedulable } from './rules/workload-unschedulable';
import { keyUnread } from './rules/key-unread';
import { kindUnknown } from './rules/kind-unknown';
import { namespaceAbsent } from './rules/namespace-absent';
import { remoteNameMayCollide } from './rules/remote-name-may-collide';
import { systemNamespaceOffloaded } from './rules/system-namespace-offloaded';
import { peeringRemoved } from './rules/peering-removed';
import { peeringChanged } from './rules/peering-changed';
import { peeringWidened } from './rules/peering-widened';
import { liqoRemoved } from './rules/liqo-removed';
import { clusterIdChanged } from './rules/cluster-id-changed';
import { peeringInterrupted } from './rules/peering-interrupted';
import { tenantDrained } from './rules/tenant-drained';
import { guardWeakened } from './rules/guard-weakened';
import { inventoryContradicted } from './rules/inventory-contradicted';
import { webhookSkipped } from './rules/webhook-skipped';

export const RULES: readonly Rule[] = [
  schemaInvalid,
  offloadingName,
  remoteNameRequired,
  mappingStrategyImmutable,
  remoteNameImmutable,
  runtimeClassHandlerImmutable,
  fieldImmutable,
  namespaceRemoved,
  unoffload,
  objectDropped,
  objectUnfetched,
  objectLeftOut,
  ownerDeclared,
  clustersDeselected,
  peeringRemoved,
  peeringChanged,
  tenantDrained,
  liqoRemoved,
  claimRecreated,
  claimRemoved,
  remoteNameReused,
  remoteNameCollision,
  duplicateObject,
  fieldUnknown,
  kindUnknown,
  versionUnknown,
  namespaceAbsent,
  objectNameless,
  notAnObject,
  serverField,
  folderIncomplete,
  objectNotApplied,
  clusterSelectorAbsent,
  selectorInvalid,
  selectorMatchesNothing,
  remoteNameInvalid,
  remoteNameReserved,
  schedulingLabelConflict,
  webhookSkipped,
  peeringInterrupted,
  clusterIdChanged,
  virtualNodesDisagree,
  mappingStrategyNotAccepted,
  runtimeClassRemoved,
  runtimeClassMissing,
  placementContradictsStrategy,
  workloadUnschedulable,
  nodePinDropped,
  policy,
  podStrategyRestricted,
  schedulingLabelMissing,
  workloadMoved,
  workloadEscapesSelector,
  workloadOnVirtualNodes,
  podTemplateUnknown,
  claimNotCarried,
  reflectionWidened,
  runtimeClassOwnedTwice,
  runtimeClassCarriedOver,
  systemNamespaceOffloaded,
  remoteNameMayCollide,
  keyUnread,
  inventoryContradicted,
  selectorTermRedundant,
  selectorMatchesInventory,
  selectorNeedsNodeLabel,
  reoffloadUnsettled,
  remoteNameUnsettled,
  policyNoLongerApplies,
  objectTerminating,
  restoresRefusedChange,
  forceRecreate,
  engineHandover,
  engineDeletesMore,
  guardWeakened,
  engineForceEnabled,
  engineSourceChanged,
  folderTooLarge,
  objectTooLarge,
  fieldNull,
  orphaned,
  clustersSelected,
  peeringWidened,
  declaredElsewhere,
  judgeChanged,
  approvalUnused,
  distStale,
];
