// Whether any label set at all can satisfy a term: exact, key by key, since requirements on different keys are independent.
import { matchesRequirement } from './match';
import { parseInt64, type Requirement, type Term } from './term';

const LABEL_VALUE_LENGTH = 63;
const INT64_MAX = 2n ** 63n - 1n;

/** The label values that read as an integer in a range: `7`, `07`, … up to 63 characters, lowest integer first. */
function* spellings(low: bigint, high: bigint): Generator<string> {
  for (let value = low; value <= high; value += 1n) {
    const digits = value.toString();
    for (let zeros = 0; digits.length + zeros <= LABEL_VALUE_LENGTH; zeros += 1)
      yield '0'.repeat(zeros) + digits;
  }
}

/** Values one of which satisfies the requirements if any value does. */
function* candidates(requirements: readonly Requirement[]): Generator<string> {
  const listed = requirements.find(({ operator }) => operator === 'In');
  if (listed !== undefined) {
    yield* listed.values;
    return;
  }
  const bounds = (operator: 'Gt' | 'Lt') =>
    requirements.flatMap((one) => (one.operator === operator ? [parseInt64(one.values[0] ?? '') ?? 0n] : []));
  const above = bounds('Gt');
  const below = bounds('Lt');
  const excluded = requirements.reduce(
    (sum, one) => sum + (one.operator === 'NotIn' ? one.values.length : 0),
    0,
  );
  if (above.length + below.length === 0) {
    for (let i = 0; i <= excluded; i += 1) yield `v${i}`;
    return;
  }
  const low = above.reduce((most, bound) => (bound + 1n > most ? bound + 1n : most), 0n);
  const high = below.reduce((least, bound) => (bound - 1n < least ? bound - 1n : least), INT64_MAX);
  let left = excluded + 1; // one more than NotIn can exclude
  for (const spelling of spellings(low, high)) {
    if (left === 0) return;
    left -= 1;
    yield spelling;
  }
}

function keySatisfiable(key: string, requirements: readonly Requirement[]): boolean {
  const holds = (labels: Readonly<Record<string, string>>) =>
    requirements.every((one) => matchesRequirement(one, labels));
  if (holds({})) return true;
  for (const value of candidates(requirements)) if (holds({ [key]: value })) return true;
  return false;
}

function groupsSatisfiable(requirements: readonly Requirement[]): boolean {
  const byKey = new Map<string, Requirement[]>();
  for (const one of requirements) {
    const group = byKey.get(one.key);
    if (group === undefined) byKey.set(one.key, [one]);
    else group.push(one);
  }
  return [...byKey].every(([key, group]) => keySatisfiable(key, group));
}

/** Whether some node could match the term. A term without requirements matches none. */
export function isSatisfiable(term: Term): boolean {
  if (term.matchExpressions.length + term.matchFields.length === 0) return false;
  return groupsSatisfiable(term.matchExpressions) && groupsSatisfiable(term.matchFields);
}
