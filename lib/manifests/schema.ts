// The schemas of the kinds that we know, as the API server and the CRD have them, checked with ajv on writing and reading.
// Sources: apis/offloading/v1beta1 (CRD namespaceoffloadings), Kubernetes core/v1 and node.k8s.io/v1.
import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import { OFFLOADING_GROUP, OFFLOADING_KIND } from '../liqo/constants';
import { MAPPING_STRATEGIES, POD_STRATEGIES } from '../liqo/namespace-offloading';
import { dnsLabelProblem, dnsSubdomainProblem, labelKeyProblem, labelValueProblem } from '../selector/labels';
import { groupOf, isObject, labelsOf, valueAt, type JsonObject, type Manifest } from './manifest';

const strings = { type: 'object', additionalProperties: { type: 'string' } };

const metadata = {
  type: 'object',
  required: ['name'],
  properties: {
    name: { type: 'string', minLength: 1 },
    namespace: { type: 'string' },
    labels: strings,
    annotations: strings,
  },
};

const requirements = {
  type: 'array',
  items: {
    type: 'object',
    required: ['key', 'operator'],
    properties: {
      key: { type: 'string' },
      operator: { type: 'string' },
      values: { type: 'array', items: { type: 'string' } },
    },
  },
};

/** Fields that it does not name are dropped by the API server. */
export const NAMESPACE_OFFLOADING = {
  type: 'object',
  required: ['metadata', 'spec'],
  properties: {
    metadata,
    spec: {
      type: 'object',
      properties: {
        namespaceMappingStrategy: { enum: MAPPING_STRATEGIES },
        podOffloadingStrategy: { enum: POD_STRATEGIES },
        remoteNamespaceName: { type: 'string' },
        clusterSelector: {
          type: 'object',
          required: ['nodeSelectorTerms'],
          properties: {
            nodeSelectorTerms: {
              type: 'array',
              items: {
                type: 'object',
                properties: { matchExpressions: requirements, matchFields: requirements },
              },
            },
          },
        },
      },
    },
  },
};

const namespace = { type: 'object', required: ['metadata'], properties: { metadata } };

const runtimeClass = {
  type: 'object',
  required: ['metadata', 'handler'],
  properties: {
    metadata,
    handler: { type: 'string', minLength: 1 },
    scheduling: {
      type: 'object',
      properties: {
        nodeSelector: strings,
        tolerations: { type: 'array', items: { type: 'object' } },
      },
    },
  },
};

const SCHEMAS: Readonly<Record<string, object>> = {
  [`${OFFLOADING_GROUP}/${OFFLOADING_KIND}`]: NAMESPACE_OFFLOADING,
  '/Namespace': namespace,
  'node.k8s.io/RuntimeClass': runtimeClass,
};

const validators = new Map<string, ValidateFunction>();
const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true });

function validatorFor(kind: string): ValidateFunction | undefined {
  const known = validators.get(kind);
  if (known !== undefined) return known;
  const schema = Object.hasOwn(SCHEMAS, kind) ? SCHEMAS[kind] : undefined;
  if (schema === undefined) return undefined;
  const compiled = ajv.compile(schema);
  validators.set(kind, compiled);
  return compiled;
}

export interface SchemaProblem {
  /** The field, as keys from the top of the object. */
  readonly field: readonly string[];
  readonly message: string;
}

const unescape = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');

function toProblem({ instancePath, message, keyword, params }: ErrorObject): SchemaProblem {
  const field = instancePath.split('/').slice(1).map(unescape);
  if (keyword === 'enum') {
    const allowed = (params['allowedValues'] as unknown[]).join(', ');
    return { field, message: `must be one of ${allowed}` };
  }
  return { field, message: message ?? keyword };
}

/** Those of nulls among them, which are empty texts to the API server. */
function keysOf({ body }: Manifest, field: 'labels' | 'annotations'): string[] {
  const value = valueAt(body, 'metadata', field);
  return isObject(value) ? Object.keys(value) : [];
}

/** What the schema language cannot say: the API server's rules for names, labels and annotations. */
function nameProblems(manifest: Manifest): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const add = (problem: string | undefined, what: string, ...field: string[]) => {
    if (problem !== undefined)
      problems.push({ field: ['metadata', ...field], message: `${what} ${problem}` });
  };
  if (manifest.name !== '') {
    const problemOf = manifest.kind === 'Namespace' ? dnsLabelProblem : dnsSubdomainProblem;
    add(problemOf(manifest.name), JSON.stringify(manifest.name), 'name');
  }
  if (manifest.namespace !== '')
    add(dnsLabelProblem(manifest.namespace), JSON.stringify(manifest.namespace), 'namespace');
  for (const key of keysOf(manifest, 'labels'))
    add(labelKeyProblem(key), `the label key ${JSON.stringify(key)}`, 'labels', key);
  for (const [key, value] of labelsOf(manifest))
    add(labelValueProblem(value), `the value of label ${key}, ${JSON.stringify(value)},`, 'labels', key);
  // Their prefixes may be in upper case (apimachinery, pkg/api/validation, ValidateAnnotations).
  for (const key of keysOf(manifest, 'annotations'))
    add(labelKeyProblem(key.toLowerCase()), `the annotation key ${JSON.stringify(key)}`, 'annotations', key);
  return problems;
}

/** The API server drops nulls on fields that are not nullable, so a null is judged as absent. */
export function withoutNulls(body: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(body, (_key, value: unknown) => value ?? undefined)) as JsonObject;
}

/** Why the API server refuses an object of a kind that we know; empty for good ones and for unknown kinds. */
export function schemaProblems(manifest: Manifest): SchemaProblem[] {
  const validate = validatorFor(`${groupOf(manifest.apiVersion)}/${manifest.kind}`);
  if (validate === undefined) return [];
  const fromSchema = validate(manifest.body) ? [] : validatedAgain(validate, manifest.body);
  return [...fromSchema, ...nameProblems(manifest)];
}

function validatedAgain(validate: ValidateFunction, body: JsonObject): SchemaProblem[] {
  const clean = isObject(body) ? withoutNulls(body) : body;
  return validate(clean) ? [] : (validate.errors ?? []).map(toProblem);
}
