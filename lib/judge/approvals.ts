// Approvals: data in config/approvals/*.yaml that approves a destructive change once, by name, with a reason.
import { InputError, type InputProblem } from '../input/error';
import { closed, schemaOf, suggestion } from '../input/schema';
import { readData } from '../manifests/data';
import { isPlaceholder } from './approval-entry';
import { RULES } from './registry';
import type { Subject } from './rule';

/** It names exactly one subject. */
export interface Approval extends Readonly<Partial<Record<Subject, string>>> {
  readonly rule: string;
  readonly reason: string;
  /** The clusters that may be hit; undefined for any. */
  readonly clusters?: readonly string[];
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
}

/** An entry as written. */
type Entry = Omit<Approval, 'file' | 'line'>;

const SUBJECTS: readonly Subject[] = ['namespace', 'provider', 'object'];

const text = { type: 'string', minLength: 1 };

/** schemas/v1/approvals.json is made of it, so the descriptions are what an editor shows. */
export const APPROVALS_SCHEMA = {
  type: 'array',
  items: closed(['rule', 'reason'], {
    namespace: { ...text, description: 'The namespace whose finding passes.' },
    provider: { ...text, description: 'The provider, by its cluster ID, for rules about peerings.' },
    object: { ...text, description: 'The object, for rules that are approved by object.' },
    rule: { ...text, description: 'The rule whose finding passes.' },
    reason: { ...text, description: 'Why it may happen, and who decided it.' },
    clusters: {
      type: 'array',
      minItems: 1,
      items: text,
      description: 'The clusters that may be hit, by ID; any by default.',
    },
  }),
};

const ENTRIES = schemaOf<readonly Entry[]>(APPROVALS_SCHEMA);

export const APPROVABLE: readonly string[] = RULES.filter(({ approvable }) => approvable === true).map(
  ({ name }) => name,
);

/** Whether an entry names the subject that its rule is approved by, and no other. */
function subjectProblem(approval: Approval, by: Subject, at: string): InputProblem[] {
  const { rule, file, line } = approval;
  if (approval[by] === undefined) return [{ file, line, path: at, message: `the key '${by}' is missing` }];
  return SUBJECTS.filter((one) => one !== by && approval[one] !== undefined).map((one) => ({
    file,
    line,
    path: `${at}/${one}`,
    message: `findings of '${rule}' are approved by ${by}, not by ${one}`,
    remedy: `remove the key '${one}'`,
  }));
}

function ruleProblem(approval: Approval, at: string): InputProblem[] {
  const { rule, file, line } = approval;
  const path = `${at}/rule`;
  const approvable = RULES.find(({ name }) => name === rule);
  if (approvable?.approvable === true)
    return subjectProblem(approval, approvable.approvedBy ?? 'namespace', at);
  const meant = suggestion(rule, APPROVABLE);
  const known = RULES.some(({ name }) => name === rule);
  const message = known ? `findings of '${rule}' cannot be approved` : `there is no rule '${rule}'`;
  const remedy =
    meant === undefined ? `rules that can be approved: ${APPROVABLE.join(', ')}` : `did you mean '${meant}'?`;
  return [{ file, line, path, message, remedy }];
}

/**
 * Reads one file: a list of `{ namespace, rule, reason, clusters? }`, with `provider` or `object` instead of `namespace` for
 * rules that are approved so. An empty file approves nothing.
 * @throws InputError with all problems, each with its line
 */
export function parseApprovals(file: string, content: string): Approval[] {
  const problems: InputProblem[] = [];
  const approvals = readData(file, content, ENTRIES).flatMap(({ value, lineAt }) =>
    value.map((entry, i): Approval => {
      const approval = { ...entry, file, line: lineAt(`/${i}`) };
      const { line, reason } = approval;
      problems.push(...ruleProblem(approval, `/${i}`));
      if (reason.trim() === '')
        problems.push({ file, line, path: `/${i}/reason`, message: 'the text is empty' });
      return approval;
    }),
  );
  if (problems.length > 0) throw new InputError(problems);
  return approvals;
}

const contentOf = ({ rule, reason, clusters, ...subjects }: Approval) =>
  JSON.stringify([SUBJECTS.map((one) => subjects[one]), rule, reason, clusters?.toSorted()]);

function placeholderProblem({ file, line, rule, namespace }: Approval): InputProblem {
  return {
    file,
    line,
    message: `the approval of ${rule} for '${namespace}' still has the placeholder '…' as its reason`,
    remedy: 'write why it may happen and who decided it, for example a ticket',
  };
}

/**
 * The approvals that the baseline does not have yet, each once: a merged one is spent, even if it moves to another file.
 * @throws InputError if one of them gives no reason
 */
export function liveApprovals(now: readonly Approval[], spent: readonly Approval[]): Approval[] {
  const gone = new Set(spent.map(contentOf));
  const live = new Map<string, Approval>();
  for (const approval of now) {
    const content = contentOf(approval);
    if (!gone.has(content) && !live.has(content)) live.set(content, approval);
  }
  const empty = [...live.values()].filter(({ reason }) => isPlaceholder(reason));
  if (empty.length > 0) throw new InputError(empty.map(placeholderProblem));
  return [...live.values()];
}
