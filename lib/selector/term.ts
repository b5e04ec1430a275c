// The one form in which a selector is kept: node selector terms, as Kubernetes' core/v1 has them.
import { labelKeyProblem, labelValueProblem } from './labels';

/** The operators of a core/v1 NodeSelectorRequirement. */
export const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'] as const;
export type Operator = (typeof OPERATORS)[number];

/** Whether a missing label fails a requirement with the operator. */
export function needsLabel(operator: Operator): boolean {
  return operator !== 'NotIn' && operator !== 'DoesNotExist';
}

/** One condition on one label (or field): `key operator values`. */
export interface Requirement {
  readonly key: string;
  readonly operator: Operator;
  /** At least one for In and NotIn, none for Exists and DoesNotExist, one base-10 int64 for Gt and Lt. */
  readonly values: readonly string[];
}

/** All requirements must hold; a term without any matches nothing (core/v1 NodeSelectorTerm). */
export interface Term {
  readonly matchExpressions: readonly Requirement[];
  /** Only `metadata.name` with In or NotIn and one value has a meaning. */
  readonly matchFields: readonly Requirement[];
}

/** Terms are alternatives. No terms at all match everything in Liqo's clusterSelector. */
export type NodeSelector = readonly Term[];

/** What a requirement may look like before it has been checked; the CRD accepts any string as operator. */
export interface UncheckedRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[] | null;
}
export interface UncheckedTerm {
  readonly matchExpressions?: readonly UncheckedRequirement[] | null;
  readonly matchFields?: readonly UncheckedRequirement[] | null;
}

export const INT64_MAX = 2n ** 63n - 1n;
const INT64_MIN = -(2n ** 63n);

/** Reads a label as Go's strconv.ParseInt(s, 10, 64) does: undefined where it is no int64; leading zeros are fine. */
export function parseInt64(text: string): bigint | undefined {
  if (!/^[+-]?[0-9]+$/.test(text)) return undefined;
  const value = BigInt(text.replace(/^\+/, ''));
  return value > INT64_MAX || value < INT64_MIN ? undefined : value;
}

function isOperator(text: string): text is Operator {
  return OPERATORS.some((operator) => operator === text);
}

/** Why a number of values does not fit an operator, as labels.NewRequirement puts it. */
function valueProblem(operator: Operator, values: readonly string[]): string | undefined {
  switch (operator) {
    case 'In':
    case 'NotIn':
      if (values.length === 0) return `${operator} needs at least one value`;
      break;
    case 'Exists':
    case 'DoesNotExist':
      if (values.length > 0) return `${operator} takes no values`;
      break;
    case 'Gt':
    case 'Lt': {
      const [bound] = values;
      if (values.length !== 1 || bound === undefined) return `${operator} takes exactly one value`;
      if (parseInt64(bound) === undefined)
        return `${operator} needs an integer of 64 bits, not ${JSON.stringify(bound)}`;
    }
  }
  for (const value of values) {
    const problem = labelValueProblem(value);
    if (problem !== undefined) return `the value ${JSON.stringify(value)} ${problem}`;
  }
  return undefined;
}

/**
 * Why Kubernetes cannot use a requirement of matchExpressions, or undefined where it can.
 * Source: apimachinery, pkg/labels/selector.go, NewRequirement.
 */
export function requirementProblem({ key, operator, values }: UncheckedRequirement): string | undefined {
  if (!isOperator(operator))
    return `${JSON.stringify(operator)} is not an operator: use one of ${OPERATORS.join(', ')}`;
  const problem = labelKeyProblem(key);
  if (problem !== undefined) return `the key ${JSON.stringify(key)} ${problem}`;
  const inValues = valueProblem(operator, values ?? []);
  return inValues === undefined ? undefined : `${key}: ${inValues}`;
}

/** The same for matchFields (component-helpers, scheduling/corev1/nodeaffinity): In or NotIn, exactly one value. */
function fieldProblem({ key, operator, values }: UncheckedRequirement): string | undefined {
  if (operator !== 'In' && operator !== 'NotIn')
    return `matchFields ${key}: only In and NotIn are allowed, not ${JSON.stringify(operator)}`;
  return values?.length === 1 ? undefined : `matchFields ${key}: exactly one value is allowed`;
}

export type CheckedTerm =
  { readonly ok: true; readonly term: Term } | { readonly ok: false; readonly problems: readonly string[] };

/** Turns a term as a manifest has it into a {@link Term}, or says everything that is wrong with it. */
export function checkTerm(term: UncheckedTerm): CheckedTerm {
  const problems: string[] = [];
  const check = (
    list: readonly UncheckedRequirement[] | null | undefined,
    problemOf: (one: UncheckedRequirement) => string | undefined,
  ) =>
    (list ?? []).flatMap((one) => {
      const problem = problemOf(one);
      if (problem !== undefined) problems.push(problem);
      return isOperator(one.operator)
        ? [{ key: one.key, operator: one.operator, values: one.values ?? [] }]
        : [];
    });
  const matchExpressions = check(term.matchExpressions, requirementProblem);
  const matchFields = check(term.matchFields, fieldProblem);
  return problems.length > 0
    ? { ok: false, problems }
    : { ok: true, term: { matchExpressions, matchFields } };
}
