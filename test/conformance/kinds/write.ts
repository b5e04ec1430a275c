import type { Json, JsonObject } from '../../../lib/manifests/manifest';
import { writeManifest } from '../../../lib/manifests/write';
import { anyText } from '../generate/yaml';
import type { Random } from '../generate/random';
import type { Kind } from './kind';

const number = (random: Random): number =>
  random.either(
    () => random.below(1000) - 500,
    () => (random.below(1000) - 500) / 64,
    () => random.pick([0, 1e21, 1e-7, 2 ** 53, -(2 ** 63), 2 ** 64, 1.5e300, 0.1]),
  );

function value(random: Random, depth: number): Json {
  const leaf = () =>
    random.either<Json>(
      () => anyText(random),
      () => anyText(random),
      () => number(random),
      () => random.chance(0.5),
      () => null,
    );
  if (depth === 0) return leaf();
  return random.either<Json>(
    leaf,
    () => random.list(0, 3, () => value(random, depth - 1)),
    () => body(random, depth - 1),
  );
}

function body(random: Random, depth: number): JsonObject {
  return Object.fromEntries(random.list(0, 4, () => [anyText(random), value(random, depth)]));
}

export const write: Kind<JsonObject> = {
  name: 'write',
  what: 'Manifests that the project writes: what they are read as',
  ours: 'lib/manifests/write.ts',
  upstream: 'apimachinery `util/yaml`, sigs.k8s.io/yaml',
  draw: (random) => body(random, 3),
  asked: writeManifest,
  say: (given) => [given],
};
