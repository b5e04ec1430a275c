// config/policies.ts.
import { closed, schemaOf, violations } from '../../input/schema';
import { MAPPING_STRATEGIES, POD_STRATEGIES } from '../../liqo/namespace-offloading';
import type { PolicyConfig } from '../types';
import { selectorList, selectorViolations, textViolations } from './cluster-selector';
import { fieldsOf, label, text, type Checked } from './fields';

const strategies = (known: readonly string[]) => ({ type: 'array', minItems: 1, items: { enum: known } });

const POLICY = schemaOf<PolicyConfig>(
  closed(['name'], {
    name: text,
    description: text,
    namespaces: { type: ['string', 'array'], minItems: 1, items: label },
    clusters: selectorList,
    namespaceMappingStrategies: strategies(MAPPING_STRATEGIES),
    podOffloadingStrategies: strategies(POD_STRATEGIES),
    pods: { enum: ['local'] },
    offloading: { enum: ['forbidden', 'required'] },
    maxClusters: { type: 'integer', minimum: 0 },
  }),
);

const NO_NAMESPACES = 'to select every namespace, leave namespaces out';

/** What a policy has beside what it asks for. */
const NO_CONSTRAINTS: ReadonlySet<string> = new Set(['name', 'description', 'namespaces']);

/** A policy, or everything that is wrong with it. */
export function checkPolicy(value: unknown): Checked<PolicyConfig> {
  const fields = fieldsOf(value);
  const { namespaces, clusters } = fields;
  const found = violations(POLICY, value);
  if (typeof namespaces === 'string')
    found.push(...textViolations(namespaces, NO_NAMESPACES).map((one) => ({ ...one, path: '/namespaces' })));
  if (clusters !== undefined)
    found.push(...selectorViolations(typeof clusters === 'string' ? [clusters] : clusters, '/clusters'));
  const constrains = Object.keys(fields).some((key) => !NO_CONSTRAINTS.has(key));
  if (found.length === 0 && !constrains)
    found.push({
      path: '',
      message: 'the policy has no constraint',
      remedy: 'add clusters or another constraint',
    });
  return found.length > 0 ? { violations: found } : { value: value as PolicyConfig };
}
