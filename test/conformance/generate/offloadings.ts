// NamespaceOffloadings as manifests: good ones, and ones that somebody refuses.
import { MAPPING_STRATEGIES, POD_STRATEGIES } from '../../../lib/liqo/namespace-offloading';
import type { Json, JsonObject } from '../../../lib/manifests/manifest';
import { name } from './names';
import type { Random } from './random';
import { terms } from './selectors';

/** A field, absent every third time. */
function maybe(random: Random, key: string, make: () => Json): JsonObject {
  return random.chance(0.3) ? {} : { [key]: make() };
}

/** A value that is now and then of another type. */
const mistyped = (random: Random, odd: number, make: () => Json): Json =>
  random.chance(odd) ? random.pick<Json>([null, true, 1, 'none', '', [], {}, [null], [1], { a: 1 }]) : make();

const list = (of: unknown) => JSON.parse(JSON.stringify(of)) as Json[];

function selector(random: Random, odd: number): JsonObject {
  const some = list(terms(random, random.chance(0.2) ? 0.1 : 0, 'liqo-naples'));
  const spoilt = some.map((term) => mistyped(random, odd / 2, () => term));
  return maybe(random, 'nodeSelectorTerms', () => mistyped(random, odd, () => spoilt));
}

/** @param odd how probable it is that a field has a value that the API server refuses, or null */
export function spec(random: Random, odd: number): JsonObject {
  const of = (key: string, make: () => Json) => maybe(random, key, () => mistyped(random, odd, make));
  return {
    ...of('namespaceMappingStrategy', () => random.pick(MAPPING_STRATEGIES)),
    ...of('podOffloadingStrategy', () => random.pick(POD_STRATEGIES)),
    ...of('remoteNamespaceName', () => random.pick(['', 'twin', 'other', 'No Name'])),
    ...of('clusterSelector', () => ({ nodeSelectorTerms: [], ...selector(random, odd) })),
    ...(random.chance(0.05) && { unknownField: 1 }),
  };
}

export function offloading(metadata: JsonObject, body: JsonObject): JsonObject {
  return { apiVersion: 'offloading.liqo.io/v1beta1', kind: 'NamespaceOffloading', metadata, ...body };
}

/** Metadata in which each part is now and then wrong. */
export function metadata(random: Random, odd: number): JsonObject {
  const or = (good: string) => (random.chance(odd) ? name(random) : good);
  return {
    name: random.chance(0.05) ? 'other' : or('offloading'),
    namespace: or('shop') || 'shop',
    ...(random.chance(0.3) && { labels: { [or('team')]: mistyped(random, odd, () => or('demo')) } }),
    ...(random.chance(0.1) && { annotations: { [or('note')]: mistyped(random, odd, () => 'any text') } }),
  };
}
