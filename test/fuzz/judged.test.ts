// Manifests of any form, all the way: read, judged, planned, explained, imported, and told in every format.
import * as fc from 'fast-check';
import { adopt } from '../../lib/adopt/adopt';
import { explain } from '../../lib/explain/explain';
import { parseTarget } from '../../lib/explain/target';
import { consequences, inventoryDrift } from '../../lib/judge/drift';
import { judge } from '../../lib/judge/judge';
import { isOffloading, toOffloading } from '../../lib/judge/offloading';
import { State } from '../../lib/judge/state';
import { liveProviders } from '../../lib/manifests/live-inventory';
import { readManifests } from '../../lib/manifests/read';
import { planOf } from '../../lib/plan/plan';
import { adoptionText } from '../../lib/report/adoption-text';
import { alike } from '../../lib/report/alike';
import { toldOf } from '../../lib/report/findings';
import { DRIFT_FORMATS, EXPLAIN_FORMATS, FORMATS, PLAN_FORMATS } from '../../lib/report/formats';
import { warningsReport } from '../../lib/report/problems';
import type { Report } from '../../lib/report/report';
import { FACTS } from '../judge/given';
import { VENICE } from '../judge/inventories';
import { report } from '../report/given';
import { strangers } from '../report/markdown';
import { commandsIn } from '../report/runner';
import { elementsIn } from '../report/xml';
import { bent, hostile } from './arbitrary';
import { accepted, CONTROLS, fuzz } from './runs';

const LOOK = { color: false, width: 80 };

const named = (name: string, more: object = {}) => ({
  name,
  namespace: 'shop',
  labels: { team: 'a' },
  ...more,
});
const SELECTOR = {
  nodeSelectorTerms: [
    { matchExpressions: [{ key: 'region', operator: 'In', values: ['south'] }] },
    { matchFields: [{ key: 'metadata.name', operator: 'NotIn', values: ['a'] }] },
  ],
};
const POD = {
  nodeSelector: { a: 'b' },
  runtimeClassName: 'liqo',
  tolerations: [{ key: 'a', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 3 }],
  affinity: { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: SELECTOR } },
  volumes: [{ persistentVolumeClaim: { claimName: 'a' } }],
};
const OBJECTS: readonly object[] = [
  {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: 'shop',
      labels: { 'liqo.io/scheduling-enabled': 'true' },
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' },
    },
  },
  {
    apiVersion: 'offloading.liqo.io/v1beta1',
    kind: 'NamespaceOffloading',
    metadata: named('offloading', { uid: 'a', deletionTimestamp: '2025-01-01T00:00:00Z', finalizers: ['a'] }),
    spec: {
      clusterSelector: SELECTOR,
      namespaceMappingStrategy: 'SelectedName',
      podOffloadingStrategy: 'Local',
      remoteNamespaceName: 'a',
    },
    status: {
      offloadingPhase: 'Ready',
      remoteNamespacesConditions: { naples: [{ type: 'Ready', status: 'True' }] },
    },
  },
  {
    apiVersion: 'node.k8s.io/v1',
    kind: 'RuntimeClass',
    metadata: { name: 'liqo' },
    handler: 'liqo',
    scheduling: { nodeSelector: { a: 'b' } },
  },
  {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: named('web'),
    spec: { template: { metadata: { labels: { a: 'b' } }, spec: POD }, volumeClaimTemplates: [{}] },
  },
  {
    apiVersion: 'batch/v1',
    kind: 'CronJob',
    metadata: named('job'),
    spec: { jobTemplate: { spec: { template: { spec: POD } } } },
  },
  { apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: named('agent'), spec: { template: { spec: POD } } },
  { apiVersion: 'v1', kind: 'Pod', metadata: named('pod'), spec: POD },
  {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: 'liqo-naples',
      labels: { 'liqo.io/type': 'virtual-node', 'liqo.io/remote-cluster-id': 'naples' },
    },
  },
  {
    apiVersion: 'offloading.liqo.io/v1beta1',
    kind: 'VirtualNode',
    metadata: named('liqo-naples'),
    spec: {
      clusterID: 'naples',
      createNode: true,
      labels: { a: 'b' },
      template: { metadata: { labels: {} } },
    },
  },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: named('a'), data: { a: 'b' } },
];

