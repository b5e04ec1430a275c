// The schemas of the kinds that we know, as the API server and the CRD have them, checked with ajv on writing and reading.
// Sources: apis/offloading/v1beta1 (CRD namespaceoffloadings), Kubernetes core/v1 and node.k8s.io/v1.
import type { ErrorObject, ValidateFunction } from 'ajv';
import { OFFLOADING_GROUP, OFFLOADING_KIND } from '../liqo/constants';
import { closed, schemaOf, type Schema } from '../input/schema';
import { MAPPING_STRATEGIES, POD_STRATEGIES } from '../liqo/namespace-offloading';
import { dnsLabelProblem, dnsSubdomainProblem, labelKeyProblem, labelValueProblem } from '../selector/labels';
import { groupOf, isObject, stringsAt, valueAt, type Json, type JsonObject, type Manifest } from './manifest';
import { onceEach } from './once';

const strings = { type: 'object', additionalProperties: { type: 'string' } };

/** What may stand there and is not looked at. */
const anything = true;

/** ObjectMeta, with what a cluster adds to it: exported objects are judged too. */
const metadata = closed(['name'], {
  name: { type: 'string', minLength: 1 },
  namespace: { type: 'string' },
  labels: strings,
  annotations: strings,
  finalizers: { type: 'array', items: { type: 'string' } },
  generateName: { type: 'string' },
  creationTimestamp: anything,
  deletionGracePeriodSeconds: anything,
  deletionTimestamp: anything,
  generation: anything,
  managedFields: anything,
  ownerReferences: anything,
  resourceVersion: anything,
  selfLink: anything,
  uid: anything,
});

/** An object of the API. */
const object = (required: readonly string[], properties: object) =>
  closed(['metadata', ...required], { apiVersion: anything, kind: anything, metadata, ...properties });

const requirements = {
  type: 'array',
  items: closed(['key', 'operator'], {
    key: { type: 'string' },
    operator: { type: 'string' },
    values: { type: 'array', items: { type: 'string' } },
  }),
};

export const NAMESPACE_OFFLOADING = object(['spec'], {
  spec: closed([], {
    namespaceMappingStrategy: { enum: MAPPING_STRATEGIES },
    podOffloadingStrategy: { enum: POD_STRATEGIES },
    remoteNamespaceName: { type: 'string' },
    clusterSelector: closed(['nodeSelectorTerms'], {
      nodeSelectorTerms: {
        type: 'array',
        items: closed([], { matchExpressions: requirements, matchFields: requirements }),
      },
    }),
  }),
  status: anything,
});

const namespace = object([], { spec: closed([], { finalizers: anything }), status: anything });

const runtimeClass = object(['handler'], {
  handler: { type: 'string', minLength: 1 },
  overhead: anything,
  scheduling: closed([], {
    nodeSelector: strings,
    tolerations: {
      type: 'array',
      items: closed([], {
        key: { type: 'string' },
        operator: { enum: ['', 'Equal', 'Exists', 'Gt', 'Lt'] },
        value: { type: 'string' },
        effect: { enum: ['', 'NoSchedule', 'PreferNoSchedule', 'NoExecute'] },
        tolerationSeconds: { type: 'integer' },
      }),
    },
  }),
});

/** The kinds that we know, by group and kind: the one version that is served, and its schema. */
const KINDS: Readonly<Record<string, { readonly apiVersion: string; readonly schema: Schema }>> = {
  [`${OFFLOADING_GROUP}/${OFFLOADING_KIND}`]: {
    apiVersion: `${OFFLOADING_GROUP}/v1beta1`,
    schema: schemaOf(NAMESPACE_OFFLOADING),
  },
  '/Namespace': { apiVersion: 'v1', schema: schemaOf(namespace) },
  'node.k8s.io/RuntimeClass': { apiVersion: 'node.k8s.io/v1', schema: schemaOf(runtimeClass) },
};

const kindOf = ({ apiVersion, kind }: Manifest) => `${groupOf(apiVersion)}/${kind}`;
const known = (kind: string) => (Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined);

const validatorFor = (manifest: Manifest): ValidateFunction | undefined => known(kindOf(manifest))?.schema();

export interface SchemaProblem {
  /** The field, as keys from the top of the object. */
  readonly field: readonly string[];
  readonly message: string;
}

const unescape = (part: string) => part.replaceAll('~1', '/').replaceAll('~0', '~');

const pathOf = (pointer: string) => pointer.split('/').slice(1).map(unescape);

function toProblem({ instancePath, message, keyword, params }: ErrorObject): SchemaProblem {
  const field = pathOf(instancePath);
  if (keyword === 'enum') {
    const allowed = (params['allowedValues'] as unknown[]).join(', ');
    return { field, message: `must be one of ${allowed}` };
  }
  return { field, message: message ?? keyword };
}

/** The keys of a map, also those of nulls, which are empty texts to the API server. */
function keysAt(body: JsonObject, ...field: readonly string[]): string[] {
  const value = valueAt(body, ...field);
  return isObject(value) ? Object.keys(value) : [];
}

/** Collects what is wrong, each at its field. */
class Problems {
  readonly found: SchemaProblem[] = [];

  add(problem: string | undefined, what: string, ...field: string[]): void {
    if (problem !== undefined) this.found.push({ field, message: `${what} ${problem}` });
  }

  /** A map of label keys and values. */
  addLabels(body: JsonObject, ...field: string[]): void {
    for (const key of keysAt(body, ...field))
      this.add(labelKeyProblem(key), `the label key ${JSON.stringify(key)}`, ...field, key);
    for (const [key, value] of stringsAt(body, ...field)) {
      this.add(
        labelValueProblem(value),
        `the value of label ${key}, ${JSON.stringify(value)},`,
        ...field,
        key,
      );
    }
  }
}

