import { groupBy } from '../../manifests/group';
import { groupOf, valueAt, type Json, type Manifest } from '../../manifests/manifest';
import { createsPods, unknownPodSpec } from '../../manifests/pod-template';
import { missingPlacement } from '../../manifests/not-placed';
import { readPodSpec } from '../../liqo/pod';
import { TAINT_OF_VIRTUAL_NODES } from '../../liqo/runtime-class';
import { tolerationOf } from '../../liqo/tolerations';
import type { StateRule } from '../rule';

/** An object of a kind that nobody knows, with the path of a pod spec in it. */
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

/** Groups whose objects hold policies, schemas, or values of charts: a template in them makes no pod. */
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

/** Whether pods say themselves that they may be on virtual nodes. */
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
  if (wanted.size === 0) return 'no placement is';
  return `the placement ${[...wanted].sort().join(' and ')} is not`;
}

export const podTemplateUnknown: StateRule = {
  name: 'pod-template-unknown',
  category: 'risky',
  about: 'state',
  summary: 'An object has a template of pods, and nobody knows its kind.',
  why: 'Every object that holds a pod template is a workload, whatever operator makes the pods: Liqo meets the pods, not their maker. docs/workloads.md lists the kinds that are known; `podTemplates` in config/cluster.ts names more. Of any other kind no placement is written, and no rule judges its pods. Found in namespaces that are offloaded, and for pods that ask for virtual nodes themselves. Policies, schemas, and values of charts are passed over: they make no pod by themselves.',
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
          message: `${titles(all)} in '${manifest.namespace}' has a template of pods at '${path.join('.')}', and cdk8s-liqo does not know its kind: ${unplaced(all)} written into it, and no rule judges where its pods run.`,
          remedy: `Say where its pods lie: podTemplates: [{ apiVersion: '${manifest.apiVersion}', kind: '${manifest.kind}', path: '${template.join('.') || 'spec'}' }] in config/cluster.ts.`,
          manifest,
          field: [...path],
        },
      ];
    });
  },
};
