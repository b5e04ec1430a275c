// What is said of a rule beside what it says of itself: what its category means, where its source lies, what lets it through.
import type { Category } from '../judge/finding';
import type { Rule, Subject } from '../judge/rule';
import { isAdjustable, severityOf } from '../judge/severities';

export const MEANING: Readonly<Record<Category, string>> = {
  refused: 'Liqo or the API server rejects it',
  destructive: 'something is deleted for good',
  broken: 'accepted, then does not work',
  policy: "the organisation's own rule",
  risky: "worth a reviewer's eye",
  info: 'good to know',
};

/** The sources' short names for two folders of Liqo. */
const FOLDERS = {
  'NSO/': 'pkg/liqo-controller-manager/offloading/namespaceoffloading-controller/',
  'NSM/': 'pkg/liqo-controller-manager/offloading/namespacemap-controller/',
};

/** Where Liqo or Kubernetes behaves like that. Paths are those of Liqo's repository, unless they begin with docs/. */
export const sourceOf = ({ source }: Rule) =>
  Object.entries(FOLDERS).reduce((text, [short, full]) => text.replaceAll(short, full), source);

const SAMPLE: Readonly<Record<Subject, string>> = { namespace: 'shop', provider: 'naples', object: 'web' };

/** What lets a finding of the rule through, and how that is written; nothing else does. */
export interface WayThrough {
  readonly sentence: string;
  /** Lines to copy, where there is something to write. */
  readonly lines: readonly string[];
}

/** Ways to live with a finding, the best first. */
export function waysThrough(rule: Rule): WayThrough[] {
  const { name, category, approvable, approvedBy: by = 'namespace' } = rule;
  const approval: WayThrough = {
    sentence: `Approve one finding, once, by ${by}: add this to a YAML file in config/approvals/.`,
    lines: [`- { ${by}: ${SAMPLE[by]}, rule: ${name}, reason: PLAT-123 why it is wanted }`],
  };
  const severity: WayThrough = {
    sentence: 'Change its severity for good in config/cluster.ts, to off, info, warning or error.',
    lines: [`severities: { '${name}': '${severityOf(rule, {}) === 'warning' ? 'off' : 'warning'}' },`],
  };
  const ways = [...(approvable === true ? [approval] : []), ...(isAdjustable(rule) ? [severity] : [])];
  if (ways.length > 0) return ways;
  const sentence =
    category === 'policy'
      ? 'Change the policy in config/policies.ts. A finding can be neither approved nor lowered.'
      : 'A finding can be neither approved nor lowered: change what it finds.';
  return [{ sentence, lines: [] }];
}
