// The config of a namespace, and the props of the constructs that are parts of one.
import { closed, schemaOf, violations, type Violation } from '../../input/schema';
import { MAPPING_STRATEGIES, POD_STRATEGIES } from '../../liqo/namespace-offloading';
import { PLACEMENTS, REMOTE_MEANS } from '../../liqo/placement';
import type { NamespaceConfig } from '../types';
import { selectorList, selectorViolations } from './cluster-selector';
import { fieldsOf, label, strings, text, type Checked, type Fields } from './fields';
import { metadataViolations } from './labels';

const placement = { enum: ['inherit', ...PLACEMENTS] };

const include = closed(['path'], {
  path: text,
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

const NAMESPACE = schemaOf<NamespaceConfig>(namespaceSchema);
const OFFLOADED_NAMESPACE = schemaOf(
  closed(['name', 'offloading'], { name: label, labels: strings, annotations: strings, offloading }),
);
const NAMESPACE_OFFLOADING = schemaOf(closed(['namespace', 'offloading'], { namespace: label, offloading }));

/** A namespace config, or everything that is wrong with it. */
export function checkNamespace(value: unknown): Checked<NamespaceConfig> {
  const fields = fieldsOf(value);
  const found = [
    ...violations(NAMESPACE, value),
    ...metadataViolations(fields),
    ...folderViolations(fields['folder']),
    ...offloadingViolations(fields),
    ...includeViolations(fields['include']),
  ];
  return found.length > 0 ? { violations: found } : { value: value as NamespaceConfig };
}

/** Everything that is wrong with the props of an OffloadedNamespace. */
export const offloadedNamespaceViolations = (value: unknown): Violation[] => [
  ...violations(OFFLOADED_NAMESPACE, value),
  ...metadataViolations(fieldsOf(value)),
  ...offloadingViolations(fieldsOf(value)),
];

/** Everything that is wrong with the props of a NamespaceOffloading. */
export const namespaceOffloadingViolations = (value: unknown): Violation[] => [
  ...violations(NAMESPACE_OFFLOADING, value),
  ...offloadingViolations(fieldsOf(value)),
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
        message: `'${key}' is not the name of an object`,
        remedy: "write kind and name, such as 'Deployment/web'",
      })),
      ...(means === undefined || remote
        ? []
        : [
            {
              path: `${path}/means`,
              message: 'means applies only to remote pods, and there are none',
              remedy: 'remove it',
            },
          ]),
    ];
  });
}

const SEGMENT = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** Why a path cannot be a folder below dist/namespaces: it would lead out of it, or look like a manifest. */
export function folderProblem(folder: string): string | undefined {
  if (folder === '') return undefined;
  const bad = folder.split('/').find((one) => !SEGMENT.test(one) || /\.(ya?ml|json)$/i.test(one));
  return bad === undefined
    ? undefined
    : `the part '${bad}' is not a valid folder name: use letters, digits, '_', '-' and '.' inside, and no ending of a manifest`;
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
        remedy: 'set it to the name of the twin namespace on the providers',
      },
    ];
  }
  if (strategy !== 'SelectedName' && name !== undefined) {
    return [
      {
        path,
        message: 'remoteNamespaceName works only with SelectedName',
        remedy: "remove it, or set namespaceMappingStrategy to 'SelectedName'",
      },
    ];
  }
  return [];
}
