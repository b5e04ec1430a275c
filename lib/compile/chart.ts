// What a cdk8s chart holds, as plain JSON.
import type { Chart } from 'cdk8s';
import { InputError } from '../input/error';
import type { JsonObject } from '../manifests/manifest';

/** JSON would turn these into something else without a word. */
function refuseUnwritable(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new InputError({ message: `'${key}' is ${value}, which no manifest can hold` });
  if (typeof value === 'string' && /\p{Surrogate}/u.test(key + value))
    throw new InputError({
      message: `the text of '${key}' holds half of a surrogate pair, which is no character`,
    });
  return value;
}

/**
 * What the judge sees is what is written.
 * @throws InputError for values that JSON cannot hold
 */
export function objectsOf(chart: Chart): JsonObject[] {
  const objects = chart.toJson() as unknown[];
  return objects.map((object) => JSON.parse(JSON.stringify(object, refuseUnwritable)) as JsonObject);
}
