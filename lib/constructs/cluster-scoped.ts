// Objects outside namespaces, in a chart that has one.
import type { ApiObject } from 'cdk8s';
import { JsonPatch } from 'cdk8s';

/** A chart with a namespace stamps it on everything; what lives outside namespaces must not have one. */
export function withoutStrayNamespace<T extends ApiObject>(object: T): T {
  if (object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  return object;
}
