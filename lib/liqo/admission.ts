// What the API server stores when a pod is created: the RuntimeClass admission plugin, then Liqo's pod webhook, then
// validation. Built-in plugins run before webhooks (kubernetes, pkg/kubeapiserver/options/plugins.go), and once more
// after a webhook that changed the object (apiserver, pkg/admission/reinvocation.go).
import { dnsSubdomainProblem, labelKeyProblem, labelValueProblem } from '../selector/labels';
import type { Labels } from '../selector/match';
import type { UncheckedRequirement, UncheckedTerm } from '../selector/term';
import { TYPE_LABEL, VIRTUAL_NODE } from './constants';
import type { PodOffloadingStrategy } from './namespace-offloading';
import type { PodSpec, Toleration } from './pod';
import { runtimeClassManifest, VIRTUAL_NODE_TOLERATION } from './runtime-class';
import { mergeTolerations } from './tolerations';

/** What a pod meets of a RuntimeClass. */
export interface RuntimeClass {
  readonly name: string;
  /** `scheduling.nodeSelector`. */
  readonly nodeSelector?: Labels;
  /** `scheduling.tolerations`. */
  readonly tolerations?: readonly Toleration[];
}

/** A NamespaceOffloading as pods meet it. */
export interface PodOffloading {
  readonly pods: PodOffloadingStrategy;
  /** The clusterSelector; empty: every cluster. Undefined where it is malformed and nobody can say what it means. */
  readonly terms: readonly UncheckedTerm[] | undefined;
}

/** What stands around a pod when it is created. */
export interface Environment {
  readonly namespace: {
    /** Whether it has the scheduling label with the value "true", which turns the webhook on. */
    readonly labelled: boolean;
    /** Absent: there is no NamespaceOffloading. */
    readonly offloading?: PodOffloading;
  };
  /** The RuntimeClass that the pod names; absent where nobody knows it, `missing` where it is known not to exist. */
  readonly runtimeClass?: RuntimeClass | 'missing';
  /** The name that Liqo's webhook takes for Liqo's own (its flag --liqo-runtime-class, from the chart's values). */
  readonly liqoRuntimeClass: string;
}

export type Admission =
  | {
      readonly outcome: 'stored';
      readonly pod: PodSpec;
      /** Whether Liqo's webhook bound the pod to what its namespace selects. */
      readonly bound: boolean;
      /** What was taken for granted because nobody knows it, as sentences. */
      readonly assumptions: readonly string[];
    }
  | { readonly outcome: 'rejected' | 'undecided'; readonly reason: string };

type Step = { readonly pod: PodSpec } | { readonly rejected: string };

/** The class that a pod names, as far as it is known; a sentence where it had to be guessed. */
function classOf(
  name: string,
  { runtimeClass, liqoRuntimeClass }: Environment,
): { readonly known: RuntimeClass; readonly assumption?: string } {
  if (typeof runtimeClass === 'object' && runtimeClass.name === name) return { known: runtimeClass };
  return name === liqoRuntimeClass
    ? {
        known: { name, ...runtimeClassManifest({ name }).scheduling },
        assumption: `The RuntimeClass '${name}' is as Liqo's chart installs it.`,
      }
    : {
        known: { name },
        assumption: `The RuntimeClass '${name}' exists and does not restrict nodes.`,
      };
}

/**
 * setScheduling of the RuntimeClass admission plugin: node selectors are merged unless they conflict, tolerations unless
 * another covers them (kubernetes, plugin/pkg/admission/runtimeclass/admission.go).
 */
function withRuntimeClass(pod: PodSpec, { name, nodeSelector, tolerations }: RuntimeClass): Step {
  for (const [key, value] of Object.entries(nodeSelector ?? {})) {
    const own = Object.hasOwn(pod.nodeSelector, key) ? pod.nodeSelector[key] : undefined;
    if (own !== undefined && own !== value)
      return {
        rejected: `The pod's nodeSelector requires ${key}=${own}, but its RuntimeClass '${name}' requires ${key}=${value}.`,
      };
  }
  if (nodeSelector === undefined && tolerations === undefined) return { pod };
  return {
    pod: {
      ...pod,
      nodeSelector: { ...pod.nodeSelector, ...nodeSelector },
      tolerations: mergeTolerations(pod.tolerations, tolerations ?? []),
    },
  };
}

const typeIs = (operator: 'In' | 'NotIn'): UncheckedRequirement => ({
  key: TYPE_LABEL,
  operator,
  values: [VIRTUAL_NODE],
});

/**
 * createNodeSelectorFromNamespaceOffloading (pkg/webhooks/pod/mutations.go): what the webhook requires of nodes; undefined
 * where it requires nothing. Under Remote a term without requirements becomes one that matches every virtual node.
 */
export function imposedTerms(
  strategy: PodOffloadingStrategy,
  terms: readonly UncheckedTerm[],
): readonly UncheckedTerm[] | undefined {
  switch (strategy) {
    case 'Local':
      return undefined;
    case 'Remote':
      return (terms.length === 0 ? [{}] : terms).map((term) => ({
        matchExpressions: [...(term.matchExpressions ?? []), typeIs('In')],
        matchFields: term.matchFields ?? [],
      }));
    case 'LocalAndRemote':
      return terms.length === 0
        ? undefined
        : [...terms, { matchExpressions: [typeIs('NotIn')], matchFields: [] }];
  }
}

/** MergeNodeSelector (pkg/utils/nodeUtils.go): the product of both, of which only the matchExpressions survive. */
export function mergeNodeSelectors(
  first: readonly UncheckedTerm[],
  second: readonly UncheckedTerm[],
): UncheckedTerm[] {
  return first.flatMap((a) =>
    second.map((b) => ({
      matchExpressions: [...(a.matchExpressions ?? []), ...(b.matchExpressions ?? [])],
      matchFields: [],
    })),
  );
}

