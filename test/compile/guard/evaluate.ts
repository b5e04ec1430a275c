// Evaluates the guard as the API server does (k8s.io/apiserver, pkg/admission/plugin/policy/validating), by a CEL engine.
import { celEnv, isCelError, parse, plan } from '@bufbuild/cel';
import { strings } from '@bufbuild/cel/ext';
import {
  isObject,
  listAt,
  stringsAt,
  textsAt,
  valueAt,
  type Json,
  type JsonObject,
} from '../../../lib/manifests/manifest';
import { celValue } from '../../cel-value';
import type { Actor } from './rows';

export interface Request {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly actor: Actor;
  readonly object: JsonObject | null;
  readonly oldObject: JsonObject | null;
  /** The labels of its namespace. */
  readonly labels: Readonly<Record<string, string>>;
}

/** What the guard says of a request. */
export interface Answer {
  /** The parts that deny it, each with its message. */
  readonly denied: ReadonlyMap<string, string>;
  /** What the audit log says of it. */
  readonly audited: readonly string[];
}

const textOf = (value: Json | undefined, key: string) => stringsAt(value ?? {}).get(key) ?? '';

const PLURALS: Readonly<Record<string, string>> = {
  NamespaceOffloading: 'namespaceoffloadings',
  NamespaceMap: 'namespacemaps',
  VirtualNode: 'virtualnodes',
  ResourceSlice: 'resourceslices',
  ForeignCluster: 'foreignclusters',
  Namespace: 'namespaces',
  Node: 'nodes',
  Pod: 'pods',
};

function selects(selector: Json | undefined, labels: ReadonlyMap<string, string>): boolean {
  const pairs = [...stringsAt(selector ?? {}, 'matchLabels')];
  const expressions = listAt(selector, 'matchExpressions').every((one) => {
    const has = labels.get(textOf(one, 'key'));
    const listed = has !== undefined && textsAt(one, 'values').includes(has);
    return { In: listed, NotIn: !listed, Exists: has !== undefined, DoesNotExist: has === undefined }[
      valueAt(one, 'operator') as 'In'
    ];
  });
  return expressions && pairs.every(([key, value]) => labels.get(key) === value);
}

const labelsIn = (object: JsonObject | null) => stringsAt(object ?? {}, 'metadata', 'labels');

function matches(policy: JsonObject, { operation, object, oldObject }: Request): boolean {
  const about = object ?? oldObject ?? {};
  const [version = '', kind = ''] = [valueAt(about, 'apiVersion'), valueAt(about, 'kind')].map(String);
  const group = version.includes('/') ? version.split('/')[0] : '';
  const constraints = valueAt(policy, 'spec', 'matchConstraints');
  const isWatched = listAt(constraints, 'resourceRules').some(
    (rule) =>
      textsAt(rule, 'operations').includes(operation) &&
      textsAt(rule, 'apiGroups').includes(group ?? '') &&
      textsAt(rule, 'resources').includes(PLURALS[kind] ?? ''),
  );
  const selector = valueAt(constraints, 'objectSelector');
  return isWatched && [object, oldObject].some((one) => one !== null && selects(selector, labelsIn(one)));
}

/** Variables are lazy: each stands where it is used. */
function inlined(expression: string, variables: ReadonlyMap<string, string>): string {
  return expression.replaceAll(/variables\.(\w+)/g, (_, name: string) => {
    const found = variables.get(name);
    if (found === undefined) throw new Error(`no variable ${name}`);
    return `(${inlined(found, variables)})`;
  });
}

const ENV = celEnv({ funcs: strings });
const plans = new Map<string, ReturnType<typeof plan>>();

/** Each expression is parsed once. */
function planned(expression: string) {
  const known = plans.get(expression) ?? plan(ENV, parse(expression));
  plans.set(expression, known);
  return known;
}

function evaluator({ operation, actor, object, oldObject }: Request, params: JsonObject | null) {
  const { user: username, groups } = actor;
  const kind = { kind: valueAt(object ?? oldObject ?? {}, 'kind') };
  const request = { operation, userInfo: { username, groups }, kind };
  const bindings = {
    object: celValue(object),
    oldObject: celValue(oldObject),
    request: celValue(request),
    params: celValue(params),
  };
  return (expression: string) => {
    const answer = planned(expression)(bindings);
    return isCelError(answer) ? new Error(`${answer.message} in ${expression}`) : answer;
  };
}

const named = (policy: JsonObject, list: string) =>
  listAt(policy, 'spec', list).map((one) => [textOf(one, 'name'), textOf(one, 'expression')] as const);

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** @throws Error where an expression is an error: the API server would deny whatever the table says */
function evaluate(
  policy: JsonObject,
  request: Request,
  params: JsonObject | null,
): { message?: string; audited?: string } {
  const cel = evaluator(request, params);
  for (const [, condition] of named(policy, 'matchConditions')) {
    const answer = cel(condition);
    if (answer instanceof Error) throw answer;
    if (answer !== true) return {};
  }
  const variables = new Map(named(policy, 'variables'));
  const ask = (one: Json | undefined, field: string) => cel(inlined(textOf(one, field), variables));
  const [validation] = listAt(policy, 'spec', 'validations');
  const [annotation] = listAt(policy, 'spec', 'auditAnnotations');
  const [passes, audited] = [ask(validation, 'expression'), ask(annotation, 'valueExpression')];
  if (passes instanceof Error) throw passes;
  if (audited instanceof Error) throw audited;
  const message = ask(validation, 'messageExpression');
  if (passes !== true && message instanceof Error) throw message;
  if (passes === true) return { ...(audited !== '' && { audited: shown(audited) }) };
  return { message: shown(message) };
}

/** The answer of the guard that these objects are. */
export function ask(objects: readonly JsonObject[], request: Request): Answer {
  const ofKind = (kind: string) => objects.filter((one) => valueAt(one, 'kind') === kind);
  const nameOf = (one: JsonObject) => stringsAt(one, 'metadata').get('name') ?? '';
  const policies = new Map(ofKind('ValidatingAdmissionPolicy').map((one) => [nameOf(one), one]));
  const denied = new Map<string, string>();
  const audited: string[] = [];
  for (const binding of ofKind('ValidatingAdmissionPolicyBinding')) {
    const name = stringsAt(binding, 'spec').get('policyName') ?? '';
    const policy = policies.get(name);
    if (policy === undefined) throw new Error(`no policy ${name}`);
    const bound = valueAt(binding, 'spec', 'matchResources', 'namespaceSelector');
    if (!matches(policy, request) || !selects(bound, new Map(Object.entries(request.labels)))) continue;
    const ref = valueAt(binding, 'spec', 'paramRef');
    const params = isObject(ref)
      ? ofKind('ConfigMap').filter((one) => selects(valueAt(ref, 'selector'), labelsIn(one)))
      : [null];
    for (const one of params) {
      const { message, audited: text } = evaluate(policy, request, one);
      if (message !== undefined) denied.set(name, message);
      if (text !== undefined) audited.push(text);
    }
  }
  return { denied, audited };
}
