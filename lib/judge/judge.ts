// The judge: runs every rule, then decides in one place what is covered, existing or approved, and how severe it is.
import { identityOf } from '../manifests/manifest';
import { lineOf } from '../manifests/read';
import { ENTRY } from './approval-entry';
import type { Approval } from './approvals';
import { amongOld } from './growth';
import { factsThen } from './known-providers';
import { summarize, type Finding, type Severity, type Verdict } from './finding';
import { RULES } from './registry';
import type { Restoration } from './restore';
import type { Facts, Problem, Rule } from './rule';
import { severityOf, type Severities } from './severities';
import type { State } from './state';

/** A change, whose old side is what the cluster holds, and everything that decides about it. */
export interface Case extends Restoration {
  readonly facts: Facts;
  readonly severities: Severities;
  /** The approvals that the baseline does not have. */
  readonly approvals: readonly Approval[];
  /** Those that it has: they approve nothing, and a finding that matches one says so. */
  readonly spent: readonly Approval[];
  /** The config file of a file in dist, for findings. */
  readonly configOf: (file: string) => string | undefined;
  /** Whether findings that the old side also has stay errors. */
  readonly all: boolean;
}

/** A problem with its rule, and whether the old side has it too. */
interface Found {
  readonly rule: Rule;
  readonly problem: Problem;
  readonly existing: boolean;
}

/** Checks the old side only if the new one has problems. */
function fromState(rule: Rule & { about: 'state' }, before: State, after: State, facts: Facts): Found[] {
  const problems = rule.check(after, facts);
  if (problems.length === 0) return [];
  const isOld = amongOld(rule.check(before, factsThen(facts)));
  return problems.map((problem) => ({ rule, problem, existing: isOld(problem) }));
}

/** Whether a problem is about a variable that Flux has yet to fill in: `folder-incomplete` reports that. */
function isOpen({ rule, problem }: Found, { before, facts: { view } }: Case): boolean {
  const { manifest, field, category } = problem;
  if (manifest === undefined || ['destructive', 'policy'].includes(category ?? rule.category)) return false;
  const was = before.byIdentity.get(identityOf(manifest)) ?? [];
  return view.after.isOpen(manifest, field) || was.some((one) => view.before.isOpen(one, field));
}

function find(rule: Rule, given: Case): Found[] {
  const { before, after, facts } = given;
  switch (rule.about) {
    case 'state':
      return fromState(rule, before, after, facts);
    case 'change':
      return rule.check(given, facts).map((problem) => ({ rule, problem, existing: false }));
    case 'run':
      return []; // checked last: it needs to know which approvals were used
  }
}

/** One event, one finding: drops findings that another rule covers for the same namespace. */
function withoutCovered(found: readonly Found[]): Found[] {
  const covered = new Set(
    found.flatMap(({ rule, problem }) =>
      (rule.covers ?? []).map((name) => `${name}|${problem.namespace ?? ''}`),
    ),
  );
  return found.filter(({ rule, problem }) => !covered.has(`${rule.name}|${problem.namespace ?? ''}`));
}

function isAbout(approval: Approval, { rule, problem }: Found): boolean {
  if (rule.approvable !== true || approval.rule !== rule.name) return false;
  const { approvedBy = 'namespace' } = rule;
  return approval[approvedBy] !== undefined && approval[approvedBy] === problem[approvedBy];
}

/** An approval for some clusters matches only a finding that is known to affect no others. */
const fits = (approval: Approval, found: Found) =>
  isAbout(approval, found) &&
  (approval.clusters === undefined ||
    (found.problem.others !== true &&
      found.problem.clusters?.every((id) => approval.clusters?.includes(id)) === true));

function lowered(severity: Severity, lower: boolean): Severity {
  return lower && severity === 'error' ? 'warning' : severity;
}

/** What to do, with a spent approval or an unknown history explained. */
function remedyOf({ rule, problem }: Found, spent: Approval | undefined, { cut }: Case): string {
  const unknown =
    rule.category === 'refused' && rule.about === 'change' && problem.manifest !== undefined
      ? cut.get(identityOf(problem.manifest))
      : undefined;
  if (spent !== undefined)
    return `The approval in ${spent.file}:${spent.line} is already spent, because the baseline has it. ${problem.remedy}`;
  if (unknown === undefined) return problem.remedy;
  return `${problem.remedy} If the cluster never accepted the form in the baseline, a revert passes, but the judge cannot tell: ${unknown.reason}. ${unknown.remedy}`;
}

/** Names and paths cannot start a new line: only we write lines to paste. */
const onOneLine = (text: string) => text.replace(/[\r\n\u0085\u2028\u2029]+/g, ' ');

/** The remedy of an approvable rule ends in an entry to paste, which is already quoted. */
function safeRemedy(remedy: string, { approvable }: Rule): string {
  const at = approvable === true ? remedy.lastIndexOf(ENTRY) : -1;
  return at < 0 ? onOneLine(remedy) : onOneLine(remedy.slice(0, at)) + remedy.slice(at);
}

function toFinding(found: Found, severity: Severity, given: Case): Finding {
  const { rule, problem, existing } = found;
  const approval = given.approvals.find((one) => fits(one, found));
  const spent = approval === undefined ? given.spent.find((one) => fits(one, found)) : undefined;
  const file = problem.manifest?.source.file ?? problem.file;
  const isExisting = existing && !given.all;
  return {
    rule: rule.name,
    category: problem.category ?? rule.category,
    severity: lowered(severity, isExisting || approval !== undefined),
    namespace: problem.namespace,
    message: onOneLine(problem.message),
    remedy: safeRemedy(remedyOf(found, spent, given), rule),
    file,
    line: problem.manifest === undefined ? problem.line : lineOf(problem.manifest, ...(problem.field ?? [])),
    removed: problem.manifest !== undefined && !given.after.has(problem.manifest) ? true : undefined,
    config: file === undefined ? undefined : given.configOf(file),
    clusters: problem.clusters,
    witness: problem.witness,
    existing: existing ? true : undefined,
    approved: approval?.reason,
  };
}

/** Findings about the run: unused approvals, a stale dist. */
function judgeRun(found: readonly Found[], errors: number, given: Case): Found[] {
  const unused = given.approvals
    .filter((approval) => !found.some((one) => fits(approval, one)))
    .map((approval) => ({ ...approval, found: found.find((one) => isAbout(approval, one))?.problem }));
  return RULES.flatMap((rule) =>
    rule.about === 'run'
      ? rule.check(given.facts, { unused, errors }).map((problem) => ({ rule, problem, existing: false }))
      : [],
  );
}

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function settled(found: readonly Found[], given: Case): Finding[] {
  return found.flatMap((one) => {
    const severity = severityOf(one.rule, given.severities, one.problem.category);
    return severity === 'off' ? [] : [toFinding(one, severity, given)];
  });
}

/** Judges a case. Findings are sorted by namespace, then in the order of the registry; those about the run come last. */
export function judge(given: Case): Verdict {
  const found = withoutCovered(
    RULES.flatMap((rule) => find(rule, given)).filter((one) => !isOpen(one, given)),
  );
  const judged = settled(found, given);
  const ofRun = settled(judgeRun(found, summarize(judged).errors, given), given);
  const isAboutAll = ({ namespace }: Finding) => namespace === undefined;
  const findings = [...judged, ...ofRun.filter((one) => !isAboutAll(one))].sort((a, b) =>
    byText(a.namespace ?? '', b.namespace ?? ''),
  );
  findings.push(...ofRun.filter(isAboutAll));
  return { findings, summary: summarize(findings) };
}
