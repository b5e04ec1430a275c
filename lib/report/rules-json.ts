// The rules for machines.
import type { Rule } from '../judge/rule';
import { isAdjustable, severityOf } from '../judge/severities';
import type { RuleJson, RulesJson } from './contract';
import { ruleUrl } from './rule-url';
import { sourceOf } from './rule-words';
import { plainJson } from './terminal';

function ruleJson(rule: Rule): RuleJson {
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

export function rulesJson(rules: readonly Rule[]): string {
  const report: RulesJson = { version: 1, rules: rules.map(ruleJson) };
  return `${plainJson(report)}\n`;
}
