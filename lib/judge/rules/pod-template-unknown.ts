import { groupBy } from '../../manifests/group';
import { groupOf, valueAt, type Json, type Manifest } from '../../manifests/manifest';
import { createsPods, unknownPodSpec } from '../../manifests/pod-template';
import { missingPlacement } from '../../manifests/not-placed';
import { readPodSpec } from '../../liqo/pod';
import { TAINT_OF_VIRTUAL_NODES } from '../../liqo/runtime-class';
import { tolerationOf } from '../../liqo/tolerations';
import type { StateRule } from '../rule';

/** An object of an unknown kind, with the path of a pod spec in it. */
interface Unknown {
  readonly manifest: Manifest;
  readonly path: readonly string[];
  readonly spec: Json | undefined;
}

function specAt(body: Json, path: readonly string[]): Json | undefined {
  let value: Json | undefined = body;
  for (const key of path)
    value = Array.isArray(value) ? (value as readonly Json[])[Number(key)] : valueAt(value, key);
  return value;
}

/** Groups whose objects hold policies, schemas, or values of charts: a template in them creates no pod. */
const MAKE_NONE =
  /(^|\.)(kyverno\.io|gatekeeper\.sh|toolkit\.fluxcd\.io|cattle\.io|(apiextensions|admissionregistration)\.k8s\.io)$/;

const makesNone = ({ apiVersion, kind }: Manifest) =>
  MAKE_NONE.test(groupOf(apiVersion)) ||
  (groupOf(apiVersion) === 'argoproj.io' && kind.startsWith('Application'));

function unknownIn(manifest: Manifest): Unknown[] {
  if (createsPods(manifest) || makesNone(manifest)) return [];
  const path = unknownPodSpec(manifest.body);
  return path === undefined ? [] : [{ manifest, path, spec: specAt(manifest.body, path) }];
}

/** Whether the pods themselves ask for, or tolerate, virtual nodes. */
function asksForVirtualNodes({ spec }: Unknown, liqoRuntimeClass: string): boolean {
  const read = readPodSpec(spec);
  return (
    read.ok &&
    (read.pod.runtimeClassName === liqoRuntimeClass ||
      tolerationOf(TAINT_OF_VIRTUAL_NODES, read.pod.tolerations) !== undefined)
  );
}

function titles(all: readonly Unknown[]): string {
  const [first, ...others] = all;
  const more = others.length === 0 ? '' : ` and ${others.length} more of its kind`;
  return `${first?.manifest.kind ?? ''} '${first?.manifest.name ?? ''}'${more}`;
}

/** What an include asks for in vain: another one makes the finding a new one. */
function unplaced(all: readonly Unknown[]): string {
  const wanted = new Set(all.flatMap(({ manifest }) => missingPlacement(manifest) ?? []));
  if (wanted.size === 0) return 'it writes no placement';
  return `it does not write the placement ${[...wanted].sort().join(' and ')}`;
}

export const podTemplateUnknown: StateRule = {
  name: 'pod-template-unknown',
  category: 'risky',
  about: 'state',
  summary: 'An object of an unknown kind holds a pod template.',
  why: 'Every object that holds a pod template is a workload, no matter which operator creates the pods: Liqo acts on the pods. docs/workloads.md lists the known kinds; add more with `podTemplates` in config/cluster.ts. For any other kind, no placement is written and no rule judges the pods. The rule looks at offloaded namespaces, and at pods that ask for virtual nodes themselves. It ignores policies, schemas, and values of charts, which create no pods by themselves.',
  source: 'pkg/webhooks/pod; docs/workloads.md',
  check: ({ manifests, offloadingsOf }, { liqoRuntimeClass }) => {
    const unknown = manifests
      .flatMap(unknownIn)
      .filter(
        (one) => offloadingsOf.has(one.manifest.namespace) || asksForVirtualNodes(one, liqoRuntimeClass),
      );
    const key = ({ manifest: { namespace, apiVersion, kind } }: Unknown) =>
      [namespace, apiVersion, kind].join('|');
    return [...groupBy(unknown, key).values()].flatMap((all) => {
      const [first] = all;
      if (first === undefined) return [];
      const { manifest, path } = first;
      const template = path.slice(0, -1).map((step) => (/^\d+$/.test(step) ? '*' : step));
      return [
        {
          namespace: manifest.namespace,
          message: `${titles(all)} in '${manifest.namespace}' has a pod template at '${path.join('.')}', but cdk8s-liqo does not know the kind: ${unplaced(all)} there and does not judge where the pods run.`,
          remedy: `Add the path of the pods to config/cluster.ts: podTemplates: [{ apiVersion: '${manifest.apiVersion}', kind: '${manifest.kind}', path: '${template.join('.') || 'spec'}' }].`,
          manifest,
          field: [...path],
        },
      ];
    });
  },
};
