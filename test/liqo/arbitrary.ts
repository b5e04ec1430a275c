// Random pods, selectors and nodes over a world so small that everything can be tried.
import fc from 'fast-check';
import type { Provider } from '../../lib/liqo/inventory';
import { POD_STRATEGIES } from '../../lib/liqo/namespace-offloading';
import type { PodSpec, Toleration } from '../../lib/liqo/pod';
import type { Node } from '../../lib/liqo/scheduling';
import type { Labels } from '../../lib/selector/match';
import type { Requirement, Term, UncheckedTerm } from '../../lib/selector/term';

const KEYS = ['a', 'b'];
const VALUES = ['', '1', '2'];
const TYPE = 'liqo.io/type';

export const toleration: fc.Arbitrary<Toleration> = fc.record(
  {
    key: fc.constantFrom('a', 'b'),
    operator: fc.constantFrom('Exists' as const, 'Equal' as const),
    value: fc.constantFrom('', 'v'),
    effect: fc.constantFrom('NoSchedule' as const, 'NoExecute' as const),
    tolerationSeconds: fc.constantFrom(1, 2),
  },
  { requiredKeys: [] },
);

const key = fc.constantFrom(...KEYS);
const values = fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 2 });
const plain: fc.Arbitrary<Requirement> = fc.oneof(
  fc.record({ key, operator: fc.constantFrom('In', 'NotIn'), values }),
  fc.record({ key, operator: fc.constantFrom('Exists', 'DoesNotExist'), values: fc.constant([]) }),
  fc.record({ key, operator: fc.constantFrom('Gt', 'Lt'), values: fc.constantFrom(['1'], ['2']) }),
);
/** Now and then a requirement on the type, which placements and the webhook add as well. */
const requirement: fc.Arbitrary<Requirement> = fc.oneof(
  { weight: 6, arbitrary: plain },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('In', 'NotIn')
      .map((operator) => ({ key: TYPE, operator, values: ['virtual-node'] })),
  },
);
const term: fc.Arbitrary<Term> = fc.record({
  matchExpressions: fc.array(requirement, { maxLength: 3 }),
  matchFields: fc.constant([]),
});

/** A clusterSelector; terms without requirements among them. */
export const selector = fc.array(term, { maxLength: 3 });
export const strategy = fc.constantFrom(...POD_STRATEGIES);

/** A pod as people write them. */
export const pod: fc.Arbitrary<PodSpec> = fc
  .record({
    nodeSelector: fc.dictionary(key, fc.constantFrom(...VALUES), { maxKeys: 1, noNullPrototype: true }),
    tolerations: fc.array(
      fc.constantFrom<Toleration>(
        { operator: 'Exists' },
        { key: 'virtual-node.liqo.io/not-allowed', operator: 'Exists' },
        { key: 'other', operator: 'Exists' },
      ),
      { maxLength: 2 },
    ),
    required: fc.option(fc.array(term, { minLength: 1, maxLength: 3 }), { nil: undefined }),
  })
  .map(({ required, ...rest }) => ({ ...rest, ...(required && { required }) }));

/** Each key missing, or with a value that some requirement could tell from the others. */
const everyValue = [undefined, ...VALUES, '0', '01', '02', '3', 'x'];
const everyLabels: readonly Labels[] = everyValue.flatMap((a) =>
  everyValue.map((b) => ({ ...(a !== undefined && { a }), ...(b !== undefined && { b }) })),
);

/** One virtual node for every label set of the world, each of a provider of its own. */
export const everyProvider: readonly Provider[] = everyLabels.map((labels, i) => ({
  id: `p${i}`,
  virtualNodes: [{ name: `v${i}`, labels, createNode: true }],
}));
/** One local node for every label set of the world. */
export const everyLocalNode: readonly Node[] = everyLabels.map((labels, i) => ({
  name: `n${i}`,
  labels,
  taints: [],
}));

/** Kubernetes' matching once more, written down anew. */
export function matchesByHand(terms: readonly UncheckedTerm[], labels: Labels): boolean {
  return terms.some(({ matchExpressions }) =>
    matchExpressions?.length
      ? matchExpressions.every(({ key: name, operator, values: list }) => {
          const label = labels[name];
          if (operator === 'Exists') return label !== undefined;
          if (operator === 'DoesNotExist') return label === undefined;
          const isOne = label !== undefined && (list ?? []).includes(label);
          if (operator === 'In') return isOne;
          if (operator === 'NotIn') return !isOne;
          if (label === undefined || label === '') return false;
          return operator === 'Gt' ? Number(label) > Number(list?.[0]) : Number(label) < Number(list?.[0]);
        })
      : false,
  );
}

/** Where the pod itself would go, taints aside. */
export const wants = ({ nodeSelector, required }: PodSpec, labels: Labels): boolean =>
  Object.entries(nodeSelector).every(([name, value]) => labels[name] === value) &&
  (required === undefined || matchesByHand(required, labels));
