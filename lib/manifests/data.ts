// Data beside the configs (approvals, the inventory): YAML that a schema checks, with the line of everything in it.
import { LineCounter } from 'yaml';
import { InputError, type InputProblem } from '../input/error';
import { violations, type Schema } from '../input/schema';
import { documentValue, parseDocuments } from './read';

export interface DataDocument<T> {
  readonly value: T;
  /** The line (from 1) of what lies at a JSON path such as `/0/rule`. */
  readonly lineAt: (path: string) => number;
}

/** Of so many problems the line is looked for: each is looked for among all keys of its map, and fewer are ever shown. */
const LOCATED = 100;

const toKey = (part: string) => (/^\d+$/.test(part) ? Number(part) : part);

/**
 * The documents of a file that are not empty, each as its schema wants it.
 * @throws InputError with everything that is wrong, each with its line and JSON path
 */
export function readData<T>(file: string, content: string, schema: Schema<T>): DataDocument<T>[] {
  const lines = new LineCounter();
  const problems: InputProblem[] = [];
  const validate = schema();
  const documents = parseDocuments(file, content, lines).flatMap((document): DataDocument<T>[] => {
    const value = documentValue(file, document);
    if (value === null) return [];
    const lineAt = (path: string) => {
      const keys = path.split('/').slice(1).map(toKey);
      const node = keys.length === 0 ? document.contents : document.getIn(keys, true);
      const range =
        typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null;
      return lines.linePos(range?.[0] ?? document.range[0]).line;
    };
    if (validate(value)) return [{ value, lineAt }];
    violations(schema, value).forEach((one, i) => {
      const line = i < LOCATED ? lineAt(one.path) : undefined;
      problems.push({ ...one, path: one.path || '/', file, line });
    });
    return [];
  });
  if (problems.length > 0) throw new InputError(problems);
  return documents;
}
