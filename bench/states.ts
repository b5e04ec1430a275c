// How long the rules about states take over many namespaces and clusters, and whether that is linear. One core.
import { RULES } from '../lib/judge/registry';
import type { Facts } from '../lib/judge/rule';
import { State } from '../lib/judge/state';
import { DeclaredUnits } from '../lib/manifests/engines/declared-units';
import { EngineView } from '../lib/manifests/engines/engine-view';
import type { Inventory } from '../lib/liqo/inventory';
import { toManifest, type JsonObject, type Manifest } from '../lib/manifests/manifest';

const CLUSTERS = 200;
const LABELS = 20;
const SELECTORS = 50;

const labels = (cluster: number) =>
  Object.fromEntries(
    Array.from({ length: LABELS }, (_, i) => [`example.com/label-${i}`, `value-${(cluster * (i + 1)) % 17}`]),
  );

const inventory: Inventory = {
  complete: true,
  providers: Array.from({ length: CLUSTERS }, (_, i) => ({
    id: `cluster-${i}`,
    virtualNodes: [{ name: `liqo-cluster-${i}`, labels: labels(i), createNode: true }],
  })),
};

const FACTS: Facts = {
  dist: 'dist',
  elsewhere: [],
  engines: [],
  units: { before: new DeclaredUnits([]), after: new DeclaredUnits([]) },
  view: { before: new EngineView({ folder: '' }), after: new EngineView({ folder: '' }) },
  consumer: 'venice',
  liqoRuntimeClass: 'liqo',
  stale: [],
  policies: [
    {
      name: 'known-labels',
      clusters: [
        {
          matchExpressions: [{ key: 'example.com/label-0', operator: 'Exists', values: [] }],
          matchFields: [],
        },
      ],
    },
  ],
  asserted: new Map(),
  configured: new Set(),
  judgeChanged: [],
  settledAfterCommits: 0,
  inventories: { before: inventory, after: inventory },
};

function manifests(i: number): Manifest[] {
  const name = `namespace-${i}`;
  const selector = i % SELECTORS;
  const values = [`value-${selector % 17}`, `value-${(selector + 5) % 17}`];
  const terms = [
    { matchExpressions: [{ key: `example.com/label-${selector % LABELS}`, operator: 'In', values }] },
    {
      matchExpressions: [
        { key: 'liqo.io/remote-cluster-id', operator: 'In', values: [`cluster-${selector}`] },
      ],
    },
  ];
  const bodies: JsonObject[] = [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name, labels: { 'liqo.io/scheduling-enabled': 'true' } },
    },
    {
      apiVersion: 'offloading.liqo.io/v1beta1',
      kind: 'NamespaceOffloading',
      metadata: { name: 'offloading', namespace: name },
      spec: { namespaceMappingStrategy: 'DefaultName', clusterSelector: { nodeSelectorTerms: terms } },
    },
  ];
  const source = { file: `dist/namespaces/${name}.yaml`, text: '', document: 0, path: [] };
  return bodies.flatMap((body) => toManifest(body, source) ?? []);
}

/** The seconds that all rules about states take, indexing included. */
export function stateRulesSeconds(namespaces: number): number {
  const all = Array.from({ length: namespaces }, (_, i) => manifests(i)).flat();
  const start = performance.now();
  const state = new State(all);
  for (const rule of RULES) if (rule.about === 'state') rule.check(state, FACTS);
  return (performance.now() - start) / 1000;
}
