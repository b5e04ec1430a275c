// What CEL expressions of ours are evaluated over.
import type { CelInput } from '@bufbuild/cel';

/** JSON as the API server gives it to CEL: integers are CEL's ints. */
export function celValue(value: unknown): CelInput {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(celValue);
  if (typeof value !== 'object' || value === null) return null;
  return new Map(Object.entries(value).map(([key, field]) => [key, celValue(field)]));
}
