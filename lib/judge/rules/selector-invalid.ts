import { checkTerm } from '../../selector/term';
import type { StateRule } from '../rule';

export const selectorInvalid: StateRule = {
  name: 'selector-invalid',
  category: 'broken',
  about: 'state',
  summary: 'A clusterSelector contains a requirement that Kubernetes cannot evaluate.',
  why: 'The CRD accepts any operator and any value. The controller stops at the first virtual node that no valid term matches, and does not retry. The pod webhook copies the selector into pods, and the API server then refuses every pod of the namespace.',
  source: 'NSO/clusterselector.go; component-helpers scheduling/corev1/nodeaffinity',
  check: ({ offloadings }) =>
    offloadings.flatMap(({ manifest, namespace, terms }) =>
      (terms ?? []).flatMap((term, i) => {
        const checked = checkTerm(term);
        return (checked.ok ? [] : checked.problems).map((problem) => ({
          namespace,
          message: `The clusterSelector of '${namespace}' cannot be evaluated: ${problem}. Offloading stops, and the API server may refuse pods of the namespace.`,
          remedy: 'Correct the requirement.',
          manifest,
          field: ['spec', 'clusterSelector', 'nodeSelectorTerms', i],
        }));
      }),
    ),
};
