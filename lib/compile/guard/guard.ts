// The guard: ValidatingAdmissionPolicies with their bindings and parameters, compiled from the same configs and policies as
// dist. Static YAML: the API server (1.30 and later) evaluates it, and no program has to run.
// Source: k8s.io/apiserver, pkg/admission/plugin/policy/validating.
import type { LoadedConfig } from '../../config/load';
import { selectorTerms } from '../../config/selector';
import type { GuardConfig, PolicyConfig } from '../../config/types';
import { InputError, type InputProblem } from '../../input/error';
import { suggestion } from '../../input/schema';
import { REMOTE_CLUSTER_LABEL } from '../../liqo/constants';
import {
  ALLOW_ANNOTATION,
  DEFAULT_GUARD_ACTION,
  GUARD_LABEL,
  GUARDED,
  PASSES,
  type GuardAction,
  type GuardDescription,
  type Guarded,
} from '../../liqo/guard';
import type { Json, JsonObject } from '../../manifests/manifest';
import { inLines, literal, textIn } from './cel';
import { CLUSTER_LABELS } from './cluster-labels';
import { localPods } from './local-pods';
import { namespaceDeletion } from './namespace-deletion';
import { NARROWING } from './narrowing';
import { OFFLOADING_DELETION } from './offloading-deletion';
import { encoded, fitsKey, parameterLabels, parameterMaps } from './parameters';
import type { NamedCel, Part } from './part';
import { liqoNamespace, passConditions, passesOf } from './passes';
import { PEERING_DELETION } from './peering-deletion';
import { heldOf, objectName, policyParts } from './policies';
import { SCHEDULING } from './scheduling-label';
import { WEBHOOK_SKIP } from './webhook-skip';

const GROUP = 'admissionregistration.k8s.io';

/** What happens to what the guard stops. Warn and Deny exclude each other; the audit log has it in any case. */
const VALIDATION_ACTIONS: Readonly<Record<Exclude<GuardAction, 'off'>, readonly string[]>> = {
  warn: ['Warn', 'Audit'],
  audit: ['Audit'],
  deny: ['Deny', 'Audit'],
};

const isGuarded = (name: string): name is Guarded => Object.hasOwn(GUARDED, name);
const ALL_GUARDED = Object.keys(GUARDED).filter(isGuarded);

export function actionOf(
  { action = DEFAULT_GUARD_ACTION, actions = {} }: GuardConfig,
  guards: Guarded,
): GuardAction {
  return actions[guards] ?? action;
}

/** Deletions and updates of what is being deleted anyway change nothing any more. */
const NOT_TERMINATING = {
  name: 'not-terminating',
  expression: 'oldObject == null || !has(oldObject.metadata.deletionTimestamp)',
};

const named = ({ name, expression }: NamedCel): JsonObject => ({ name, expression: inLines(expression) });

function operationsOf({ watched }: Part): ReadonlySet<string> {
  return new Set(watched.flatMap(({ operations }) => operations));
}

/** CEL: what an allowance begins with, so that it is of no use once the change is done. */
function allowance(part: Part): string {
  const number = {
    generation: 'string(oldObject.metadata.generation)',
    resourceVersion: 'oldObject.metadata.resourceVersion',
    uid: 'string(oldObject.metadata.uid)',
  }[part.bound];
  const version = operationsOf(part).has('CREATE')
    ? `(request.operation == "CREATE" ? "new" : ${number})`
    : number;
  return `${literal(`${part.guards}@`)} + ${version} + " "`;
}

/** What every part has beside what it asks: the way for a person, and what the audit log says of it. */
function variablesOf(part: Part): Json[] {
  const object = operationsOf(part).has('DELETE') ? 'oldObject' : 'object';
  return [
    ...(part.variables ?? []),
    { name: 'fits', expression: part.fits },
    { name: 'allow', expression: textIn(object, 'annotations', ALLOW_ANNOTATION) },
    { name: 'allowance', expression: allowance(part) },
    {
      name: 'allowed',
      expression:
        'variables.allow.startsWith(variables.allowance) && variables.allow.substring(size(variables.allowance)).trim() != ""',
    },
  ].map(named);
}

