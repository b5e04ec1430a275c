// One namespace to cdk8s objects: the Namespace and the NamespaceOffloading, nothing left to defaults.
import { ApiObject, type Chart } from 'cdk8s';
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
import { canonicalSelector } from '../selector/canonical';
import { parseSelector } from '../selector/parse';
import { manifestTerms } from '../selector/print';
import type { NodeSelector, Term } from '../selector/term';

/** Alternatives as canonical terms. The config has been checked. */
export function selectorTerms(selector: NonNullable<OffloadingConfig['clusterSelector']>): NodeSelector {
  const terms = selector.map((one): Term => {
    if (typeof one === 'string') return { matchExpressions: parseSelector(one), matchFields: [] };
    const matchExpressions = one.matchExpressions.map(({ values = [], ...rest }) => ({ ...rest, values }));
    return { matchExpressions, matchFields: [] };
  });
  return canonicalSelector(terms);
}

const podStrategy = (offloading: OffloadingConfig) =>
  offloading.podOffloadingStrategy ?? DEFAULT_POD_STRATEGY;

function labelsFor({ labels, offloading }: NamespaceConfig): Record<string, string> {
  const held = offloading !== undefined && holdsSchedulingLabel(podStrategy(offloading));
  return { ...labels, ...(held && { [SCHEDULING_LABEL]: 'true' }) };
}

const unlessEmpty = (strings: Readonly<Record<string, string>> = {}) =>
  Object.keys(strings).length > 0 ? { ...strings } : undefined;

/** Adds the objects of a namespace to its chart. The selector is always written: see docs/config.md, clusterSelector. */
export function addNamespace(chart: Chart, config: NamespaceConfig): void {
  const { name, annotations, manageNamespace = true, offloading } = config;
  if (manageNamespace) {
    new ApiObject(chart, 'namespace', {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: unlessEmpty(labelsFor(config)), annotations: unlessEmpty(annotations) },
    });
  }
  if (offloading === undefined) return;
  new ApiObject(chart, 'offloading', {
    apiVersion: OFFLOADING_API_VERSION,
    kind: OFFLOADING_KIND,
    metadata: { name: OFFLOADING_NAME, namespace: name },
    spec: {
      namespaceMappingStrategy: offloading.namespaceMappingStrategy ?? DEFAULT_MAPPING_STRATEGY,
      podOffloadingStrategy: podStrategy(offloading),
      remoteNamespaceName: offloading.remoteNamespaceName,
      // Absent, the controller's own update is refused by the CRD (namespaceoffloading-controller/lifecycle.go).
      clusterSelector: { nodeSelectorTerms: manifestTerms(selectorTerms(offloading.clusterSelector ?? [])) },
    },
  });
}
