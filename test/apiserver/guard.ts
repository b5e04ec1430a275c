// The guard on a real API server: every row of its table, and what must go on working under it.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { GuardConfig } from '../../lib/config/types';
import { stringsAt, valueAt, type JsonObject } from '../../lib/manifests/manifest';
import { GUARD, listedRows, objectsFor } from '../compile/guard/given';
import { ACTORS, namespaceOf, placed, ROWS, type Actor, type Row } from '../compile/guard/rows';
import type { Programs } from './build';
import { comes, type Check } from './check';
import { provider } from './controller';
import { kubeconfigOf, until, type Cluster, type Ran } from './cluster';

const DENIED = /ValidatingAdmissionPolicy '([^']+)' with binding '[^']+' denied request: (.*)/;

/** Names and labels that a large dist has. */
const MANY = Array.from({ length: 10_000 }, (_, i) => `tenant-namespace-with-a-long-name-${i}`);

class Acting {
  constructor(private readonly cluster: Cluster) {}

  as({ user, groups }: Actor, args: readonly string[], objects?: readonly object[]): Ran {
    const who = [`--as=${user}`, ...groups.map((one) => `--as-group=${one}`)];
    const list = { apiVersion: 'v1', kind: 'List', items: objects };
    return this.cluster.kubectl([...who, ...args], objects && JSON.stringify(list));
  }

  must(actor: Actor, args: readonly string[], objects?: readonly object[]): Ran {
    const ran = this.as(actor, args, objects);
    if (!ran.ok) throw new Error(`${actor.user}: kubectl ${args.join(' ')}: ${ran.err.slice(0, 2000)}`);
    return ran;
  }

  live(object: JsonObject): JsonObject {
    return JSON.parse(this.must(ACTORS.Flux, ['get', '-o', 'json', ...refOf(object)]).out) as JsonObject;
  }
}

/** An object as kubectl names it. */
function refOf(object: JsonObject): string[] {
  const { name = '', namespace } = Object.fromEntries(stringsAt(object, 'metadata'));
  const { kind = '', apiVersion = '' } = Object.fromEntries(stringsAt(object));
  const [group, version] = apiVersion.split('/');
  const resource = version === undefined ? kind : `${kind}.${version}.${group ?? ''}`;
  return [resource, name, ...(namespace === undefined ? [] : ['-n', namespace])];
}

/** Who may do what: everybody everything, so that only the guard refuses. */
const ALLOWED = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'ClusterRoleBinding',
  metadata: { name: 'everybody' },
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'cluster-admin' },
  subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'Group', name: 'system:authenticated' }],
};

const SERVER_SIDE = ['apply', '--server-side', '--force-conflicts', '--field-manager=flux', '-f', '-'];

const offloading = (namespace: string, spec: object = {}): JsonObject => ({
  apiVersion: 'offloading.liqo.io/v1beta1',
  kind: 'NamespaceOffloading',
  metadata: { name: 'offloading', namespace },
  spec: { clusterSelector: { nodeSelectorTerms: [] }, ...spec },
});
const namespace = (name: string, labels: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Namespace',
  metadata: { name, labels },
});

const EXPECTED_REASON = 'Forbidden';

/** What is there before any row is tried; Flux brings it, and passes. */
function setUp(): object[] {
  return ROWS.flatMap((row, i) => {
    const { object, labels = {}, verb } = placed(row, i);
    const isNamespace = valueAt(object, 'kind') === 'Namespace';
    return [
      ...(isNamespace ? [] : [namespace(namespaceOf(i), labels)]),
      ...(verb === 'CREATE' ? [] : [object]),
    ];
  });
}

function filled(patch: JsonObject, live: JsonObject): string {
  const metadata = stringsAt(live, 'metadata');
  return JSON.stringify(patch)
    .replaceAll('$GENERATION', JSON.stringify(valueAt(live, 'metadata', 'generation') ?? 0))
    .replaceAll('$VERSION', metadata.get('resourceVersion') ?? '')
    .replaceAll('$UID', metadata.get('uid') ?? '');
}

function act(acting: Acting, row: Row): Ran {
  const actor = ACTORS[row.actor];
  const ref = refOf(row.object);
  const patched = (patch: JsonObject) =>
    acting.as(actor, ['patch', ...ref, '--type=merge', '-p', filled(patch, acting.live(row.object))]);
  if (row.first !== undefined) {
    const { ok, err } = patched(row.first);
    if (!ok) return { ok, out: '', err: `the change before: ${err}` };
  }
  if (row.verb === 'CREATE') return acting.as(actor, ['create', '-f', '-'], [row.object]);
  if (row.verb === 'DELETE') return acting.as(actor, ['delete', '--wait=false', ...ref]);
  return patched(row.patch ?? {});
}

