// How severe a finding is: by its rule's category, unless the cluster config sets another severity.
import { InputError } from '../input/error';
import { suggestion } from '../input/schema';
import type { Category, Severity } from './finding';
import { RULES } from './registry';
import type { Rule } from './rule';

export type SeveritySetting = Severity | 'off';
export type Severities = Readonly<Record<string, SeveritySetting>>;

const BY_CATEGORY: Readonly<Record<Category, Severity>> = {
  refused: 'error',
  destructive: 'error',
  broken: 'error',
  policy: 'error',
  risky: 'warning',
  info: 'info',
};

const ADJUSTABLE: ReadonlySet<Category> = new Set(['broken', 'risky', 'info']);

/** Whether `severities` may set the rule's severity. */
export function isAdjustable({ category, fixed }: Rule): boolean {
  return ADJUSTABLE.has(category) && fixed !== true;
}

/** @throws InputError for unknown rules and for rules that cannot be lowered, all at once */
export function checkSeverities(severities: Severities, file: string): void {
  const problems = Object.keys(severities).flatMap((name) => {
    const rule = RULES.find((one) => one.name === name);
    const path = `/severities/${name}`;
    const code = 'config-invalid' as const;
    if (rule === undefined) {
      const names = RULES.map((one) => one.name);
      const meant = suggestion(name, names);
      const remedy = meant === undefined ? 'docs/rules.md lists them' : `did you mean '${meant}'?`;
      return [{ code, file, path, message: `there is no rule '${name}'`, remedy }];
    }
    if (isAdjustable(rule)) return [];
    const why =
      rule.fixed === true ? 'it reports what could not be judged' : `its findings are ${rule.category}`;
    const message = `you cannot change the severity of '${name}': ${why}`;
    const remedy = rule.approvable === true ? 'approve single findings instead' : 'remove this line';
    return [{ code, file, path, message, remedy }];
  });
  if (problems.length > 0) throw new InputError(problems);
}

const ORDER: readonly SeveritySetting[] = ['off', 'info', 'warning', 'error'];

const milder = (a: SeveritySetting, b: SeveritySetting) => (ORDER.indexOf(a) < ORDER.indexOf(b) ? a : b);

/**
 * The severity of a finding; `off` if it is not wanted.
 * @param category the finding's own: a worse one is never lowered, and a milder one is never raised
 */
export function severityOf(
  rule: Rule,
  severities: Severities,
  category: Category = rule.category,
): SeveritySetting {
  const set = Object.hasOwn(severities, rule.name) ? severities[rule.name] : undefined;
  const wanted = isAdjustable(rule) ? set : undefined;
  if (wanted === undefined || !ADJUSTABLE.has(category)) return BY_CATEGORY[category];
  return category === rule.category ? wanted : milder(wanted, BY_CATEGORY[category]);
}
