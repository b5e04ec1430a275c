// Random selectors over a world so small that everything can be tried.
import fc from 'fast-check';
import type { Labels } from '../../lib/selector/match';
import type { Requirement, Term } from '../../lib/selector/term';

const KEYS = ['a', 'b.io/c'];
const VALUES = ['', '1', '02', '2', '3', 'x'];

const key = fc.constantFrom(...KEYS);
const values = fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 });
const bound = fc.constantFrom('0', '1', '2', '3').map((one) => [one]);

export const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({ key, operator: fc.constantFrom('In', 'NotIn'), values }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist'), values: fc.constant([]) }),
  fc.record({ key, operator: fc.constantFrom('Gt', 'Lt'), values: bound }),
);

export const term: fc.Arbitrary<Term> = fc.record({
  matchExpressions: fc.array(requirement, { maxLength: 4 }),
  matchFields: fc.constant([]),
});

export const selector = fc.array(term, { maxLength: 4 });

/** Every label set over those keys: each key missing, or with a value that some requirement could tell from others, the smallest of its kind among them. */
export const everyLabels: readonly Labels[] = [
  undefined,
  ...VALUES,
  '0',
  '01',
  '002',
  '03',
  '4',
  'A',
].flatMap((a, _, all) =>
  all.map((c) => ({ ...(a !== undefined && { a }), ...(c !== undefined && { 'b.io/c': c }) })),
);
