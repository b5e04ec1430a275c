// What a cdk8s chart holds, as plain JSON.
import type { ApiObjectProps, Chart } from 'cdk8s';
import { InputError } from '../input/error';
import type { Json, JsonObject } from '../manifests/manifest';

/** JSON would turn these into something else without a word. */
function refuseUnwritable(key: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value))
    throw new InputError({ message: `'${key}' is ${value}, which a manifest cannot contain` });
  if (typeof value === 'string' && /\p{Surrogate}/u.test(key + value))
    throw new InputError({
      message: `the text of '${key}' contains half of a surrogate pair, which is not a character`,
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

function written(key: string, value: unknown): Json {
  if (Array.isArray(value)) return value.map((one: unknown) => written(key, one));
  if (typeof value !== 'object' || value === null) return refuseUnwritable(key, value) as Json;
  const entries = Object.entries(value).filter(([, one]) => one !== undefined && one !== null);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([inner, one]) => [inner, written(inner, one)]));
}

/**
 * What a chart would hold of an object that is data and nothing else: making constructs of thousands takes longer than judging them.
 * @throws InputError for values that JSON cannot hold
 */
export function objectOf({ apiVersion, kind, metadata, ...rest }: ApiObjectProps): JsonObject {
  return { apiVersion, kind, metadata: written('metadata', metadata), ...(written('', rest) as JsonObject) };
}
