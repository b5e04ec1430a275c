// Objects as a cluster holds them: told from declared ones, and brought to the form in which a manifest would have them, so
// that what the cluster adds by itself is no difference.
import { OFFLOADING_GROUP } from '../liqo/constants';
import { groupOf, isObject, valueAt, type Json, type JsonObject, type Manifest } from './manifest';

/** What the API server alone gives an object, both of it. */
function hasUid({ body }: Manifest): boolean {
  const given = (key: string) => typeof valueAt(body, 'metadata', key) === 'string';
  return given('uid') && given('resourceVersion');
}

/**
 * Objects of standard input, or of a file that the command line names: those that the API server has marked are a cluster's.
 * Nothing else is, whatever marks it carries: what lies in git or in a folder is a manifest.
 */
export const asLive = (given: readonly Manifest[]): Manifest[] =>
  given.map((one) => (hasUid(one) ? { ...one, live: true } : one));

/** Whether a cluster holds the object. */
export const isLive = (one: Manifest): boolean => one.live === true;

/** Whether its deletion has begun: it is there until its finalizers are gone (Kubernetes, "Finalizers"). */
export function isTerminating({ body }: Manifest): boolean {
  return valueAt(body, 'metadata', 'deletionTimestamp') !== undefined;
}

function projectedMap(live: JsonObject, forms: readonly JsonObject[]): JsonObject {
  const kept = Object.keys(live).filter((key) => forms.some((form) => valueAt(form, key) !== undefined));
  const under = (key: string) => forms.map((form) => valueAt(form, key) ?? null);
  return Object.fromEntries(kept.map((key) => [key, projected(live[key] ?? null, under(key))]));
}

/** A value without what no form sets: an apply leaves that alone. Lists of one length are compared one by one. */
function projected(live: Json, forms: readonly Json[]): Json {
  if (isObject(live)) return projectedMap(live, forms.filter(isObject));
  if (!Array.isArray(live)) return live;
  const lists = forms.filter((form): form is readonly Json[] => Array.isArray(form));
  return live.map((one: Json, i) => {
    const items = lists.filter(({ length }) => length === live.length).map((list) => list[i] ?? null);
    return items.length === 0 ? one : projected(one, items);
  });
}

/** Kinds whose fields decide what is deleted: theirs are compared whole, whoever set them. */
const isExact = ({ apiVersion, kind }: Manifest) =>
  groupOf(apiVersion) === OFFLOADING_GROUP ||
  (groupOf(apiVersion) === 'node.k8s.io' && kind === 'RuntimeClass');

/**
 * A live object in the form of a manifest: without its status, and without labels, annotations and fields that none of the
 * forms sets. Those are the cluster's, a controller's or somebody else's, and an apply does not ask for them. Of a
 * NamespaceOffloading and a RuntimeClass all fields stay.
 * @param forms the object as Git has it: in the change, and where it is deployed from; at least one
 */
export function asDeclared(live: Manifest, forms: readonly Manifest[]): Manifest {
  const body: JsonObject = { ...live.body, status: undefined };
  const bodies = forms.map((form) => form.body);
  const common = projectedMap(body, bodies);
  const twin = valueAt(live.body, 'status', 'remoteNamespaceName');
  return {
    ...live,
    body: isExact(live) ? { ...body, metadata: common['metadata'] } : common,
    live: true,
    ...(typeof twin === 'string' && twin !== '' && { twin }),
    ...(isTerminating(live) && { terminating: true }),
  };
}
