// Pods, clusters and nodes from a few words.
import type { Environment, PodOffloading } from '../../lib/liqo/admission';
import type { Provider } from '../../lib/liqo/inventory';
import type { PodOffloadingStrategy } from '../../lib/liqo/namespace-offloading';
import type { PodSpec } from '../../lib/liqo/pod';
import type { Labels } from '../../lib/selector/match';
import { parseSelector } from '../../lib/selector/parse';
import type { Term } from '../../lib/selector/term';

/** Alternatives in label-selector syntax; '' is a term without requirements. */
export const terms = (...texts: string[]): Term[] =>
  texts.map((text) => ({ matchExpressions: parseSelector(text), matchFields: [] }));

/** A term that wants a node of that name, with labels. */
export const onNode = (name: string, labels = ''): Term => ({
  matchExpressions: parseSelector(labels),
  matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] }],
});

export const pod = (parts: Partial<PodSpec> = {}): PodSpec => ({
  nodeSelector: {},
  tolerations: [],
  ...parts,
});

export const V = 'liqo.io/type=virtual-node';
export const L = 'liqo.io/type!=virtual-node';
export const TOLERATION = {
  key: 'virtual-node.liqo.io/not-allowed',
  operator: 'Exists',
  effect: 'NoExecute',
} as const;

export const offloading = (pods: PodOffloadingStrategy, ...texts: string[]): PodOffloading => ({
  pods,
  terms: terms(...texts),
});

/** A namespace as Liqo's controller keeps it: labelled unless its strategy is Local. */
export const inNamespace = (of: PodOffloading | undefined, more: Partial<Environment> = {}): Environment => ({
  namespace: {
    labelled: of !== undefined && of.pods !== 'Local',
    ...(of !== undefined && { offloading: of }),
  },
  liqoRuntimeClass: 'liqo',
  ...more,
});

export const provider = (id: string, labels: Labels, createNode = true): Provider => ({
  id,
  virtualNodes: [{ name: `liqo-${id}`, labels, createNode }],
});

export const NAPLES = provider('naples', { region: 'south' });
export const FLORENCE = provider('florence', { region: 'center' });
