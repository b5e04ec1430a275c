// Approvals: data in config/approvals/*.yaml that lets a destructive change through once, by name, with a reason.
import { LineCounter } from 'yaml';
import { InputError, type InputProblem } from '../input/error';
import { compileSchema, suggestion, violations } from '../input/schema';
import { stringsAt, type Json } from '../manifests/manifest';
import { documentValue, parseDocuments } from '../manifests/read';
import { RULES } from './registry';

export interface Approval {
  readonly namespace: string;
  readonly rule: string;
  readonly reason: string;
  /** Relative to the project. */
  readonly file: string;
  readonly line: number;
}

const text = { type: 'string', minLength: 1 };
const validate = compileSchema({
  type: 'array',
  items: {
    type: 'object',
    additionalProperties: false,
    required: ['namespace', 'rule', 'reason'],
    properties: { namespace: text, rule: text, reason: text },
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
 * Reads one file: a list of `{ namespace, rule, reason }`. An empty file approves nothing.
 * @throws InputError with everything that is wrong, each with its line
 */
export function parseApprovals(file: string, content: string): Approval[] {
  const lines = new LineCounter();
  const documents = parseDocuments(file, content, lines);
  const problems: InputProblem[] = [];
  const approvals: Approval[] = [];
  for (const document of documents) {
    const value = documentValue(file, document);
    if (value === null) continue;
    const lineAt = (path: string) => {
      const node =
        path === '' ? document.contents : document.getIn(path.split('/').slice(1).map(toKey), true);
      const range =
        typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null;
      return lines.linePos(range?.[0] ?? document.range[0]).line;
    };
    const wrong = violations(validate, value);
    problems.push(...wrong.map((one) => ({ ...one, path: one.path || '/', file, line: lineAt(one.path) })));
    if (wrong.length > 0 || !Array.isArray(value)) continue;
    value.forEach((entry: Json, i) => {
      const texts = stringsAt(entry);
      const of = (key: string) => texts.get(key) ?? '';
      const words = { namespace: of('namespace'), rule: of('rule'), reason: of('reason') };
      const approval = { ...words, file, line: lineAt(`/${i}`) };
      problems.push(...ruleProblem(approval, `/${i}/rule`));
      approvals.push(approval);
    });
  }
  if (problems.length > 0) throw new InputError(problems);
  return approvals;
}

const toKey = (part: string) => (/^\d+$/.test(part) ? Number(part) : part);

const contentOf = ({ namespace, rule, reason }: Approval) => JSON.stringify([namespace, rule, reason]);

/** The approvals that the baseline does not have yet: one that has been merged is spent, wherever it is moved to. */
export function liveApprovals(now: readonly Approval[], spent: readonly Approval[]): Approval[] {
  const gone = new Set(spent.map(contentOf));
  return now.filter((approval) => !gone.has(contentOf(approval)));
}
