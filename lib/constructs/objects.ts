// The Namespace and the NamespaceOffloading as they are written, nothing left to defaults: for constructs and configs alike.
import type { ApiObjectProps } from 'cdk8s';
import { selectorTerms } from '../config/selector';
import type { NamespaceConfig, OffloadingConfig } from '../config/types';
import {
  OFFLOADING_API_VERSION,
  OFFLOADING_KIND,
  OFFLOADING_NAME,
  SCHEDULING_LABEL,
} from '../liqo/constants';
import {
  DEFAULT_MAPPING_STRATEGY,
  DEFAULT_POD_STRATEGY,
  holdsSchedulingLabel,
} from '../liqo/namespace-offloading';
import { manifestTerms } from '../selector/print';

/** What a Namespace is made of. */
export type NamespaceFields = Pick<NamespaceConfig, 'name' | 'labels' | 'annotations' | 'offloading'>;

const podStrategy = (offloading: OffloadingConfig) =>
  offloading.podOffloadingStrategy ?? DEFAULT_POD_STRATEGY;

function labelsFor({ labels, offloading }: NamespaceFields): Record<string, string> {
  const held = offloading !== undefined && holdsSchedulingLabel(podStrategy(offloading));
  return { ...labels, ...(held && { [SCHEDULING_LABEL]: 'true' }) };
}

const unlessEmpty = (strings: Readonly<Record<string, string>> = {}) =>
  Object.keys(strings).length > 0 ? { ...strings } : undefined;

/** The Namespace, with the scheduling label where Liqo's controller would hold it. */
export function namespaceObject(fields: NamespaceFields): ApiObjectProps {
  const { name, annotations } = fields;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: unlessEmpty(labelsFor(fields)), annotations: unlessEmpty(annotations) },
  };
}

/** The NamespaceOffloading of a namespace. The selector is always written: see docs/config.md, clusterSelector. */
export function offloadingObject(namespace: string, offloading: OffloadingConfig): ApiObjectProps {
  return {
    apiVersion: OFFLOADING_API_VERSION,
    kind: OFFLOADING_KIND,
    metadata: { name: OFFLOADING_NAME, namespace },
    spec: {
      namespaceMappingStrategy: offloading.namespaceMappingStrategy ?? DEFAULT_MAPPING_STRATEGY,
      podOffloadingStrategy: podStrategy(offloading),
      remoteNamespaceName: offloading.remoteNamespaceName,
      // Absent, the controller's own update is refused by the CRD (namespaceoffloading-controller/lifecycle.go).
      clusterSelector: { nodeSelectorTerms: manifestTerms(selectorTerms(offloading.clusterSelector ?? [])) },
    },
  };
}
