// One namespace to objects: the Namespace and the NamespaceOffloading.
import type { NamespaceConfig } from '../config/types';
import { namespaceObject, offloadingObject } from '../constructs/objects';
import type { JsonObject } from '../manifests/manifest';
import { objectOf } from './chart';

/** The objects of a namespace. The config has been checked. */
export function namespaceObjects(config: NamespaceConfig): JsonObject[] {
  const { name, manageNamespace = true, offloading } = config;
  return [
    ...(manageNamespace ? [objectOf(namespaceObject(config))] : []),
    ...(offloading === undefined ? [] : [objectOf(offloadingObject(name, offloading))]),
  ];
}
