// The parts of a PodSpec that decide where the pod may run: read from JSON, and written back without touching the rest.
// Source: k8s.io/api, core/v1/types.go.
import type { Labels } from '../selector/match';
import type { UncheckedRequirement, UncheckedTerm } from '../selector/term';

export const TAINT_EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'] as const;
export type TaintEffect = (typeof TAINT_EFFECTS)[number];

/** Gt and Lt exist since Kubernetes 1.35, behind the feature gate TaintTolerationComparisonOperators. */
export const TOLERATION_OPERATORS = ['Exists', 'Equal', 'Gt', 'Lt'] as const;
export type TolerationOperator = (typeof TOLERATION_OPERATORS)[number];

export interface Toleration {
  /** Absent with Exists: every key. */
  readonly key?: string;
  /** Absent: Equal. */
  readonly operator?: TolerationOperator;
  readonly value?: string;
  /** Absent: every effect. */
  readonly effect?: TaintEffect;
  /** For how many seconds a NoExecute taint is tolerated; absent: for ever. */
  readonly tolerationSeconds?: number;
}

export interface PodSpec {
  readonly runtimeClassName?: string;
  /** Set by hand, it puts the pod on that node past the scheduler. */
  readonly nodeName?: string;
  readonly nodeSelector: Labels;
  readonly tolerations: readonly Toleration[];
  /**
   * The nodeSelectorTerms of `affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution`; undefined where it is
   * absent. They are alternatives, and none of them at all matches no node.
   */
  readonly required?: readonly UncheckedTerm[];
}

/** Parsed JSON, as a manifest holds it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

export type ReadPodSpec =
  { readonly ok: true; readonly pod: PodSpec } | { readonly ok: false; readonly problems: readonly string[] };

/** Where an affinity for nodes keeps what it requires. */
export const REQUIRED = 'requiredDuringSchedulingIgnoredDuringExecution';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Collects what is wrong while it reads; null counts as absent, as in Go's JSON. */
class Reading {
  readonly problems: string[] = [];

  object(value: unknown, path: string): Readonly<Record<string, unknown>> | undefined {
    if (isObject(value)) return value;
    this.expect('an object', value, path);
    return undefined;
  }

  text(value: unknown, path: string): string | undefined {
    if (typeof value === 'string') return value;
    this.expect('a string', value, path);
    return undefined;
  }

  integer(value: unknown, path: string): number | undefined {
    if (typeof value === 'number' && Number.isInteger(value)) return value;
    this.expect('an integer', value, path);
    return undefined;
  }

  /** Go reads an empty string as if the field were absent. */
  oneOf<T extends string>(known: readonly T[], value: unknown, path: string): T | undefined {
    const found = known.find((one) => one === value);
    if (found === undefined && value !== '') this.expect(`one of ${known.join(', ')}`, value, path);
    return found;
  }

  list<T>(value: unknown, path: string, read: (one: unknown, path: string) => T): T[] | undefined {
    if (Array.isArray(value)) return value.map((one: unknown, i) => read(one, `${path}[${i}]`));
    this.expect('a list', value, path);
    return undefined;
  }

  private expect(what: string, value: unknown, path: string): void {
    if (value !== undefined && value !== null)
      this.problems.push(`${path} must be ${what}, not ${JSON.stringify(value)}`);
  }
}

function readToleration(reading: Reading, value: unknown, path: string): Toleration {
  const of = reading.object(value, path) ?? {};
  const key = reading.text(of['key'], `${path}.key`);
  const operator = reading.oneOf(TOLERATION_OPERATORS, of['operator'], `${path}.operator`);
  const text = reading.text(of['value'], `${path}.value`);
  const effect = reading.oneOf(TAINT_EFFECTS, of['effect'], `${path}.effect`);
  const seconds = reading.integer(of['tolerationSeconds'], `${path}.tolerationSeconds`);
  return {
    ...(key !== undefined && { key }),
    ...(operator !== undefined && { operator }),
    ...(text !== undefined && { value: text }),
    ...(effect !== undefined && { effect }),
    ...(seconds !== undefined && { tolerationSeconds: seconds }),
  };
}

function readRequirement(reading: Reading, value: unknown, path: string): UncheckedRequirement {
  const of = reading.object(value, path) ?? {};
  const key = reading.text(of['key'], `${path}.key`) ?? '';
  const operator = reading.text(of['operator'], `${path}.operator`) ?? '';
  const values = reading.list(of['values'], `${path}.values`, (one, at) => reading.text(one, at) ?? '');
  return { key, operator, ...(values !== undefined && { values }) };
}

