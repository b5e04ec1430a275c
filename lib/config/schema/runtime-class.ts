// The RuntimeClass: what the cluster config says of it, and the props of a LiqoRuntimeClass.
import { closed, schemaOf, violations, type Violation } from '../../input/schema';
import { RUNTIME_CLASS, VIRTUAL_NODE_TAINT } from '../../liqo/constants';
import { TAINT_EFFECTS } from '../../liqo/pod';
import { leadsToVirtualNodes } from '../../liqo/runtime-class';
import type { RuntimeClassConfig } from '../types';
import { fieldsOf, label, strings, subdomain } from './fields';
import { annotationViolations, pairViolations } from './labels';

const toleration = closed([], {
  key: { type: 'string', minLength: 1 },
  operator: { enum: ['Exists', 'Equal'] },
  value: { type: 'string' },
  effect: { enum: TAINT_EFFECTS },
});

const runtimeClass = {
  name: subdomain,
  handler: label,
  labels: strings,
  annotations: strings,
  nodeSelector: { ...strings, type: ['boolean', 'object'], minProperties: 1 },
  tolerations: { type: 'array', minItems: 1, items: toleration },
};

export const runtimeClassSchema = closed([], {
  ...runtimeClass,
  remoteName: subdomain,
  managed: { type: 'boolean' },
  chartName: subdomain,
});

const RUNTIME_CLASS_PROPS = schemaOf(closed(['name'], runtimeClass));

/** What only a class that is written here can have. */
const MANAGED_FIELDS = [
  'chartName',
  'handler',
  'labels',
  'annotations',
  'nodeSelector',
  'tolerations',
] as const;

export function runtimeClassViolations(settings: RuntimeClassConfig = {}): Violation[] {
  const { name = RUNTIME_CLASS, remoteName, managed = false, chartName } = settings;
  const at = (path: string, message: string, remedy?: string) => ({
    path: `/runtimeClass${path}`,
    message,
    remedy,
  });
  const unmanaged = managed ? [] : MANAGED_FIELDS.filter((key) => settings[key] !== undefined);
  return [
    ...unmanaged.map((key) =>
      at(`/${key}`, `${key} works only with managed: true`, "set it in the values of Liqo's chart"),
    ),
    ...(name === RUNTIME_CLASS || remoteName !== undefined
      ? []
      : [
          at(
            '/remoteName',
            `remote pods keep the RuntimeClass '${name}' on the provider: the virtual kubelet drops only '${RUNTIME_CLASS}'`,
            `set the class for pods there, such as remoteName: 'runc', or use the name '${RUNTIME_CLASS}'`,
          ),
        ]),
    ...(chartName !== undefined && chartName === name
      ? [at('/chartName', `two owners would fight over the RuntimeClass '${name}'`, 'rename one of them')]
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
            message:
              'no toleration matches the taint of virtual nodes, so pods with this class could not run anywhere',
            remedy: `add { key: '${VIRTUAL_NODE_TAINT}', operator: 'Exists', effect: 'NoExecute' }`,
          },
        ]),
    ...(selected === true
      ? [
          {
            path: '/nodeSelector',
            message: 'true does not name any nodes',
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
  const found = violations(RUNTIME_CLASS_PROPS, value);
  return found.length > 0 ? found : classViolations(value as RuntimeClassConfig);
}
