// How many decisions of the selector algebra a second, on realistic selectors and on a hostile pair. One core.
import { isSubset } from '../lib/selector/algebra';
import type { Operator, Requirement, Term } from '../lib/selector/term';

/** A small generator of numbers that are the same on every machine. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const OPERATORS: readonly Operator[] = ['In', 'In', 'In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt'];

function requirement(next: (below: number) => number): Requirement {
  const key = `example.com/key-${next(12)}`;
  const operator = OPERATORS[next(OPERATORS.length)] ?? 'In';
  const several = Array.from({ length: 1 + next(10) }, () => `value-${next(20)}`);
  if (operator === 'Gt' || operator === 'Lt') return { key, operator, values: [String(next(100))] };
  return { key, operator, values: operator === 'In' || operator === 'NotIn' ? several : [] };
}

const selector = (next: (below: number) => number): Term[] =>
  Array.from({ length: 1 + next(5) }, () => ({
    matchExpressions: Array.from({ length: 1 + next(5) }, () => requirement(next)),
    matchFields: [],
  }));

/** Up to 5 terms of up to 5 requirements of up to 10 values, every pair another one. */
export function decisionsPerSecond(pairs = 5000): number {
  const next = numbers(1);
  const given = Array.from({ length: pairs }, () => [selector(next), selector(next)] as const);
  for (const [a, b] of given.slice(0, 500)) isSubset(a, b); // warm-up
  const start = performance.now();
  for (const [a, b] of given) isSubset(a, b);
  return pairs / ((performance.now() - start) / 1000);
}

/** A pair that was made to be hard, what is said of it, and the seconds that it takes. */
export interface Hostile {
  readonly name: string;
  readonly answer: string;
  readonly seconds: number;
}

function hostile(name: string, a: readonly Term[], b: readonly Term[]): Hostile {
  const start = performance.now();
  const { answer } = isSubset(a, b);
  return { name, answer, seconds: (performance.now() - start) / 1000 };
}

const term = (matchExpressions: readonly Requirement[]): Term => ({ matchExpressions, matchFields: [] });

function wide(next: (below: number) => number): Term[] {
  return Array.from({ length: 30 }, () =>
    term(
      Array.from({ length: 30 }, (_, j): Requirement => {
        const operator = next(4) === 0 ? 'Exists' : 'NotIn';
        return { key: `key-${j}`, operator, values: operator === 'Exists' ? [] : [`value-${next(3)}`] };
      }),
    ),
  );
}

/** Ten pigeons in nine holes: that two must share one has only long proofs. */
function pigeons(count: number): readonly [Term[], Term[]] {
  const holes = Array.from({ length: count - 1 }, (_, i) => `hole-${i}`);
  const sits = (pigeon: number, hole: string): Requirement => ({
    key: `pigeon-${pigeon}`,
    operator: 'In',
    values: [hole],
  });
  const all = Array.from({ length: count }, (_, i) => i);
  const somewhere = term(all.map((i) => ({ ...sits(i, ''), values: holes })));
  const together = holes.flatMap((hole) =>
    all.flatMap((i) => all.slice(i + 1).map((j) => term([sits(i, hole), sits(j, hole)]))),
  );
  return [[somewhere], together];
}

export function hostilePairs(): Hostile[] {
  const next = numbers(2);
  return [
    hostile('30 terms over 30 keys', wide(next), wide(next)),
    hostile('10 pigeons in 9 holes', ...pigeons(10)),
  ];
}
