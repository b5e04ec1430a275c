// What ajv finds, in words that a user can act on: the path, the value, what is allowed, and the key that was meant.
import type * as TheAjv from 'ajv';
import type { Ajv, ErrorObject, ValidateFunction } from 'ajv';
import { closest, distance as distanceOf } from 'fastest-levenshtein';
import { dnsLabelProblem, dnsSubdomainProblem } from '../selector/labels';

/** One violation inside one value. */
export interface Violation {
  /** JSON path from the top of the value, `` for the value itself. */
  readonly path: string;
  readonly message: string;
  readonly remedy?: string;
  readonly excerpt?: string;
  /** The command that helps, to be copied. */
  readonly command?: string;
}

/** As the CRDs of Flux have it. */
const DURATION = /^([0-9]+(\.[0-9]+)?(ms|s|m|h))+$/;

/** An address with a scheme, or one of scp's (`git@example.com:platform.git`). */
const REPOSITORY = /^([a-z][a-z0-9+.-]*:\/\/[^\s/]+\/\S*|[\w.-]+@[\w.-]+:\S+)$/i;
/** A name before the host, and over ssh a password. */
const WITH_CREDENTIALS = /^(https?:\/\/[^/]*@|[a-z0-9+.-]+:\/\/[^/@:]*:[^/@]*@)/i;

function repositoryProblem(text: string): string | undefined {
  if (!REPOSITORY.test(text))
    return 'is not the URL of a repository, such as https://example.com/platform.git';
  return WITH_CREDENTIALS.test(text)
    ? 'contains credentials, which everyone with access to the repository could read: put them in a Secret'
    : undefined;
}

const FORMATS: Readonly<Record<string, (text: string) => string | undefined>> = {
  'dns-1123-label': dnsLabelProblem,
  'dns-1123-subdomain': dnsSubdomainProblem,
  duration: (text) => (DURATION.test(text) ? undefined : 'is not a duration such as 10m or 1h30m'),
  repository: repositoryProblem,
};

/** A map with these keys and no others. */
export const closed = <Keys extends object>(required: readonly string[], properties: Keys) => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});

function makeAjv(): Ajv {
  // Loading it takes as long as Node takes to start, and --help or init have nothing to check.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Ajv: Checker } = require('ajv') as typeof TheAjv;
  const ajv = new Checker({ allErrors: true, verbose: true, strict: true, allowUnionTypes: true });
  for (const [name, problem] of Object.entries(FORMATS))
    ajv.addFormat(name, (text) => problem(text) === undefined);
  ajv.addKeyword({
    keyword: 'isFunction',
    validate: (_: boolean, value: unknown) => typeof value === 'function',
  });
  return ajv;
}

/** What a function gives, which is called the first time that somebody asks. */
function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const theAjv = lazily(makeAjv);

/** Gives the validator of a schema of values of type T. */
export type Schema<T = unknown> = () => ValidateFunction<T>;

/**
 * A schema of values of type T; `format` may be a key of FORMATS, and `isFunction: true` asks for a function. It is compiled
 * when it is first needed: all of them take longer than Node takes to start, and a run needs a few.
 */
export const schemaOf = <T>(schema: object): Schema<T> => lazily(() => theAjv().compile<T>(schema));

function jsonOf(value: unknown): string {
  try {
    const text = JSON.stringify(value) as string | undefined;
    return text ?? String(value);
  } catch {
    return 'a value that JSON cannot represent';
  }
}

/** A value in at most 60 characters, for messages. */
export function shown(value: unknown): string {
  const text = typeof value === 'function' ? 'a function' : jsonOf(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}

/** The known word with the fewest slips in it, case aside, and how many they are. */
function nearest(written: string, known: readonly string[]) {
  if (known.length === 0) return undefined;
  const best = closest(
    written.toLowerCase(),
    known.map((one) => one.toLowerCase()),
  );
  const word = known.find((one) => one.toLowerCase() === best);
  return word === undefined ? undefined : { word, slips: distanceOf(written.toLowerCase(), best) };
}

/** The known word that was probably meant, undefined where none is close. */
export function suggestion(written: string, known: readonly string[]): string | undefined {
  const found = nearest(written, known);
  return found !== undefined && found.slips <= Math.max(2, Math.floor(found.word.length / 3))
    ? found.word
    : undefined;
}

/**
 * The same where a word may as well be somebody's own: one slip in a short word, two in a longer one, three from 15
 * characters on.
 */
export function slipOf(written: string, known: readonly string[]): string | undefined {
  const found = nearest(written, known);
  if (found === undefined) return undefined;
  const { word, slips } = found;
  return slips <= (word.length < 6 ? 1 : word.length < 15 ? 2 : 3) ? word : undefined;
}

function keysOf(schema: unknown): string[] {
  return typeof schema === 'object' && schema !== null && 'properties' in schema
    ? Object.keys(schema.properties as object)
    : [];
}

function describe(error: ErrorObject): Violation {
  const { keyword, params, data, instancePath: path, parentSchema } = error;
  switch (keyword) {
    case 'additionalProperties': {
      const key = String(params['additionalProperty']);
      const allowed = keysOf(parentSchema);
      const meant = suggestion(key, allowed);
      return {
        path: `${path}/${key}`,
        message: `unknown key '${key}'`,
        remedy: meant === undefined ? `use one of ${allowed.join(', ')}` : `did you mean '${meant}'?`,
      };
    }
    case 'required':
      return { path, message: `the key '${String(params['missingProperty'])}' is missing` };
    case 'enum': {
      const allowed = (params['allowedValues'] as unknown[]).map(String);
      const meant = typeof data === 'string' ? suggestion(data, allowed) : undefined;
      return {
        path,
        message: `${shown(data)} is not allowed`,
        remedy: `${meant === undefined ? '' : `did you mean '${meant}'? `}use one of ${allowed.join(', ')}`,
      };
    }
    case 'type': {
      const wanted = [params['type']].flat().join(' or ');
      const unquoted = wanted === 'string' && (typeof data === 'boolean' || typeof data === 'number');
      return {
        path,
        message: `${shown(data)} is not a valid ${wanted}`,
        ...(unquoted && { remedy: 'put it in quotes; YAML 1.1 reads yes, no, on, off, y and n as booleans' }),
      };
    }
    case 'isFunction':
      return { path, message: `${shown(data)} is not a function` };
    case 'format': {
      const problem = FORMATS[String(params['format'])]?.(String(data)) ?? 'is malformed';
      return { path, message: `${shown(data)} ${problem}` };
    }
    case 'minItems':
      return { path, message: 'the list is empty' };
    case 'minLength':
      return { path, message: 'the text is empty' };
    default:
      return { path, message: `${shown(data)} ${error.message ?? keyword}` };
  }
}

/** Everything that is wrong with a value; empty where it fits. */
export function violations<T>(schema: Schema<T>, value: unknown): Violation[] {
  const validate = schema();
  if (validate(value)) return [];
  return (validate.errors ?? []).map(describe);
}
