// The configs' schemas for run time: JavaScript and generated configs come without a type check.
import type { ValidateFunction } from 'ajv';
import { RUNTIME_CLASS, SCHEDULING_LABEL, VIRTUAL_NODE_TAINT } from '../liqo/constants';
import { MAPPING_STRATEGIES, POD_STRATEGIES } from '../liqo/namespace-offloading';
import { PLACEMENTS, REMOTE_MEANS } from '../liqo/placement';
import { TAINT_EFFECTS } from '../liqo/pod';
import { leadsToVirtualNodes } from '../liqo/runtime-class';
import { closed, compileSchema, violations, type Violation } from '../input/schema';
import { labelKeyProblem, labelValueProblem } from '../selector/labels';
import { parseSelector, SelectorSyntaxError } from '../selector/parse';
import { checkTerm, OPERATORS, type UncheckedRequirement } from '../selector/term';
import type {
  ClusterConfig,
  ClusterFacts,
  GitOpsConfig,
  NamespaceConfig,
  PolicyConfig,
  RuntimeClassConfig,
} from './types';

const label = { type: 'string', format: 'dns-1123-label' };
const subdomain = { type: 'string', format: 'dns-1123-subdomain' };
const strings = { type: 'object', additionalProperties: { type: 'string' } };

const toleration = closed([], {
  key: { type: 'string', minLength: 1 },
  operator: { enum: ['Exists', 'Equal'] },
  value: { type: 'string' },
  effect: { enum: TAINT_EFFECTS },
});

const text = { type: 'string', minLength: 1 };
const duration = { type: 'string', format: 'duration' };
const verdict = { enum: ['healthy', 'progressing', 'degraded'] };
const deletionPolicy = { enum: ['Orphan', 'Delete'] };

const gitops = closed([], {
  argocd: closed(['repoURL'], {
    repoURL: { ...text, format: 'repository' },
    targetRevision: text,
    namespace: label,
    project: subdomain,
    destination: { ...closed([], { server: text, name: text }), minProperties: 1, maxProperties: 1 },
    automated: { type: 'boolean' },
    protection: { enum: ['confirm', 'prevent', 'none'] },
    deletionPolicy,
  }),
  flux: closed([], {
    sourceRef: closed(['name'], {
      kind: { enum: ['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact'] },
      name: subdomain,
      namespace: label,
    }),
    namespace: label,
    interval: duration,
    retryInterval: duration,
    timeout: duration,
    prune: { type: 'boolean' },
    wait: { type: 'boolean' },
    protection: { enum: ['prevent', 'none'] },
    deletionPolicy,
  }),
  health: closed([], { noClusterSelected: verdict, someFailed: verdict }),
});

const runtimeClass = {
  name: subdomain,
  handler: label,
  labels: strings,
  annotations: strings,
  nodeSelector: { ...strings, type: ['boolean', 'object'], minProperties: 1 },
  tolerations: { type: 'array', minItems: 1, items: toleration },
};

const clusterFacts = {
  id: label,
  runtimeClass: closed([], {
    ...runtimeClass,
    remoteName: subdomain,
    managed: { type: 'boolean' },
    chartName: subdomain,
  }),
  baseline: { type: 'string', minLength: 1 },
  severities: { type: 'object', additionalProperties: { enum: ['off', 'info', 'warning', 'error'] } },
  settledAfterCommits: { type: 'integer', minimum: 0, maximum: 10_000 },
};

export const clusterSchema = closed(['id'], {
  ...clusterFacts,
  components: { type: 'boolean' },
  gitops,
});

const requirement = closed(['key', 'operator'], {
  key: { type: 'string' },
  operator: { enum: OPERATORS },
  values: { type: 'array', items: { type: 'string' } },
});

const selectorList = {
  type: ['array', 'string'], // selectorViolations has a better word for a text
  items: {
    type: ['string', 'object'],
    additionalProperties: false,
    properties: { matchExpressions: { type: 'array', items: requirement }, matchFields: {} },
  },
};

const placement = { enum: ['inherit', ...PLACEMENTS] };