/** Whether the webhook changes the pod: not under Local, nor one of Liqo's RuntimeClass (mutatePod, mutations.go). */
export function isBound(
  { runtimeClassName }: PodSpec,
  strategy: PodOffloadingStrategy,
  liqoRuntimeClass: string,
): boolean {
  return strategy !== 'Local' && runtimeClassName !== liqoRuntimeClass;
}

/**
 * mutatePod (pkg/webhooks/pod/mutations.go): appends the toleration, also where it is there already, and imposes the
 * terms; a required node affinity without terms counts as none (fillPodWithTheNewNodeSelector).
 */
function withWebhook(
  pod: PodSpec,
  strategy: PodOffloadingStrategy,
  terms: readonly UncheckedTerm[],
): PodSpec {
  const imposed = imposedTerms(strategy, terms);
  const own = pod.required ?? [];
  return {
    ...pod,
    tolerations: [...pod.tolerations, VIRTUAL_NODE_TOLERATION],
    ...(imposed && { required: own.length === 0 ? imposed : mergeNodeSelectors(own, imposed) }),
  };
}

/** ValidateNodeSelectorRequirement. That a bound of Gt and Lt is a number is not among it; the scheduler finds that. */
function expressionProblem({ key, operator, values }: UncheckedRequirement): string | undefined {
  const list = values ?? [];
  const name = labelKeyProblem(key);
  if (name !== undefined) return `the key '${key}' ${name}`;
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (list.length === 0) return `${key}: ${operator} needs a value`;
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (list.length > 0) return `${key}: ${operator} takes no values`;
      break;
    case 'Gt':
    case 'Lt':
      if (list.length !== 1) return `${key}: ${operator} takes one value`;
      break;
    default:
      return `${key}: '${operator}' is not an operator`;
  }
  const wrong = list.find((value) => labelValueProblem(value) !== undefined);
  return wrong === undefined ? undefined : `${key}: the value '${wrong}' ${labelValueProblem(wrong) ?? ''}`;
}

/** ValidateNodeFieldSelectorRequirement. */
function fieldProblem({ key, operator, values }: UncheckedRequirement): string | undefined {
  if (key !== 'metadata.name') return `matchFields does not support '${key}'`;
  if (operator !== 'In' && operator !== 'NotIn') return `matchFields: '${operator}' is not allowed`;
  const [name] = values ?? [];
  if (values?.length !== 1 || name === undefined) return 'matchFields: exactly one value is allowed';
  const problem = dnsSubdomainProblem(name);
  return problem === undefined ? undefined : `matchFields: the name '${name}' ${problem}`;
}

/**
 * Why the API server refuses a required node affinity, or undefined. A term without requirements passes, and so does a
 * label value that is none, before Kubernetes had AllowInvalidLabelValueInRequiredNodeAffinity; here it is refused.
 * Source: kubernetes, pkg/apis/core/validation/validation.go, ValidateNodeSelector.
 */
export function requiredProblem(terms: readonly UncheckedTerm[]): string | undefined {
  if (terms.length === 0) return 'it has no nodeSelectorTerms';
  for (const { matchExpressions, matchFields } of terms) {
    for (const one of matchExpressions ?? []) {
      const problem = expressionProblem(one);
      if (problem !== undefined) return problem;
    }
    for (const one of matchFields ?? []) {
      const problem = fieldProblem(one);
      if (problem !== undefined) return problem;
    }
  }
  return undefined;
}

/** The stored pod, unless validation refuses it. */
function stored(pod: PodSpec, bound: boolean, assumptions: readonly string[]): Admission {
  const problem = pod.required && requiredProblem(pod.required);
  if (problem === undefined) return { outcome: 'stored', pod, bound, assumptions };
  const whose = bound ? " after Liqo's webhook has merged the clusterSelector into it" : '';
  return {
    outcome: 'rejected',
    reason: `The API server refuses the pod's required node affinity${whose}: ${problem}.`,
  };
}

/** Applies to a new pod what the API server would, in its order. */
export function admit(pod: PodSpec, environment: Environment): Admission {
  const { runtimeClassName: name } = pod;
  if (name !== undefined && environment.runtimeClass === 'missing')
    return { outcome: 'rejected', reason: `The pod's RuntimeClass '${name}' does not exist.` };
  const { known, assumption } = name === undefined ? {} : classOf(name, environment);
  const assumptions = assumption === undefined ? [] : [assumption];
  const first = known === undefined ? { pod } : withRuntimeClass(pod, known);
  if ('rejected' in first) return { outcome: 'rejected', reason: first.rejected };
  const { labelled, offloading } = environment.namespace;
  if (!labelled) return stored(first.pod, false, assumptions);
  if (offloading === undefined)
    return {
      outcome: 'rejected',
      reason:
        "The namespace has Liqo's scheduling label but no NamespaceOffloading: Liqo's webhook rejects every new pod.",
    };
  if (!isBound(first.pod, offloading.pods, environment.liqoRuntimeClass))
    return stored(first.pod, false, assumptions);
  if (offloading.terms === undefined)
    return {
      outcome: 'undecided',
      reason: "The namespace's clusterSelector is malformed: what Liqo's webhook does with it is unknown.",
    };
  const changed = withWebhook(first.pod, offloading.pods, offloading.terms);
  const again = known === undefined ? { pod: changed } : withRuntimeClass(changed, known);
  if ('rejected' in again) return { outcome: 'rejected', reason: again.rejected };
  return stored(again.pod, true, assumptions);
}