function readTerm(reading: Reading, value: unknown, path: string): UncheckedTerm {
  const of = reading.object(value, path) ?? {};
  const list = (field: string) =>
    reading.list(of[field], `${path}.${field}`, (one, at) => readRequirement(reading, one, at));
  const [matchExpressions, matchFields] = [list('matchExpressions'), list('matchFields')];
  return { ...(matchExpressions && { matchExpressions }), ...(matchFields && { matchFields }) };
}

function readRequired(
  reading: Reading,
  spec: Readonly<Record<string, unknown>>,
): UncheckedTerm[] | undefined {
  const affinity = reading.object(spec['affinity'], 'affinity');
  const node = reading.object(affinity?.['nodeAffinity'], 'affinity.nodeAffinity');
  const path = `affinity.nodeAffinity.${REQUIRED}`;
  const required = reading.object(node?.[REQUIRED], path);
  if (required === undefined) return undefined;
  const terms = `${path}.nodeSelectorTerms`;
  return reading.list(required['nodeSelectorTerms'], terms, (one, at) => readTerm(reading, one, at)) ?? [];
}

/** Reads the spec of a pod, or says everything in it that has the wrong form, with its path inside the spec. */
export function readPodSpec(spec: unknown): ReadPodSpec {
  const reading = new Reading();
  const of = reading.object(spec, 'the pod spec') ?? {};
  const runtimeClassName = reading.text(of['runtimeClassName'], 'runtimeClassName');
  // The RuntimeClass plugin looks an empty name up, and fails: it is not the same as none.
  if (runtimeClassName === '') reading.problems.push('runtimeClassName must be a name, not ""');
  const nodeName = reading.text(of['nodeName'], 'nodeName');
  const labels = Object.entries(reading.object(of['nodeSelector'], 'nodeSelector') ?? {});
  const nodeSelector = Object.fromEntries(
    labels.map(([key, value]) => [key, reading.text(value ?? '', `nodeSelector.${key}`) ?? '']),
  );
  const tolerations =
    reading.list(of['tolerations'], 'tolerations', (one, at) => readToleration(reading, one, at)) ?? [];
  const required = readRequired(reading, of);
  if (reading.problems.length > 0) return { ok: false, problems: reading.problems };
  return {
    ok: true,
    pod: {
      ...(runtimeClassName !== undefined && { runtimeClassName }),
      ...(nodeName !== undefined && nodeName !== '' && { nodeName }),
      nodeSelector,
      tolerations,
      ...(required !== undefined && { required }),
    },
  };
}

function requirementJson({ key, operator, values }: UncheckedRequirement): JsonObject {
  return { key, operator, ...(values && values.length > 0 && { values }) };
}

function termJson({ matchExpressions, matchFields }: UncheckedTerm): JsonObject {
  const list = (all: readonly UncheckedRequirement[] | null | undefined) =>
    all && all.length > 0 ? all.map(requirementJson) : undefined;
  const [expressions, fields] = [list(matchExpressions), list(matchFields)];
  return { ...(expressions && { matchExpressions: expressions }), ...(fields && { matchFields: fields }) };
}

const objectAt = (of: JsonObject, key: string): JsonObject => {
  const value = of[key];
  return typeof value === 'object' && value !== null && !isList(value) ? value : {};
};
const isList = (value: Json): value is readonly Json[] => Array.isArray(value);

function withRequired(spec: JsonObject, terms: readonly UncheckedTerm[]): JsonObject {
  const affinity = objectAt(spec, 'affinity');
  const nodeAffinity = objectAt(affinity, 'nodeAffinity');
  const required = { nodeSelectorTerms: terms.map(termJson) };
  return { ...spec, affinity: { ...affinity, nodeAffinity: { ...nodeAffinity, [REQUIRED]: required } } };
}

const differ = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);

/**
 * The spec of a pod with what a placement changed of it: runtimeClassName, tolerations and required node affinity. All
 * else, other affinities among it, and every part that did not change stays as it is written.
 * @param was what {@link readPodSpec} read of the spec
 */
export function rewritePodSpec(spec: JsonObject, was: PodSpec, is: PodSpec): JsonObject {
  const written = {
    ...spec,
    ...(is.runtimeClassName !== was.runtimeClassName && { runtimeClassName: is.runtimeClassName }),
    ...(differ(was.tolerations, is.tolerations) && {
      tolerations: is.tolerations.map((one) => ({ ...one })),
    }),
  };
  return is.required !== undefined && differ(was.required, is.required)
    ? withRequired(written, is.required)
    : written;
}