function tried(acting: Acting, row: Row): Check {
  const { ok, err } = act(acting, row);
  const isDenied = DENIED.test(err) && err.includes(EXPECTED_REASON);
  const verdict = row.stopped ? 'denied' : 'passes';
  return {
    claim: `${row.about}: ${row.title}, by ${row.actor}: ${verdict}`,
    holds: row.stopped ? !ok && isDenied : ok && !err.includes('Validation failed'),
    seen: ok ? `passed ${err}` : err,
  };
}

/** Applies a guard and waits until the API server knows it: it looks for changed policies about once a second. */
async function applyGuard(acting: Acting, guard: GuardConfig): Promise<Ran> {
  const objects = objectsFor(guard, [...listedRows(), ...MANY]);
  const ran = acting.must(ACTORS.Flux, SERVER_SIDE, objects);
  const probe = ['delete', '--dry-run=server', ...refOf(offloading('probe'))];
  const wanted = guard.action === 'deny' ? DENIED : /^Warning: Validation failed/m;
  if (guard.action !== 'audit')
    await until('the guard stands', () => wanted.test(acting.as(ACTORS['a person'], probe).err));
  await sleep(3000);
  return ran;
}

/** Liqo's controller under the guard, as the service account that the chart gives it, and a namespace that goes. */
async function liqoGoesOn(
  acting: Acting,
  cluster: Cluster,
  folder: string,
  programs: Programs,
): Promise<Check[]> {
  // Virtual nodes without a peering stop the controller.
  acting.must(ACTORS.Flux, ['delete', 'virtualnodes,namespacemaps', '-A', '--all']);
  const { ok, err } = cluster.kubectl(['apply', '-f', '-'], provider('naples', 'south'));
  if (!ok) throw new Error(err);
  cluster.run('controller', programs.liqo, ['controller', kubeconfigOf(folder, ACTORS.Liqo)]);
  const found = (object: JsonObject) => acting.as(ACTORS.Flux, ['get', '-o', 'json', ...refOf(object)]);
  const [object, home] = [offloading('under-guard'), namespace('under-guard') as JsonObject];
  acting.must(ACTORS.Flux, SERVER_SIDE, [home, object]);
  const finalizer = await comes('Liqo adds its finalizer and its label', () => {
    const labelled = found(home).out.includes('"liqo.io/scheduling-enabled": "true"');
    return labelled && found(object).out.includes('namespaceoffloading-controller.liqo.io/finalizer');
  });
  const status = await comes('Liqo writes the status', () =>
    found(object).out.includes('"observedGeneration"'),
  );
  const kept = acting.as(ACTORS['a person'], ['delete', '--wait=false', 'namespace', 'under-guard']);
  acting.must(ACTORS.Flux, ['delete', '--wait=false', 'namespace', 'under-guard']);
  return [
    finalizer,
    status,
    { claim: 'a person cannot delete the namespace', holds: DENIED.test(kept.err), seen: kept.err },
    await comes('deleted by Flux, the namespace goes with its offloading', () => !found(home).ok),
  ];
}

/** A selector as large as none should be, changed at one place: CEL has a budget. */
function large(acting: Acting): Check[] {
  const values = Array.from({ length: 20 }, (_, i) => `region-${i}`);
  const terms = Array.from({ length: 50 }, (_, i) => ({
    matchExpressions: ['a', 'b', 'c', 'd'].map((key) => ({
      key,
      operator: 'In',
      values: [...values, `own-${i}`],
    })),
  }));
  const at = (nodeSelectorTerms: object[]) => ({ clusterSelector: { nodeSelectorTerms } });
  acting.must(ACTORS.Flux, SERVER_SIDE, [namespace('large'), offloading('large', at(terms))]);
  const patch = (to: object[]) =>
    acting.as(ACTORS['a person'], [
      'patch',
      ...refOf(offloading('large')),
      '--type=merge',
      '-p',
      JSON.stringify({ spec: at(to) }),
    ]);
  const narrower = patch(terms.slice(1));
  const wider = patch([...terms, { matchExpressions: [{ key: 'z', operator: 'Exists' }] }]);
  acting.must(ACTORS.Flux, SERVER_SIDE, [offloading('large', at(terms))]);
  const each = patch(
    terms.map(({ matchExpressions }) => ({
      matchExpressions: matchExpressions.map((one) => ({ ...one, values: [...one.values, 'more'] })),
    })),
  );
  const lost = DENIED.exec(narrower.err)?.[2] ?? narrower.err;
  return [
    {
      claim: 'a term less of 50: denied, and not for its cost',
      holds: lost.startsWith('a term of'),
      seen: narrower.err,
    },
    { claim: 'a term more of 50: passes', holds: wider.ok, seen: wider.err },
    { claim: 'each of 50 terms wider: passes', holds: each.ok, seen: each.err },
  ];
}

