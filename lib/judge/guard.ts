// The guard as manifests have it: what each ValidatingAdmissionPolicy stops, for whom, and how hard. Ours are known by their
// label; of others those are read that are about Liqo's kinds, as far as their form is the same.
import { GUARD_LABEL, PASSES } from '../liqo/guard';
import { isLiqoGroup } from '../liqo/kinds';
import {
  groupOf,
  labelsOf,
  listAt,
  stringsAt,
  textsAt,
  valueAt,
  type Json,
  type Manifest,
} from '../manifests/manifest';
import type { State } from './state';

/** From nothing to the hardest. */
export const FORCES = ['nothing', 'Audit', 'Warn', 'Deny'] as const;
export type Force = (typeof FORCES)[number];

/** One binding of a policy. */
export interface GuardBinding {
  readonly force: Force;
  /** LabelSelectors, undefined for everything. */
  readonly namespaces: Json | undefined;
  readonly objects: Json | undefined;
  /** It looks at less than its policy does. */
  readonly isBounded: boolean;
}

export interface GuardPolicy {
  readonly manifest: Manifest;
  /** What it guards, by its label; empty for one of somebody else. */
  readonly guards: string;
  /** Operations, groups and resources, as `DELETE namespaceoffloadings.offloading.liqo.io`. */
  readonly watched: ReadonlySet<string>;
  /** CEL by name: a request is looked at if all of them hold. */
  readonly conditions: ReadonlyMap<string, string>;
  /** CEL: what is asked, with the variables that it is made of. */
  readonly asked: readonly string[];
  readonly isFailing: boolean;
  readonly objects: Json | undefined;
  readonly bindings: readonly GuardBinding[];
}

const GROUP = 'admissionregistration.k8s.io';
const isOf = (kind: string, one: Manifest) => one.kind === kind && groupOf(one.apiVersion) === GROUP;

const isEmpty = (value: Json | undefined) =>
  value === undefined || (typeof value === 'object' && Object.keys(value ?? {}).length === 0);
const orNone = (value: Json | undefined) => (isEmpty(value) ? undefined : value);

function forceOf(binding: Manifest): Force {
  const actions = textsAt(binding.body, 'spec', 'validationActions');
  return FORCES.findLast((one) => actions.includes(one)) ?? 'nothing';
}

function toBinding(binding: Manifest): GuardBinding {
  const matched = valueAt(binding.body, 'spec', 'matchResources');
  return {
    force: forceOf(binding),
    namespaces: orNone(valueAt(matched, 'namespaceSelector')),
    objects: orNone(valueAt(matched, 'objectSelector')),
    isBounded: listAt(matched, 'resourceRules').length + listAt(matched, 'excludeResourceRules').length > 0,
  };
}

/** Every operation on every resource that a rule names; `*` for all of them. */
function watchedBy(rule: Json): string[] {
  const operations = textsAt(rule, 'operations').flatMap((one) =>
    one === '*' ? ['CREATE', 'UPDATE', 'DELETE', 'CONNECT'] : [one],
  );
  const resources = textsAt(rule, 'resources').flatMap((one) =>
    textsAt(rule, 'apiGroups').map((group) => (group === '' ? one : `${one}.${group}`)),
  );
  return operations.flatMap((operation) => resources.map((one) => `${operation} ${one}`));
}

const expressions = (policy: Manifest, list: string) =>
  listAt(policy.body, 'spec', list).map((one) => stringsAt(one));

function toPolicy(manifest: Manifest, bindings: readonly Manifest[]): GuardPolicy {
  const constraints = valueAt(manifest.body, 'spec', 'matchConstraints');
  const bound = bindings.filter(({ body }) => stringsAt(body, 'spec').get('policyName') === manifest.name);
  const named = (list: string) =>
    expressions(manifest, list).map((one) => [one.get('name') ?? '', one.get('expression') ?? ''] as const);
  return {
    manifest,
    guards: labelsOf(manifest).get(GUARD_LABEL) ?? '',
    watched: new Set(listAt(constraints, 'resourceRules').flatMap(watchedBy)),
    conditions: new Map(named('matchConditions')),
    asked: [
      ...expressions(manifest, 'validations').map((one) => one.get('expression') ?? ''),
      ...named('variables').map(([name, expression]) => `${name} = ${expression}`),
    ],
    isFailing: stringsAt(manifest.body, 'spec').get('failurePolicy') !== 'Ignore',
    objects: orNone(valueAt(constraints, 'objectSelector')),
    bindings: bound.map(toBinding),
  };
}

const isAboutLiqo = ({ watched }: GuardPolicy) =>
  [...watched].some((one) => isLiqoGroup(one.slice(one.indexOf('.') + 1)));

/** The guard of a state. */
export function guardOf({ manifests }: State): GuardPolicy[] {
  const bindings = manifests.filter((one) => isOf('ValidatingAdmissionPolicyBinding', one));
  return manifests
    .filter((one) => isOf('ValidatingAdmissionPolicy', one))
    .map((one) => toPolicy(one, bindings))
    .filter((one) => one.guards !== '' || isAboutLiqo(one));
}

/** The force of the hardest binding. */
export const hardest = ({ bindings }: GuardPolicy): Force =>
  FORCES.findLast((one) => bindings.some(({ force }) => force === one)) ?? 'nothing';

const OURS =
  /^(?:!\((?:request\.userInfo\.username in \[[^\]]*\]|has\(request\.userInfo\.groups\) && "[^"]*" in request\.userInfo\.groups)\)(?: && )?)+$/;

/** The names that a condition of ours lets pass; undefined for one of another form. */
export function lets(name: string, expression: string): ReadonlySet<string> | undefined {
  if (!Object.hasOwn(PASSES, name) || !OURS.test(expression)) return undefined;
  return new Set([...expression.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, one = '']) => one));
}

/** The keys of the ConfigMaps that hold a list, each with its ConfigMap. */
export function listed({ manifests }: State, name: string): ReadonlyMap<string, Manifest> {
  const maps = manifests.filter(
    (one) => one.kind === 'ConfigMap' && labelsOf(one).get(GUARD_LABEL) === `parameters-${name}`,
  );
  return new Map(
    maps.flatMap((one) => [...stringsAt(one.body, 'data').keys()].map((key) => [key, one] as const)),
  );
}