const include = closed(['path'], {
  path: { type: 'string', minLength: 1 },
  placement,
  means: { enum: REMOTE_MEANS },
  overrides: { type: 'object', additionalProperties: placement },
});

const offloading = closed([], {
  namespaceMappingStrategy: { enum: MAPPING_STRATEGIES },
  podOffloadingStrategy: { enum: POD_STRATEGIES },
  remoteNamespaceName: label,
  clusterSelector: selectorList,
});

export const namespaceSchema = closed(['name'], {
  name: label,
  folder: { type: 'string' },
  labels: strings,
  annotations: strings,
  manageNamespace: { type: 'boolean' },
  offloading,
  constructs: { isFunction: true },
  include: { type: 'array', items: include },
});

const strategies = (known: readonly string[]) => ({ type: 'array', minItems: 1, items: { enum: known } });

const policySchema = closed(['name'], {
  name: { type: 'string', minLength: 1 },
  description: { type: 'string', minLength: 1 },
  namespaces: { type: ['string', 'array'], minItems: 1, items: label },
  clusters: selectorList,
  namespaceMappingStrategies: strategies(MAPPING_STRATEGIES),
  podOffloadingStrategies: strategies(POD_STRATEGIES),
  offloading: { enum: ['forbidden', 'required'] },
  maxClusters: { type: 'integer', minimum: 0 },
});

const validatePolicy = compileSchema<PolicyConfig>(policySchema);
const validateCluster = compileSchema<ClusterConfig>(clusterSchema);
const validateClusterFacts = compileSchema<ClusterFacts>(closed([], clusterFacts));
const validateNamespace = compileSchema<NamespaceConfig>(namespaceSchema);
const validateOffloadedNamespace = compileSchema(
  closed(['name', 'offloading'], { name: label, labels: strings, annotations: strings, offloading }),
);
const validateNamespaceOffloading = compileSchema(
  closed(['namespace', 'offloading'], { namespace: label, offloading }),
);
const validateRuntimeClass = compileSchema(closed(['name'], runtimeClass));

type Fields = Readonly<Record<string, unknown>>;
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

const NO_NAMESPACES = 'leave namespaces out for every namespace';

export type Checked<T> = { readonly value: T } | { readonly violations: readonly Violation[] };

function checkedCluster<T extends ClusterFacts>(validate: ValidateFunction<T>, value: unknown): Checked<T> {
  const found = violations(validate, value);
  const { baseline } = fieldsOf(value);
  if (found.length === 0) found.push(...runtimeClassViolations((value as T).runtimeClass));
  found.push(...(typeof baseline === 'string' ? baselineViolations(baseline) : []));
  return found.length > 0 ? { violations: found } : { value: value as T };
}

/** A cluster config, or everything that is wrong with it. */
export function checkCluster(value: unknown): Checked<ClusterConfig> {
  const checked = checkedCluster(validateCluster, value);
  const found = 'value' in checked ? gitopsViolations(checked.value.gitops) : [];
  return found.length > 0 ? { violations: found } : checked;
}

/** What one engine is told to keep the other deletes, and the judge takes an object for kept that says so to either. */
function gitopsViolations({ argocd, flux }: GitOpsConfig = {}): Violation[] {
  if (argocd === undefined || flux === undefined) return [];
  const kept = [argocd, flux].map(({ protection }) => protection === 'prevent');
  if (kept[0] === kept[1]) return [];
  const [path, keeper, other] = kept[0]
    ? ['/gitops/argocd/protection', 'Argo CD', 'Flux']
    : ['/gitops/flux/protection', 'Flux', 'Argo CD'];
  return [
    {
      path,
      message: `what ${keeper} keeps, ${other} would delete`,
      remedy: "set protection: 'prevent' for both engines, or for neither",
    },
  ];
}

/** What a judge of manifests is told of the cluster, or everything that is wrong with it. */
export const checkClusterFacts = (value: unknown): Checked<ClusterFacts> =>
  checkedCluster(validateClusterFacts, value);

/** What only a class that is written here can have. */
const MANAGED_FIELDS = [
  'chartName',
  'handler',
  'labels',
  'annotations',
  'nodeSelector',
  'tolerations',
] as const;