const message = ({ does }: Part) =>
  `(${does}) + " Change it in Git, where it is judged. If it must be by hand, set the annotation ${ALLOW_ANNOTATION} to: " + variables.allowance + "<ticket and reason>"`;

function admissionPolicy(part: Part, action: GuardAction, passes: readonly Json[]): JsonObject {
  return {
    apiVersion: `${GROUP}/v1`,
    kind: 'ValidatingAdmissionPolicy',
    metadata: { labels: { [GUARD_LABEL]: part.guards }, name: objectName(part.name) },
    spec: {
      // An error of the policy itself denies whatever its bindings say: only what denies may fail.
      failurePolicy: action === 'deny' ? 'Fail' : 'Ignore',
      ...(part.parameters !== undefined && { paramKind: { apiVersion: 'v1', kind: 'ConfigMap' } }),
      matchConstraints: {
        matchPolicy: 'Equivalent',
        namespaceSelector: {},
        objectSelector: part.objectSelector ?? {},
        resourceRules: part.watched.map(({ operations, apiGroup, resources }) => ({
          apiGroups: [apiGroup],
          apiVersions: ['*'],
          operations,
          resources,
          scope: '*',
        })),
      },
      matchConditions: [...passes, ...[NOT_TERMINATING, ...(part.conditions ?? [])].map(named)],
      variables: variablesOf(part),
      validations: [
        // Flux with `force` makes anew what is called invalid, and not what is forbidden.
        {
          expression: 'variables.fits || variables.allowed',
          messageExpression: inLines(message(part)),
          reason: 'Forbidden',
        },
      ],
      auditAnnotations: [
        {
          key: 'allowed',
          valueExpression: 'variables.allowed && !variables.fits ? string(variables.allow) : ""',
        },
      ],
    },
  };
}

function bindings(part: Part, action: Exclude<GuardAction, 'off'>, parametersIn: string): JsonObject[] {
  return (part.bindings ?? [{ name: '' }]).map(({ name, namespaceSelector }) => ({
    apiVersion: `${GROUP}/v1`,
    kind: 'ValidatingAdmissionPolicyBinding',
    metadata: { labels: { [GUARD_LABEL]: part.guards }, name: objectName(part.name, name) },
    spec: {
      policyName: objectName(part.name),
      ...(part.parameters !== undefined && {
        paramRef: {
          namespace: parametersIn,
          selector: { matchLabels: parameterLabels(part.parameters) },
          // A list that is missing must not stop the Nodes or the Namespaces of a whole cluster.
          parameterNotFoundAction: 'Allow',
        },
      }),
      ...(namespaceSelector !== undefined && {
        matchResources: { matchPolicy: 'Equivalent', namespaceSelector, objectSelector: {} },
      }),
      validationActions: VALIDATION_ACTIONS[action],
    },
  }));
}

/** The keys that selectors use, and those that policies speak of. */
function selectorKeys({ namespaces, policies }: LoadedConfig): string[] {
  const selectors = [
    ...namespaces.map(({ config }) => config.offloading?.clusterSelector ?? []),
    ...policies.map(({ clusters = [] }) => (typeof clusters === 'string' ? [clusters] : clusters)),
  ];
  const terms = selectors.flatMap(selectorTerms);
  const keys = terms.flatMap(({ matchExpressions }) => matchExpressions.map(({ key }) => key));
  return [REMOTE_CLUSTER_LABEL, ...keys].filter(fitsKey).map(encoded);
}

/** What the guard is compiled from. */
export interface GuardSources {
  readonly config: LoadedConfig;
  /** The names of the virtual nodes that are known. */
  readonly virtualNodes: readonly string[];
}

