// Values as text, to compare them.
import { isObject, type Json } from '../../lib/manifests/manifest';

/** A JSON text that is equal for equal values: the order of keys says nothing. */
export function canonical(value: Json | undefined): string {
  return JSON.stringify(value, (_key, one: Json) =>
    isObject(one) ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1))) : one,
  );
}
