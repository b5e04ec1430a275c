// Which namespaces of an input become configs, and what is left where it is.
import { isOffloading } from '../judge/offloading';
import { TWIN_ANNOTATION } from '../liqo/constants';
import { isLive } from '../manifests/live-object';
import { groupBy } from '../manifests/group';
import { annotationsOf, type Manifest } from '../manifests/manifest';

/** A namespace with the objects that a config could declare, each as often as the input holds it. */
export interface Subject {
  readonly name: string;
  readonly namespaces: readonly Manifest[];
  readonly offloadings: readonly Manifest[];
}

export interface Subjects {
  /** By name. */
  readonly adopted: readonly Subject[];
  /** How many namespaces of a live cluster are not offloaded, and so are none of our business. */
  readonly notOffloaded: number;
  /** How many were made here for another consumer. */
  readonly twins: number;
  /** Objects that no namespace config declares, by kind. */
  readonly left: ReadonlyMap<string, number>;
}

export const isNamespace = ({ apiVersion, kind }: Manifest) => apiVersion === 'v1' && kind === 'Namespace';

/** Whether Liqo made a Namespace for another consumer, whose NamespaceMap it names (NSM/enforcement.go). */
const isTwin = (manifest: Manifest) => annotationsOf(manifest).has(TWIN_ANNOTATION);

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function leftOf(manifests: readonly Manifest[]): ReadonlyMap<string, number> {
  const others = groupBy(manifests, ({ kind }) => kind);
  return new Map(
    [...others].sort(([a], [b]) => byText(a, b)).map(([kind, all]) => [kind, all.length] as const),
  );
}

/**
 * Parts the objects of an input. A live cluster is full of namespaces that nobody declared, so there only those with a
 * NamespaceOffloading are adopted; of manifests every Namespace is.
 */
export function subjectsOf(manifests: readonly Manifest[]): Subjects {
  const offloadings = groupBy(manifests.filter(isOffloading), ({ namespace }) => namespace);
  const namespaces = groupBy(manifests.filter(isNamespace), ({ name }) => name);
  const adopted: Subject[] = [];
  let [notOffloaded, twins] = [0, 0];
  for (const name of [...new Set([...offloadings.keys(), ...namespaces.keys()])].sort(byText)) {
    const all = namespaces.get(name) ?? [];
    const own = all.filter((one) => !isTwin(one));
    const offloaded = offloadings.get(name) ?? [];
    if (own.length < all.length) twins += 1;
    if (offloaded.length > 0 || own.some((one) => !isLive(one)))
      adopted.push({ name, namespaces: own, offloadings: offloaded });
    else if (own.length > 0) notOffloaded += 1;
  }
  const left = leftOf(manifests.filter((one) => !isOffloading(one) && !isNamespace(one)));
  return { adopted, notOffloaded, twins, left };
}
