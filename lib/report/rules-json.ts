// The rules for machines. Its form is a contract: fields are added, never renamed, within a version.
import type { Rule } from '../judge/rule';
import { isAdjustable, severityOf } from '../judge/severities';
import { ruleUrl } from './rule-url';
import { sourceOf } from './rule-words';
import { plainJson } from './terminal';

function ruleJson(rule: Rule) {
  const { name, category, about, summary, why, covers, approvable = false, approvedBy = 'namespace' } = rule;
  return {
    name,
    category,
    severity: severityOf(rule, {}),
    about,
    adjustable: isAdjustable(rule),
    approvedBy: approvable ? approvedBy : undefined,
    summary,
    why,
    source: sourceOf(rule),
    covers,
    url: ruleUrl(name),
  };
}

export const rulesJson = (rules: readonly Rule[]): string =>
  `${plainJson({ version: 1, rules: rules.map(ruleJson) })}\n`;