function runtimeClassViolations(settings: RuntimeClassConfig = {}): Violation[] {
  const { name = RUNTIME_CLASS, remoteName, managed = false, chartName } = settings;
  const at = (path: string, message: string, remedy?: string) => ({
    path: `/runtimeClass${path}`,
    message,
    remedy,
  });
  const unmanaged = managed ? [] : MANAGED_FIELDS.filter((key) => settings[key] !== undefined);
  return [
    ...unmanaged.map((key) =>
      at(`/${key}`, `${key} has a meaning only with managed: true`, "set it in the values of Liqo's chart"),
    ),
    ...(name === RUNTIME_CLASS || remoteName !== undefined
      ? []
      : [
          at(
            '/remoteName',
            `the virtual kubelet takes '${name}' along to the provider: it drops a RuntimeClass only if that is literally '${RUNTIME_CLASS}'`,
            `name the class that pods have there, such as remoteName: 'runc', or keep the name '${RUNTIME_CLASS}'`,
          ),
        ]),
    ...(chartName !== undefined && chartName === name
      ? [at('/chartName', `two owners would fight over the RuntimeClass '${name}'`, 'rename one')]
      : []),
    ...classViolations(settings).map((one) => ({ ...one, path: `/runtimeClass${one.path}` })),
  ];
}

/** What a class that is written here must obey. */
function classViolations(settings: RuntimeClassConfig): Violation[] {
  const { labels = {}, annotations = {}, nodeSelector, tolerations } = settings;
  const selected: unknown = nodeSelector;
  return [
    ...(tolerations === undefined || leadsToVirtualNodes(tolerations)
      ? []
      : [
          {
            path: '/tolerations',
            message: 'none tolerates the taint of virtual nodes, so pods of the class could run nowhere',
            remedy: `add { key: '${VIRTUAL_NODE_TAINT}', operator: 'Exists', effect: 'NoExecute' }`,
          },
        ]),
    ...(selected === true
      ? [
          {
            path: '/nodeSelector',
            message: 'true names no nodes',
            remedy: 'leave it out for virtual nodes',
          },
        ]
      : []),
    ...pairViolations(labels, '/labels'),
    ...annotationViolations(annotations),
    ...pairViolations(fieldsOf(selected), '/nodeSelector'),
  ];
}

/** Everything that is wrong with the props of a LiqoRuntimeClass. */
export function runtimeClassPropsViolations(value: unknown): Violation[] {
  const found = violations(validateRuntimeClass, value);
  return found.length > 0 ? found : classViolations(value as RuntimeClassConfig);
}

/** What a policy has beside what it asks for. */
const NO_CONSTRAINTS: ReadonlySet<string> = new Set(['name', 'description', 'namespaces']);

/** A policy, or everything that is wrong with it. */
export function checkPolicy(value: unknown): Checked<PolicyConfig> {
  const fields = fieldsOf(value);
  const { namespaces, clusters } = fields;
  const found = violations(validatePolicy, value);
  if (typeof namespaces === 'string')
    found.push(...textViolations(namespaces, NO_NAMESPACES).map((one) => ({ ...one, path: '/namespaces' })));
  if (clusters !== undefined)
    found.push(...selectorViolations(typeof clusters === 'string' ? [clusters] : clusters, '/clusters'));
  const constrains = Object.keys(fields).some((key) => !NO_CONSTRAINTS.has(key));
  if (found.length === 0 && !constrains)
    found.push({
      path: '',
      message: 'the policy asks for nothing',
      remedy: 'give it clusters, or another constraint',
    });
  return found.length > 0 ? { violations: found } : { value: value as PolicyConfig };
}