function listOf(
  name: NonNullable<Part['parameters']>,
  { config, virtualNodes }: GuardSources,
): readonly string[] {
  switch (name) {
    case 'namespaces':
      return config.namespaces.flatMap((one) =>
        one.config.offloading === undefined ? [] : [one.config.name],
      );
    case 'selector-keys':
      return selectorKeys(config);
    case 'virtual-nodes':
      return virtualNodes;
  }
}

const policyAction = (guard: GuardConfig, { name }: PolicyConfig): GuardAction =>
  guard.policies?.[name] ?? actionOf(guard, 'policies');

/** All parts with what happens to what they stop. */
function partsOf({ policies }: Pick<LoadedConfig, 'policies'>, guard: GuardConfig) {
  const fixed: readonly Part[] = [
    OFFLOADING_DELETION,
    ...namespaceDeletion(liqoNamespace(guard)),
    NARROWING,
    WEBHOOK_SKIP,
    SCHEDULING,
    PEERING_DELETION,
    ...CLUSTER_LABELS,
    ...localPods(policies, liqoNamespace(guard)),
  ];
  return [
    ...fixed.map((part) => ({ part, action: actionOf(guard, part.guards) })),
    ...policies.flatMap((policy) =>
      policyParts(policy).map((part) => ({ part, action: policyAction(guard, policy) })),
    ),
  ];
}

/** @throws InputError for settings of policies that cannot be kept */
function refusePolicies({ cluster, clusterFile, policies }: LoadedConfig): void {
  const problems = Object.entries(cluster.guard?.policies ?? {}).flatMap(([name, action]): InputProblem[] => {
    const at = { file: clusterFile, path: `/guard/policies/${name}` };
    const policy = policies.find((one) => one.name === name);
    if (policy === undefined) {
      const meant = suggestion(
        name,
        policies.map((one) => one.name),
      );
      const remedy = meant === undefined ? undefined : `did you mean '${meant}'?`;
      return [{ ...at, message: `there is no policy '${name}'`, remedy }];
    }
    if (action !== 'deny' || policyParts(policy).length > 0) return [];
    const [first] = heldOf(policy);
    const message = `the policy '${name}' cannot be held in the cluster: ${first?.why ?? ''}`;
    return [{ ...at, message, remedy: "say 'off' here: the judge holds it" }];
  });
  if (problems.length > 0) throw new InputError(problems);
}

/**
 * The objects of the guard that a config asks for, lists first: a binding finds them when it comes.
 * @returns none where it asks for none
 * @throws InputError for settings of policies that cannot be kept
 */
export function guardObjects(sources: GuardSources): JsonObject[] {
  const { cluster } = sources.config;
  const { guard } = cluster;
  if (guard === undefined) return [];
  refusePolicies(sources.config);
  const parametersIn = guard.parametersNamespace ?? 'kube-system';
  const passes = passConditions(cluster).map(named);
  const parts = partsOf(sources.config, guard).flatMap(({ part, action }) => {
    const isIdle = part.parameters !== undefined && listOf(part.parameters, sources).length === 0;
    return action === 'off' || isIdle ? [] : [{ part, action }];
  });
  const lists = new Set(parts.flatMap(({ part }) => part.parameters ?? []));
  return [
    ...[...lists].sort().flatMap((name) => parameterMaps(name, parametersIn, listOf(name, sources))),
    ...parts.map(({ part, action }) => admissionPolicy(part, action, passes)),
    ...parts.flatMap(({ part, action }) => bindings(part, action, parametersIn)),
  ];
}

/** The guard of a config in words; undefined where it has none. */
export function describeGuard({
  cluster,
  policies,
}: Pick<LoadedConfig, 'cluster' | 'policies'>): GuardDescription | undefined {
  const { guard } = cluster;
  if (guard === undefined) return undefined;
  return {
    guarded: ALL_GUARDED.map((name) => ({ name, stops: GUARDED[name], action: actionOf(guard, name) })),
    passes: [...passesOf(cluster)].map(([pass, names]) => ({ who: PASSES[pass], names })),
    policies: policies.flatMap((policy) =>
      heldOf(policy).map((one) => ({ ...one, action: policyAction(guard, policy) })),
    ),
  };
}
