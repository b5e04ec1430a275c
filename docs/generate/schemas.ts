// schemas/v1, the JSON Schemas that are published with the package: of data files from the schemas that they are checked by, of
// reports from the types in lib/report/contract.ts.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createGenerator, type Schema } from 'ts-json-schema-generator';
import { APPROVABLE, APPROVALS_SCHEMA } from '../../lib/judge/approvals';
import { INVENTORY_SCHEMA } from '../../lib/manifests/inventory';
import { HOMEPAGE } from '../../lib/report/rule-url';

const PROJECT = join(__dirname, '../..');

/** The folder of the schemas: a report of another version has its schemas in another one. */
export const SCHEMAS = 'schemas/v1';

/** What JSON Schema has no format for. */
const PATTERNS: Readonly<Record<string, object>> = {
  'dns-1123-label': { pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?$', maxLength: 63 },
  'dns-1123-subdomain': {
    pattern: '^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$',
    maxLength: 253,
  },
};

/** The same schema without formats of our own. */
function portable(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(portable);
  if (typeof schema !== 'object' || schema === null) return schema;
  const { format, ...rest } = schema as { format?: string };
  const known = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, portable(value)]));
  return { ...known, ...(typeof format === 'string' ? PATTERNS[format] : {}) };
}

function approvals(): object {
  const { items, ...list } = APPROVALS_SCHEMA;
  const properties = { ...items.properties, rule: { ...items.properties.rule, enum: APPROVABLE } };
  const subject = (name: string) => ({ required: [name] });
  const oneOf = ['namespace', 'provider', 'object'].map(subject);
  return { ...list, items: { ...items, properties, oneOf } };
}

const DATA: Readonly<Record<string, () => object>> = {
  inventory: () => INVENTORY_SCHEMA,
  approvals,
};

/** The types of reports, by the names of their files. */
const REPORTS = {
  check: 'CheckJson',
  plan: 'PlanJson',
  explain: 'ExplainJson',
  guard: 'GuardJson',
  status: 'StatusJson',
  drift: 'DriftJson',
  rules: 'RulesJson',
} as const;

/** A report, or why there is none. */
function reportSchemas(): [string, object][] {
  const generator = createGenerator({
    path: join(PROJECT, 'lib/report/contract.ts'),
    tsconfig: join(PROJECT, 'tsconfig.json'),
    expose: 'export',
    topRef: false,
    additionalProperties: true,
    skipTypeCheck: true,
  });
  const failed = generator.createSchema('CouldNotJudgeJson');
  return Object.entries(REPORTS).map(([name, type]) => {
    const report = generator.createSchema(type);
    const anyOf = [withoutHead(report), withoutHead(failed)];
    return [name, { anyOf, definitions: { ...failed.definitions, ...report.definitions } }];
  });
}

const withoutHead = (schema: Schema): object =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => key !== '$schema' && key !== 'definitions'));

const TITLES: Readonly<Record<string, string>> = {
  inventory: 'config/inventory.yaml of cdk8s-liqo: the providers, as the cluster shows them',
  approvals: 'config/approvals/*.yaml of cdk8s-liqo: what may be destroyed, once',
  check: 'The JSON of cdk8s-liqo check and synth',
  plan: 'The JSON of cdk8s-liqo plan',
  explain: 'The JSON of cdk8s-liqo explain',
  guard: 'The JSON of cdk8s-liqo explain guard',
  status: 'The JSON of cdk8s-liqo status',
  drift: 'The JSON of cdk8s-liqo import --check',
  rules: 'The JSON of cdk8s-liqo rules',
};

/** The texts of all schemas, by their paths in the project. */
export function schemaFiles(): ReadonlyMap<string, string> {
  const data = Object.entries(DATA).map(([name, schema]) => [name, portable(schema())] as [string, object]);
  return new Map(
    [...data, ...reportSchemas()].map(([name, schema]) => {
      const path = `${SCHEMAS}/${name}.json`;
      const head = {
        $schema: 'http://json-schema.org/draft-07/schema#',
        $id: `${HOMEPAGE}/${path}`,
        title: TITLES[name],
      };
      return [path, `${JSON.stringify({ ...head, ...schema }, null, 2)}\n`];
    }),
  );
}

export function writeSchemas(): void {
  mkdirSync(join(PROJECT, SCHEMAS), { recursive: true });
  for (const [path, text] of schemaFiles()) writeFileSync(join(PROJECT, path), text);
}
