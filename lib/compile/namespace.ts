// One namespace to cdk8s objects: the Namespace and the NamespaceOffloading.
import { ApiObject, type Chart } from 'cdk8s';
import type { NamespaceConfig } from '../config/types';
import { namespaceObject, offloadingObject } from '../constructs/objects';

/** Adds the objects of a namespace to its chart. The config has been checked. */
export function addNamespace(chart: Chart, config: NamespaceConfig): void {
  const { name, manageNamespace = true, offloading } = config;
  if (manageNamespace) new ApiObject(chart, 'namespace', namespaceObject(config));
  if (offloading !== undefined) new ApiObject(chart, 'offloading', offloadingObject(name, offloading));
}
