// What the schemas of the configs share.
import type { Violation } from '../../input/schema';

export const label = { type: 'string', format: 'dns-1123-label' };
export const subdomain = { type: 'string', format: 'dns-1123-subdomain' };
export const strings = { type: 'object', additionalProperties: { type: 'string' } };

export const text = { type: 'string', minLength: 1 };

export type Fields = Readonly<Record<string, unknown>>;
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

/** A config, or everything that is wrong with it. */
export type Checked<T> = { readonly value: T } | { readonly violations: readonly Violation[] };
