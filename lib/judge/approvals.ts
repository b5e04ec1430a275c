// Approvals: data in config/approvals/*.yaml that lets a destructive change through once, by name, with a reason.
import { InputError, type InputProblem } from '../input/error';
import { schemaOf, suggestion } from '../input/schema';
import { readData } from '../manifests/data';
import { RULES } from './registry';

export interface Approval {
  readonly namespace: string;
  readonly rule: string;
  readonly reason: string;
  /** The clusters that may be hit; undefined for any. */
  readonly clusters?: readonly string[];
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
}

/** An entry as it is written. */
type Entry = Pick<Approval, 'namespace' | 'rule' | 'reason' | 'clusters'>;

const text = { type: 'string', minLength: 1 };
const ENTRIES = schemaOf<readonly Entry[]>({
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['namespace', 'rule', 'reason'],
    properties: {
      namespace: text,
      rule: text,
      reason: text,
      clusters: { type: 'array', minItems: 1, items: text },
    },
  },
});

const APPROVABLE = RULES.filter(({ approvable }) => approvable === true).map(({ name }) => name);

function ruleProblem({ rule, file, line }: Approval, path: string): InputProblem[] {
  if (APPROVABLE.includes(rule)) return [];
  const meant = suggestion(rule, APPROVABLE);
  const known = RULES.some(({ name }) => name === rule);
  const message = known ? `no approval lets findings of '${rule}' through` : `there is no rule '${rule}'`;
  const remedy = meant === undefined ? `approvable are ${APPROVABLE.join(', ')}` : `did you mean '${meant}'?`;
  return [{ file, line, path, message, remedy }];
}

/**
 * Reads one file: a list of `{ namespace, rule, reason, clusters? }`. An empty file approves nothing.
 * @throws InputError with everything that is wrong, each with its line
 */
export function parseApprovals(file: string, content: string): Approval[] {
  const problems: InputProblem[] = [];
  const approvals = readData(file, content, ENTRIES).flatMap(({ value, lineAt }) =>
    value.map((entry, i): Approval => {
      const approval = { ...entry, file, line: lineAt(`/${i}`) };
      const { line, reason } = approval;
      problems.push(...ruleProblem(approval, `/${i}/rule`));
      if (reason.trim() === '')
        problems.push({ file, line, path: `/${i}/reason`, message: 'the text is empty' });
      return approval;
    }),
  );
  if (problems.length > 0) throw new InputError(problems);
  return approvals;
}

const contentOf = ({ namespace, rule, reason, clusters }: Approval) =>
  JSON.stringify([namespace, rule, reason, clusters?.toSorted()]);

/** The approvals that the baseline does not have yet: one that has been merged is spent, wherever it is moved to. */
export function liveApprovals(now: readonly Approval[], spent: readonly Approval[]): Approval[] {
  const gone = new Set(spent.map(contentOf));
  return now.filter((approval) => !gone.has(contentOf(approval)));
}
