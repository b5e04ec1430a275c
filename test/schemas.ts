// The published schemas, strict: an object has no key but those that the schema names, so that none is forgotten there.
import { Ajv, type ValidateFunction } from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(__dirname, '../schemas/v1');

function strict(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(strict);
  if (typeof schema !== 'object' || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, strict(value)]));
  return 'properties' in schema ? { additionalProperties: false, ...inner } : inner;
}

const compiled = new Map<string, ValidateFunction>();

function validatorOf(name: string): ValidateFunction {
  const known = compiled.get(name);
  if (known !== undefined) return known;
  const schema = JSON.parse(readFileSync(join(FOLDER, `${name}.json`), 'utf8')) as object;
  const made = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });
  const validate = made.compile(strict(schema) as object);
  compiled.set(name, validate);
  return validate;
}

/** What a schema has against a value; empty if nothing. */
export function against(name: string, value: unknown): string[] {
  const validate = validatorOf(name);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message = '', params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}

const BY_COMMAND: Readonly<Record<string, string>> = {
  synth: 'check',
  check: 'check',
  plan: 'plan',
  explain: 'explain',
  status: 'status',
  import: 'drift',
  rules: 'rules',
};

/** Holds what a command line printed against the schema of its report, if it asked for JSON. @throws Error if it is another */
export function checkPrinted(args: readonly string[], out: string): void {
  if (args[args.indexOf('--format') + 1] !== 'json' || !out.startsWith('{')) return;
  if (args.includes('print')) return; // a List of objects is no report
  const isGuard = args.includes('guard') && out.includes('"guarded"');
  // The command is the first word that is one.
  const schema = isGuard ? 'guard' : args.flatMap((word) => BY_COMMAND[word] ?? [])[0];
  const found =
    schema === undefined
      ? ['no schema']
      : against(schema, JSON.parse(out.slice(0, out.lastIndexOf('}') + 1)));
  if (found.length > 0)
    throw new Error(`${args.join(' ')} is none of schemas/v1: ${found.slice(0, 10).join('\n')}`);
}