/** Objects, some of them under a hostile name, in a hostile namespace. */
const objects = fc
  .array(
    fc
      .tuple(fc.constantFrom(...OBJECTS).chain(bent), fc.option(hostile), fc.option(hostile))
      .map(([object, name, namespace]) => {
        if (typeof object !== 'object' || object === null || !('metadata' in object)) return object;
        const metadata = object.metadata;
        if (typeof metadata !== 'object') return object;
        return {
          ...object,
          metadata: { ...metadata, ...(name !== null && { name }), ...(namespace !== null && { namespace }) },
        };
      }),
    { maxLength: 6 },
  )
  .map((items) => JSON.stringify({ apiVersion: 'v1', kind: 'List', items }));

const read = (text: string, file: string) => accepted(() => readManifests(file, text)) ?? [];

function reportOf(was: string, is: string, file: string): Report {
  const [before, after] = [new State(read(was, `${file}.json`)), new State(read(is, `${file}.json`))];
  const facts = { ...FACTS, inventories: { before: VENICE, after: VENICE } };
  const change = { before, after };
  const verdict = judge({
    ...change,
    restored: [],
    cut: new Map(),
    facts,
    severities: {},
    approvals: [],
    spent: [],
    configOf: () => undefined,
    all: true,
  });
  return { ...report(), verdict, plan: () => planOf(change, facts, verdict.findings) };
}

/** What no text may hold, whatever it tells of. */
function harmless(name: string, text: string): void {
  expect(text).not.toMatch(CONTROLS);
  if (name !== 'github') expect(commandsIn(text)).toEqual([]);
  if (name === 'markdown') expect(strangers(text)).toEqual([]);
  if (name === 'junit') expect(elementsIn(text).length).toBeGreaterThan(0);
  if (name === 'json' || name === 'sarif') JSON.parse(text);
}

fuzz('findings and plans', fc.tuple(objects, objects, hostile), ([was, is, file]) => {
  const given = reportOf(was, is, file);
  for (const [name, format] of Object.entries(FORMATS)) harmless(name, format(given, LOOK));
  expect(commandsIn(FORMATS.github(given))).toHaveLength(alike(toldOf(given).shown).length);
  for (const [name, format] of Object.entries(PLAN_FORMATS)) harmless(name, format(given, LOOK));
});

fuzz('explanations', fc.tuple(objects, hostile), ([text, namespace]) => {
  const known = {
    state: new State(read(text, 'a.json')),
    consumer: 'venice',
    inventory: VENICE,
    asserted: new Map(),
    configured: new Set<string>(),
    liqoRuntimeClass: 'liqo',
  };
  const names = known.state.manifests.map((one) => one.namespace);
  for (const one of [namespace, ...names]) {
    const explanation = accepted(() => explain(parseTarget(one), known));
    if (explanation === undefined) continue;
    for (const [name, format] of Object.entries(EXPLAIN_FORMATS)) harmless(name, format(explanation, LOOK));
  }
});

fuzz('what a cluster shows', fc.tuple(objects, hostile), ([text, file]) => {
  const manifests = read(text, `${file}.json`);
  const live = accepted(() => liveProviders(manifests));
  if (live === undefined) return;
  harmless('text', warningsReport(live.notices, 80));
  const is = { complete: false, providers: live.providers };
  const offloadings = manifests.filter(isOffloading).map(toOffloading);
  const drift = {
    file,
    baseline: report().baseline,
    stale: inventoryDrift(VENICE, is),
    live: live.providers.length,
    consequences: consequences(offloadings, VENICE, is),
  };
  for (const [name, format] of Object.entries(DRIFT_FORMATS)) harmless(name, format(drift, LOOK));
});

fuzz('what is adopted', fc.tuple(objects, hostile, hostile), ([text, file, folder]) => {
  const surroundings = {
    declaredIn: new Map([['venice', file]]),
    isFree: () => true,
    folderOf: () => folder,
  };
  const adoption = accepted(() => adopt(read(text, `${file}.json`), surroundings));
  if (adoption === undefined) return;
  for (const one of adoption.adopted) expect(one.file).toMatch(/^config\/namespaces\/[A-Za-z0-9_./-]+\.ts$/);
  harmless('text', adoptionText({ adoption, differences: [], kustomization: folder }, LOOK));
});
