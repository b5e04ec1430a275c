// The lists that parts ask for, as keys of ConfigMaps: a look-up costs the same however many there are. What does not fit
// into one goes into another; a binding that selects several denies what any of them denies.
import { GUARD_LABEL } from '../../liqo/guard';
import type { JsonObject } from '../../manifests/manifest';
import type { Part } from './part';

type Name = NonNullable<Part['parameters']>;

/** In bytes: etcd takes 1.5 MiB, the API server 1 MiB of data; `kubectl apply` writes all of it a second time. */
const MOST = 200_000;
/** Of a key of a ConfigMap (apimachinery, IsConfigMapKey); a label's key can be longer. */
const LONGEST_KEY = 253;

/** A label's key as a ConfigMap can hold it: of two parts, or of one, which then begins as no prefix does. */
export const encoded = (key: string): string => (key.includes('/') ? key.replace('/', '_') : `_${key}`);

/** The same in CEL. */
export const encodedKey = (key: string): string =>
  `(${key}.contains("/") ? ${key}.replace("/", "_") : "_" + ${key})`;

export const fitsKey = (key: string): boolean => encoded(key).length <= LONGEST_KEY;

function chunks(keys: readonly string[]): string[][] {
  const all: string[][] = [[]];
  let size = 0;
  for (const key of [...new Set(keys)].sort()) {
    const more = key.length + 10;
    if (size + more > MOST) {
      all.push([]);
      size = 0;
    }
    all.at(-1)?.push(key);
    size += more;
  }
  return all;
}

/** The label that the ConfigMaps of a list have in common. */
export const parameterLabels = (name: Name) => ({ [GUARD_LABEL]: `parameters-${name}` });

/** The ConfigMaps of a list. */
export const parameterMaps = (name: Name, namespace: string, keys: readonly string[]): JsonObject[] =>
  chunks(keys).map((some, i) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: `cdk8s-liqo.${name}.${i + 1}`, namespace, labels: parameterLabels(name) },
    data: Object.fromEntries(some.map((key) => [key, ''])),
  }));