/** By name, among ten thousand. */
function many(acting: Acting): Check[] {
  const [name = ''] = MANY.slice(-1);
  acting.must(ACTORS.Flux, SERVER_SIDE, [namespace(name)]);
  const { err } = acting.as(ACTORS['a person'], ['delete', 'namespace', name]);
  const said = DENIED.exec(err)?.[2] ?? '';
  return [
    {
      claim: 'a namespace among 10,000: denied, and not for its cost',
      holds: said.startsWith('deleting the'),
      seen: err,
    },
  ];
}

/** What the audit log has of deletions that a reason let through. */
function audited(folder: string): Check {
  const file = join(folder, 'audit.log');
  const log = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const said = '"cdk8s-liqo.offloading-deletion/allowed":"offloading-deletion@1 PLAT-123 naples is closed"';
  const holds = log.includes(said);
  return { claim: 'the reason is in the audit log', holds, seen: log.slice(-1000) };
}

/** The milder actions, one after the other. */
async function milder(acting: Acting): Promise<Check[]> {
  const person = ACTORS['a person'];
  const gone = () => acting.as(person, ['delete', '--dry-run=server', ...refOf(offloading('probe'))]);
  await applyGuard(acting, { ...GUARD, action: 'warn' });
  const warned = gone();
  await applyGuard(acting, { ...GUARD, action: 'audit' });
  const silent = gone();
  return [
    {
      claim: 'warn: it passes with a warning',
      holds: warned.ok && /^Warning: Validation failed/m.test(warned.err),
      seen: warned.err,
    },
    { claim: 'audit: it passes without one', holds: silent.ok && silent.err === '', seen: silent.err },
  ];
}

/** Without its lists the guard stops less, and nothing else. */
async function withoutLists(acting: Acting): Promise<Check[]> {
  await applyGuard(acting, GUARD);
  acting.must(ACTORS.Flux, ['delete', 'configmap', '-n', 'kube-system', '-l', 'cdk8s-liqo.io/guard']);
  await sleep(2000);
  const virtual = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'listless', labels: { 'liqo.io/type': 'virtual-node' } },
  };
  acting.must(ACTORS.Flux, SERVER_SIDE, [virtual, namespace('listless')]);
  const person = ACTORS['a person'];
  const label = acting.as(person, ['label', 'node', 'listless', 'topology.liqo.io/region=north']);
  const deletion = acting.as(person, ['delete', '--wait=false', 'namespace', 'listless']);
  return [
    { claim: 'without the lists: the label of a Node passes', holds: label.ok, seen: label.err },
    {
      claim: 'without the lists: any other namespace can be deleted',
      holds: deletion.ok,
      seen: deletion.err,
    },
  ];
}

export async function tryGuard(
  cluster: Cluster,
  folder: string,
  programs: Programs,
): Promise<{ readonly rows: Check[]; readonly claims: Check[] }> {
  const acting = new Acting(cluster);
  const applied = cluster.kubectl(['create', '-f', '-'], JSON.stringify(ALLOWED));
  if (!applied.ok) throw new Error(applied.err);
  const start = [namespace('probe'), offloading('probe'), ...setUp()];
  acting.must(ACTORS.Flux, ['create', '-f', '-'], start);
  const first = await applyGuard(acting, GUARD);
  const second = acting.must(ACTORS.Flux, SERVER_SIDE, objectsFor(GUARD, [...listedRows(), ...MANY]));
  const rows = ROWS.map((row, i) => tried(acting, placed(row, i)));
  const claims = [
    { claim: 'the guard is accepted without a warning', holds: first.err === '', seen: first.err },
    { claim: 'a second time as well', holds: second.err === '', seen: second.err },
    audited(folder),
    ...large(acting),
    ...many(acting),
    ...(await liqoGoesOn(acting, cluster, folder, programs)),
    ...(await milder(acting)),
    ...(await withoutLists(acting)),
  ];
  return { rows, claims };
}
