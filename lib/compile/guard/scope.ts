// The namespaces that a policy is for, as a LabelSelector: the API server has the labels of a namespace at hand.
import { parseSelector } from '../../selector/parse';
import type { Requirement } from '../../selector/term';
import type { PolicyConfig } from '../../config/types';
import type { JsonObject } from '../../manifests/manifest';

/** On every Namespace, by the API server. */
const NAME = 'kubernetes.io/metadata.name';

const expression = ({ key, operator, values }: Requirement): JsonObject => ({
  key,
  operator,
  ...(values.length > 0 && { values }),
});

/**
 * @param but namespaces that are left out where a policy does not name them
 * @returns undefined where a LabelSelector cannot say it: it knows no greater and no less
 */
export function scopeOf({ namespaces }: PolicyConfig, but: readonly string[] = []): JsonObject | undefined {
  if (typeof namespaces === 'object')
    return { matchExpressions: [{ key: NAME, operator: 'In', values: [...namespaces].sort() }] };
  const asked = namespaces === undefined ? [] : parseSelector(namespaces);
  if (asked.some(({ operator }) => operator === 'Gt' || operator === 'Lt')) return undefined;
  const others = but.length === 0 ? [] : [{ key: NAME, operator: 'NotIn', values: [...but].sort() }];
  const matchExpressions = [...asked.map(expression), ...others];
  return matchExpressions.length > 0 ? { matchExpressions } : {};
}
