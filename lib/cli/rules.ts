// cdk8s-liqo rules: what the judge looks for, as the registry has it.
import { suggestion } from '../input/schema';
import { RULES } from '../judge/registry';
import type { Rule } from '../judge/rule';
import type { RulesFormatName } from '../report/format-names';
import { rulesJson } from '../report/rules-json';
import { ruleList, rulePage } from '../report/rules-text';
import { guarded, say, type ExitStatus, type Io } from './console';
import { usage } from './usage';

export interface RulesOptions {
  /** The one to tell all about; undefined for the list. */
  readonly rule?: string;
  readonly format: RulesFormatName;
}

/** @throws InputError where there is none of that name */
function ruleNamed(name: string): Rule {
  const rule = RULES.find((one) => one.name === name);
  if (rule !== undefined) return rule;
  const meant = suggestion(
    name,
    RULES.map((one) => one.name),
  );
  throw usage(
    `there is no rule '${name}'`,
    meant === undefined ? 'cdk8s-liqo rules lists them' : `did you mean ${meant}?`,
  );
}

/** @returns 0 told; 2 there is no such rule */
export function showRules({ rule: name, format }: RulesOptions, io: Io): ExitStatus {
  return guarded(io, () => {
    const one = name === undefined ? undefined : ruleNamed(name);
    const rules = one === undefined ? RULES : [one];
    say((look) => {
      if (format === 'json') return rulesJson(rules);
      return one === undefined ? ruleList(RULES, look) : rulePage(one, look);
    }, io.stdout);
    return 0;
  });
}
