// When a NamespaceOffloading counts as healthy, and the same answer in the languages of Argo CD (Lua) and Flux (CEL).
// Source: apis/offloading/v1beta1/namespaceoffloading_types.go and namespaceoffloading-controller, status.go.
import { OFFLOADING_API_VERSION, OFFLOADING_KIND } from '../../liqo/constants';

/**
 * What an engine does with an object: `healthy` lets it go on to what comes next, `progressing` makes it wait, and
 * `degraded` fails the sync (Argo CD, when nothing else in the wave is progressing) or the Kustomization (Flux, at once).
 */
export type Verdict = 'healthy' | 'progressing' | 'degraded';

/** The verdicts on phases where the right one depends on what is deployed next. */
export interface HealthSettings {
  /**
   * Of a namespace that no provider is selected for. Waiting alone does not change that, and Argo CD would wait for
   * ever, so a sync fails by default. `healthy` suits workloads that may run locally meanwhile.
   * @default 'degraded'
   */
  readonly noClusterSelected?: Verdict;
  /**
   * Of a namespace that some of the selected providers refuse. By default a sync fails, as `liqoctl offload namespace`
   * does; `healthy` goes on with the other providers, once each has answered.
   * @default 'degraded'
   */
  readonly someFailed?: Verdict;
}

interface Phase {
  readonly verdict: Verdict;
  /** Where the user may choose another verdict. */
  readonly setting?: keyof HealthSettings;
  /** What the phase says, as one sentence. Argo CD shows it. */
  readonly reason: string;
}

/** Every `status.offloadingPhase`. A phase that is not here waits. */
export const PHASES = {
  Ready: { verdict: 'healthy', reason: 'Every selected provider has its twin namespace.' },
  InProgress: {
    verdict: 'progressing',
    reason: 'A selected provider has not answered yet.',
  },
  NoClusterSelected: {
    verdict: 'degraded',
    setting: 'noClusterSelected',
    reason: 'No provider matches the clusterSelector, or Liqo could not evaluate it.',
  },
  SomeFailed: {
    verdict: 'degraded',
    setting: 'someFailed',
    reason: 'Some selected providers could not create the twin namespace; Liqo tries again.',
  },
  AllFailed: {
    verdict: 'degraded',
    reason: 'No selected provider could create the twin namespace; Liqo tries again.',
  },
  Terminating: { verdict: 'progressing', reason: 'The twin namespaces are being deleted.' },
} as const satisfies Readonly<Record<string, Phase>>;

/** Every phase, in the order of PHASES, with the verdict that the settings give it. */
export const phases = (settings: HealthSettings = {}) =>
  Object.entries<Phase>(PHASES).map(([name, phase]) => ({
    ...phase,
    name,
    verdict: (phase.setting && settings[phase.setting]) ?? phase.verdict,
  }));

/**
 * The reasons that the conditions of a provider have together when it is selected and has not answered. A provider that was
 * deselected before it answered keeps the second.
 */
const SELECTED = 'ClusterSelected';
const CREATING = 'Creating';

const ARGO_STATUS: Readonly<Record<Verdict, string>> = {
  healthy: 'Healthy',
  progressing: 'Progressing',
  degraded: 'Degraded',
};

/**
 * The health check of a NamespaceOffloading for Argo CD: Lua for `resource.customizations.health.*` of the ConfigMap
 * argocd-cm. It reads the global `obj` and returns a table of `status` and `message`; it calls nothing but `type`,
 * `pairs` and `ipairs`, since Argo CD opens few libraries (docs/operator-manual/health.md; util/lua/lua.go).
 *
 * A phase counts when it is of this generation, and every selected provider has answered: Liqo compares numbers of
 * providers, deselected ones included, so for a moment an old provider's answer can pass for a new one's.
 */
export function argoHealthScript(settings: HealthSettings = {}): string {
  const rows = phases(settings).map(
    ({ name, verdict, reason }) => `  ${name} = { "${ARGO_STATUS[verdict]}", "${reason}" },`,
  );
  return `local phases = {
${rows.join('\n')}
}
local status = type(obj.status) == "table" and obj.status or {}
local settled = status.observedGeneration == obj.metadata.generation and obj.metadata.deletionTimestamp == nil
for _, conditions in pairs(status.remoteNamespacesConditions or {}) do
  local selected, creating = false, false
  for _, condition in ipairs(conditions) do
    selected = selected or condition.reason == "${SELECTED}"
    creating = creating or condition.reason == "${CREATING}"
  end
  settled = settled and not (selected and creating)
end
local waiting = { "Progressing", "Liqo has not seen this version yet, or a selected provider has not answered." }
local phase = settled and phases[status.offloadingPhase] or waiting
return { status = phase[1], message = phase[2] }
`;
}

/** An element of `spec.healthCheckExprs` of a Flux Kustomization; all but the first two fields are CEL. */
export interface FluxHealthCheck {
  readonly apiVersion: string;
  readonly kind: string;
  readonly inProgress: string;
  readonly failed: string;
  readonly current: string;
}

/** True of an object whose status says nothing about its present spec. */
const UNSETTLED = [
  // CEL cannot ask whether there is a status at all: reading a field of none is an error, unless another operand of
  // || is true. Liqo adds its finalizer before it writes a status, so an object without any has none.
  '!has(metadata.finalizers)',
  'has(metadata.deletionTimestamp)',
  '!has(status.observedGeneration)',
  'status.observedGeneration != metadata.generation',
  `has(status.remoteNamespacesConditions) && status.remoteNamespacesConditions.exists(id,
  ['${SELECTED}', '${CREATING}'].all(reason,
    status.remoteNamespacesConditions[id].exists(condition, has(condition.reason) && condition.reason == reason)))`,
].join(' ||\n');

/**
 * The health check of a NamespaceOffloading for Flux (kustomize-controller 1.5 and later), with the same answers as
 * {@link argoHealthScript}. Flux asks `inProgress`, then `failed`, then `current`; the first that is true counts, and it
 * waits where none is, or where one is an error (docs/spec/v1/kustomizations.md; fluxcd/pkg, runtime/cel).
 */
export function fluxHealthChecks(settings: HealthSettings = {}): FluxHealthCheck {
  const phaseIs = (verdict: Verdict) => {
    const names = phases(settings).filter((phase) => phase.verdict === verdict);
    return `has(status.offloadingPhase) && status.offloadingPhase in [${names.map(({ name }) => `'${name}'`).join(', ')}]`;
  };
  return {
    apiVersion: OFFLOADING_API_VERSION,
    kind: OFFLOADING_KIND,
    inProgress: UNSETTLED,
    failed: phaseIs('degraded'),
    current: phaseIs('healthy'),
  };
}
