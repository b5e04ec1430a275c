import { NODE_ONLY_LABELS } from '../../liqo/inventory';
import { needsLabel } from '../../selector/term';
import { perSelector } from '../cluster-impact';
import type { StateRule } from '../rule';

export const selectorNeedsNodeLabel: StateRule = {
  name: 'selector-needs-node-label',
  category: 'risky',
  about: 'state',
  summary: 'A clusterSelector needs a label that only a Node has.',
  why: "While a VirtualNode has no Node (`createNode: false`, not created yet, deleted), Liqo matches the VirtualNode's own labels. A selector that needs a label of the Node then no longer matches, and Liqo deletes the twin namespace.",
  source: 'pkg/utils/virtualnode; pkg/virtualKubelet/liqoNodeProvider/setup.go',
  check: ({ offloadings }) => {
    const nodeLabels = perSelector((terms) => {
      const needed = terms.flatMap(({ matchExpressions }) =>
        matchExpressions.filter(({ key, operator }) => NODE_ONLY_LABELS.has(key) && needsLabel(operator)),
      );
      return [...new Set(needed.map(({ key }) => key))].sort();
    });
    return offloadings.flatMap((offloading) => {
      const { manifest, namespace } = offloading;
      const keys = nodeLabels(offloading) ?? [];
      if (keys.length === 0) return [];
      return [
        {
          namespace,
          message: `The clusterSelector of '${namespace}' needs ${keys.join(', ')}, which only a Node has: if the Node is deleted, Liqo deletes the twin namespace.`,
          remedy: 'Select by liqo.io/remote-cluster-id, or by labels in spec.labels of the VirtualNode.',
          manifest,
          field: ['spec', 'clusterSelector', 'nodeSelectorTerms'],
        },
      ];
    });
  },
};