/** What the schema language cannot say: the API server's rules for names, labels and annotations. */
function nameProblems(manifest: Manifest): SchemaProblem[] {
  const problems = new Problems();
  const { kind, name, namespace: within } = manifest;
  if (name !== '') {
    const problemOf = kind === 'Namespace' ? dnsLabelProblem : dnsSubdomainProblem;
    problems.add(problemOf(name), JSON.stringify(name), 'metadata', 'name');
  }
  if (within !== '') problems.add(dnsLabelProblem(within), JSON.stringify(within), 'metadata', 'namespace');
  problems.addLabels(manifest.body, 'metadata', 'labels');
  for (const key of keysAt(manifest.body, 'metadata', 'annotations')) {
    // Only here capitals may stand in a prefix (apimachinery pkg/api/validation, ValidateAnnotations).
    const what = `the annotation key ${JSON.stringify(key)}`;
    problems.add(labelKeyProblem(key.toLowerCase()), what, 'metadata', 'annotations', key);
  }
  return problems.found;
}

/** The same for what only a RuntimeClass has (kubernetes pkg/apis/node/validation). */
function runtimeClassProblems({ body }: Manifest): SchemaProblem[] {
  const problems = new Problems();
  const handler = valueAt(body, 'handler');
  if (typeof handler === 'string' && handler !== '')
    problems.add(dnsLabelProblem(handler), JSON.stringify(handler), 'handler');
  problems.addLabels(body, 'scheduling', 'nodeSelector');
  const tolerations = valueAt(body, 'scheduling', 'tolerations');
  const list: readonly Json[] = Array.isArray(tolerations) ? tolerations : [];
  for (const [i, one] of list.entries())
    problems.add(tolerationProblem(one), 'it', 'scheduling', 'tolerations', String(i));
  return problems.found;
}

/** kubernetes pkg/apis/core/validation, ValidateTolerations. */
function tolerationProblem(toleration: Json): string | undefined {
  const text = (field: string) => {
    const value = valueAt(toleration, field);
    return typeof value === 'string' ? value : '';
  };
  const [key, operator, value] = [text('key'), text('operator'), text('value')];
  if (key === '' && operator !== 'Exists')
    return 'has no key, which is allowed only with the operator Exists';
  if (key !== '' && labelKeyProblem(key) !== undefined) return 'has a key that is not a valid label key';
  if (operator === 'Exists' && value !== '') return 'has a value, which the operator Exists does not allow';
  if (labelValueProblem(value) !== undefined) return 'has a value that is not a valid label value';
  const seconds = valueAt(toleration, 'tolerationSeconds') !== undefined;
  if (seconds && text('effect') !== 'NoExecute') return 'has tolerationSeconds without the effect NoExecute';
  return undefined;
}

/** The API server drops nulls on fields that are not nullable, so a null is judged as absent. */
export function withoutNulls(body: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(body, (_key, value: unknown) => value ?? undefined)) as JsonObject;
}

/** Where an object of a kind that we know, as it is written, does not fit its schema. */
const writtenMismatches = onceEach((manifest: Manifest): readonly ErrorObject[] => {
  const validate = validatorFor(manifest);
  return validate === undefined || validate(manifest.body) ? [] : (validate.errors ?? []);
});

/** The same of what is left of it without its nulls. */
function mismatches(manifest: Manifest): readonly ErrorObject[] {
  const validate = validatorFor(manifest);
  if (validate === undefined || writtenMismatches(manifest).length === 0) return [];
  return validate(withoutNulls(manifest.body)) ? [] : (validate.errors ?? []);
}

const isUnknownField = ({ keyword }: ErrorObject) => keyword === 'additionalProperties';

/** Why the API server refuses an object of a kind that we know; empty for good ones and for unknown kinds. */
export const schemaProblems = onceEach((manifest: Manifest): readonly SchemaProblem[] => {
  if (known(kindOf(manifest)) === undefined) return [];
  const fromSchema = mismatches(manifest)
    .filter((error) => !isUnknownField(error))
    .map(toProblem);
  const ofClass = manifest.kind === 'RuntimeClass' ? runtimeClassProblems(manifest) : [];
  return [...fromSchema, ...nameProblems(manifest), ...ofClass];
});

/** The fields, as keys from the top, that a kind that we know does not have in the versions that we know. */
export function unknownFields(manifest: Manifest): (readonly string[])[] {
  return mismatches(manifest)
    .filter(isUnknownField)
    .map(({ instancePath, params }) => [...pathOf(instancePath), String(params['additionalProperty'])]);
}

/**
 * The fields of a NamespaceOffloading, as keys from the top, that are null where the CRD has no default. An update or a
 * create drops them, a server-side apply does not, and the CRD then refuses them; with a default they are dropped in each.
 */
export function nullFields(manifest: Manifest): (readonly string[])[] {
  if (manifest.kind !== OFFLOADING_KIND) return [];
  return writtenMismatches(manifest)
    .filter(({ keyword, data }) => keyword === 'type' && data === null)
    .map(({ instancePath }) => pathOf(instancePath))
    .filter(([top]) => top === 'spec');
}

/** The apiVersion under which a kind that we know is served, in the versions that we know; undefined for other kinds. */
export function servedVersion(manifest: Manifest): string | undefined {
  return known(kindOf(manifest))?.apiVersion;
}