/** A baseline that moves with the change that it judges would pass everything; `--against` may still name one. */
function baselineViolations(baseline: string): Violation[] {
  const path = '/baseline';
  const remedy = 'name what is deployed, a git ref such as origin/main; a first run needs no baseline here';
  if (baseline === 'none' || baseline === '-')
    return [{ path, message: `'${baseline}' would judge every change against nothing`, remedy }];
  if (/^(git:)?(HEAD|@)([~^@:{].*)?$/.test(baseline))
    return [{ path, message: `'${baseline}' moves with every commit of the change that is judged`, remedy }];
  if (/^\.\.?(\/|$)|^\//.test(baseline))
    return [{ path, message: `'${baseline}' is a path, which the change that is judged can edit`, remedy }];
  return [];
}

/** A namespace config, or everything that is wrong with it. */
export function checkNamespace(value: unknown): Checked<NamespaceConfig> {
  const fields = fieldsOf(value);
  const found = [
    ...violations(validateNamespace, value),
    ...metadataViolations(fields),
    ...folderViolations(fields['folder']),
    ...offloadingViolations(fields),
    ...includeViolations(fields['include']),
  ];
  return found.length > 0 ? { violations: found } : { value: value as NamespaceConfig };
}

/** Everything that is wrong with the props of an OffloadedNamespace. */
export const offloadedNamespaceViolations = (value: unknown): Violation[] => [
  ...violations(validateOffloadedNamespace, value),
  ...metadataViolations(fieldsOf(value)),
  ...offloadingViolations(fieldsOf(value)),
];

/** Everything that is wrong with the props of a NamespaceOffloading. */
export const namespaceOffloadingViolations = (value: unknown): Violation[] => [
  ...violations(validateNamespaceOffloading, value),
  ...offloadingViolations(fieldsOf(value)),
];

const metadataViolations = ({ labels, annotations }: Fields): Violation[] => [
  ...labelViolations(fieldsOf(labels)),
  ...annotationViolations(fieldsOf(annotations)),
];

const offloadingViolations = ({ offloading: value }: Fields): Violation[] => [
  ...namingViolations(fieldsOf(value)),
  ...selectorViolations(fieldsOf(value)['clusterSelector']),
];

/** Overrides name one object each, and means belong to remote pods. */
function includeViolations(include: unknown): Violation[] {
  if (!Array.isArray(include)) return [];
  return include.flatMap((one: unknown, i): Violation[] => {
    const { overrides, means, placement: whole } = fieldsOf(one);
    const path = `/include/${i}`;
    const wrong = Object.keys(fieldsOf(overrides)).filter((key) => !/^[A-Z][A-Za-z0-9]*\/[^/]+$/.test(key));
    const remote = [whole, ...Object.values(fieldsOf(overrides))].includes('remote');
    return [
      ...wrong.map((key) => ({
        path: `${path}/overrides/${key}`,
        message: `'${key}' names no object`,
        remedy: "write its kind and name, such as 'Deployment/web'",
      })),
      ...(means === undefined || remote
        ? []
        : [
            {
              path: `${path}/means`,
              message: 'means are for remote pods, and there are none',
              remedy: 'remove it',
            },
          ]),
    ];
  });
}

function labelViolations(labels: Fields): Violation[] {
  return Object.entries(labels).flatMap(([key, value]): Violation[] => {
    const path = `/labels/${key}`;
    if (key === SCHEDULING_LABEL) {
      return [{ path, message: `${SCHEDULING_LABEL} follows from the strategy`, remedy: 'remove it here' }];
    }
    return pairViolations({ [key]: value }, '/labels');
  });
}

/** cdk8s asks a map for its constructor, and takes one with this key for no plain map. */
const unwritable = (key: string): string | undefined =>
  key === 'constructor' ? 'is one that cdk8s cannot write' : undefined;

/** Labels whose key or value Kubernetes refuses. */
function pairViolations(labels: Fields, at: string): Violation[] {
  return Object.entries(labels).flatMap(([key, value]): Violation[] => {
    const path = `${at}/${key}`;
    const inKey = unwritable(key) ?? labelKeyProblem(key);
    const inValue = typeof value === 'string' ? labelValueProblem(value) : undefined;
    return [
      ...(inKey === undefined ? [] : [{ path, message: `the label key '${key}' ${inKey}` }]),
      ...(inValue === undefined ? [] : [{ path, message: `the label value '${String(value)}' ${inValue}` }]),
    ];
  });
}

/** Annotation keys are label keys in lower case (apimachinery, ValidateAnnotations). */
function annotationViolations(annotations: Fields): Violation[] {
  return Object.keys(annotations).flatMap((key) => {
    const problem = unwritable(key) ?? labelKeyProblem(key.toLowerCase());
    return problem === undefined
      ? []
      : [{ path: `/annotations/${key}`, message: `the annotation key '${key}' ${problem}` }];
  });
}

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** Why a path cannot be a folder below dist/namespaces: it would lead out of it, or look like a manifest. */
export function folderProblem(folder: string): string | undefined {
  if (folder === '') return undefined;
  const bad = folder.split('/').find((one) => !SEGMENT.test(one) || /\.(ya?ml|json)$/i.test(one));
  return bad === undefined
    ? undefined
    : `the part '${bad}' is no folder name here: letters, digits, '_', '-' and '.' inside, not ending like a manifest`;
}

function folderViolations(folder: unknown): Violation[] {
  const problem = typeof folder === 'string' ? folderProblem(folder) : undefined;
  return problem === undefined ? [] : [{ path: '/folder', message: problem }];
}

function namingViolations(offloading: Fields): Violation[] {
  const { namespaceMappingStrategy: strategy, remoteNamespaceName: name } = offloading;
  const path = '/offloading/remoteNamespaceName';
  if (strategy === 'SelectedName' && name === undefined) {
    return [
      {
        path,
        message: 'SelectedName needs a remoteNamespaceName',
        remedy: "the twin's name on the providers",
      },
    ];
  }
  if (strategy !== 'SelectedName' && name !== undefined) {
    return [
      {
        path,
        message: 'remoteNamespaceName has a meaning only with SelectedName',
        remedy: "remove it, or set namespaceMappingStrategy to 'SelectedName'",
      },
    ];
  }
  return [];
}

function selectorViolations(selector: unknown, path = '/offloading/clusterSelector'): Violation[] {
  const remedy = `leave ${path.slice(path.lastIndexOf('/') + 1)} out for every cluster`;
  if (typeof selector === 'string')
    return [{ path, message: 'a selector stands in a list', remedy: `['${selector}']` }];
  if (!Array.isArray(selector)) return [];
  if (selector.length === 0) {
    return [{ path, message: 'an empty list of selectors could mean all or nothing', remedy }];
  }
  return selector.flatMap((one: unknown, i) =>
    oneViolations(one, remedy).map((violation) => ({ ...violation, path: `${path}/${i}${violation.path}` })),
  );
}

function oneViolations(one: unknown, remedy: string): Violation[] {
  if (typeof one === 'string') return textViolations(one, remedy);
  return isFields(one) ? termViolations(one, remedy) : [];
}

function textViolations(text: string, remedy: string): Violation[] {
  try {
    if (parseSelector(text).length > 0) return [];
    return [{ path: '', message: 'an empty selector could mean all or nothing', remedy }];
  } catch (thrown) {
    if (!(thrown instanceof SelectorSyntaxError)) throw thrown;
    return [{ path: '', message: thrown.message, excerpt: thrown.drawing() }];
  }
}

const isRequirement = (value: unknown): value is UncheckedRequirement => {
  const { key, operator, values } = fieldsOf(value);
  const known = OPERATORS.some((one) => one === operator);
  return typeof key === 'string' && known && (values === undefined || isStrings(values));
};
const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function termViolations({ matchExpressions, matchFields }: Fields, remedy: string): Violation[] {
  if (matchFields !== undefined) {
    return [
      {
        path: '/matchFields',
        message: "Liqo's pod webhook drops matchFields, so pods would go where the selector does not",
        remedy: 'use a label: liqo.io/remote-cluster-id names one cluster for certain',
      },
    ];
  }
  if (matchExpressions === undefined || (Array.isArray(matchExpressions) && matchExpressions.length === 0)) {
    return [{ path: '', message: 'a term without requirements matches no cluster', remedy }];
  }
  // What has the wrong type is ajv's to say; what has the right one must also mean something.
  if (!Array.isArray(matchExpressions)) return [];
  return matchExpressions.flatMap((one: unknown, i) => {
    const checked = isRequirement(one) ? checkTerm({ matchExpressions: [one] }) : undefined;
    const problems = checked === undefined || checked.ok ? [] : checked.problems;
    return problems.map((message) => ({ path: `/matchExpressions/${i}`, message }));
  });
}
