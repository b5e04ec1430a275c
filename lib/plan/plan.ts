// What a merge would do to the cluster and its providers, namespace by namespace, for people to read before they merge.
import { OFFLOADING_KIND } from '../liqo/constants';
import type { Finding } from '../judge/finding';
import { isOffloading, toOffloading } from '../judge/offloading';
import { namespacesOf } from '../judge/policy';
import { pruningDisabledBy } from '../judge/pruning';
import type { Facts } from '../judge/rule';
import type { Change } from '../judge/state';
import { sharedTwins } from '../judge/twins';
import { groupBy } from '../manifests/group';
import { sameJson, type Manifest } from '../manifests/manifest';
import { contents, differences, type FieldChange } from './differences';
import { effectsOf, reachText, type Effects } from './effects';

/** `replace`: an immutable field changes, so that only a new object can have it; `keep`: it leaves Git and stays in the cluster. */
export type Action = 'create' | 'update' | 'replace' | 'delete' | 'keep';

export interface ObjectPlan {
  readonly action: Action;
  readonly kind: string;
  readonly name: string;
  readonly fields: readonly FieldChange[];
}

export interface NamespacePlan extends Effects {
  /** Empty for objects outside namespaces. */
  readonly namespace: string;
  /** `none`: no object changes, and still there is a finding. */
  readonly action: Exclude<Action, 'keep'> | 'none';
  readonly objects: readonly ObjectPlan[];
  /** What nobody gets back: parts of a sentence. */
  readonly deleted: readonly string[];
  /** Those that were there before the change are left out. */
  readonly findings: readonly Finding[];
}

export interface Plan {
  /** Those that change, by name. */
  readonly namespaces: readonly NamespacePlan[];
  /** Namespaces by what becomes of them. */
  readonly summary: Readonly<Record<'create' | 'update' | 'replace' | 'delete' | 'unchanged', number>>;
}

/** An object on both sides; several forms where it is declared twice. */
interface Pair {
  readonly was: readonly Manifest[];
  readonly is: readonly Manifest[];
}

const same = ({ was, is }: Pair) =>
  was.length === is.length && was.every(({ body }, i) => sameJson(body, is[i]?.body));

const placeOf = ({ kind, namespace, name }: Manifest) => (kind === 'Namespace' ? name : namespace);

/** The pairs that differ, by namespace. */
function changedPairs({ before, after }: Change): Map<string, Pair[]> {
  const identities = new Set([...before.byIdentity.keys(), ...after.byIdentity.keys()]);
  const pairs = [...identities].map((identity) => ({
    was: before.byIdentity.get(identity) ?? [],
    is: after.byIdentity.get(identity) ?? [],
  }));
  return groupBy(
    pairs.filter((pair) => !same(pair)),
    ({ was, is }) => [...is, ...was].map(placeOf)[0] ?? '',
  );
}

function toObject({ was: [was], is: [is] }: Pair): ObjectPlan[] {
  if (is === undefined) {
    if (was === undefined) return [];
    const action = pruningDisabledBy(was) === undefined ? 'delete' : 'keep';
    return [{ action, kind: was.kind, name: was.name, fields: [] }];
  }
  const { kind, name } = is;
  if (was === undefined) return [{ action: 'create', kind, name, fields: contents(is) }];
  const fields = differences(was, is);
  return [{ action: fields.some((one) => one.replaces) ? 'replace' : 'update', kind, name, fields }];
}

const RANK: Readonly<Record<string, number>> = { Namespace: 0, NamespaceOffloading: 1 };
const rank = ({ kind }: ObjectPlan) => RANK[kind] ?? 2;

const isGone = ({ kind, action }: ObjectPlan) => kind === 'Namespace' && action === 'delete';

/** Everything that is known of one namespace, and of all. */
interface Context {
  readonly change: Change;
  readonly facts: Facts;
  /** The places of either side. */
  readonly before: ReadonlySet<string>;
  readonly after: ReadonlySet<string>;
  /** The namespaces that share a twin with one, by that one. */
  readonly sharing: ReadonlyMap<string, readonly string[]>;
}

function actionOf(
  place: string,
  objects: readonly ObjectPlan[],
  { before, after }: Context,
): NamespacePlan['action'] {
  if (objects.length === 0) return 'none';
  if (objects.some(({ action }) => action === 'replace')) return 'replace';
  const all = objects.every(({ action }) => action === 'delete');
  if (objects.some(isGone) || (all && !after.has(place))) return 'delete';
  return before.has(place) ? 'update' : 'create';
}

const REFUSED = 'The cluster refuses the update: nothing happens, and the engine tries it again and again.';

function effects(
  place: string,
  pairs: readonly Pair[],
  objects: readonly ObjectPlan[],
  context: Context,
): Effects {
  const { change, facts } = context;
  if (objects.some(isGone)) {
    // It takes its offloading with it, whatever becomes of that in Git.
    const [offloading] = change.before.offloadingsOf.get(place) ?? [];
    return { ...(offloading && effectsOf(offloading, undefined, facts)), pods: 'All its pods end.' };
  }
  const changed = objects.find(({ kind }) => kind === OFFLOADING_KIND);
  const pair = pairs.find(({ was, is }) => [...was, ...is].some(isOffloading));
  if (changed?.action === 'replace') return { pods: REFUSED };
  if (pair === undefined || changed?.action === 'keep') return {};
  const [[was], [is]] = [pair.was.map(toOffloading), pair.is.map(toOffloading)];
  return effectsOf(was, is, facts);
}

/** What nobody gets back. */
function deletedFor(
  place: string,
  objects: readonly ObjectPlan[],
  { lost, twin }: Effects,
  context: Context,
): string[] {
  const gone = objects.some(isGone) ? [`the namespace '${place}' with everything in it`] : [];
  if (lost === undefined) return gone;
  const others = context.sharing.get(place) ?? [];
  const also =
    others.length === 0 ? '' : `, which is the twin of ${others.map((one) => `'${one}'`).join(', ')} as well`;
  const name = twin === undefined ? '' : ` '${twin}'`;
  return [...gone, `the twin namespace${name} with everything in it on ${reachText(lost)}${also}`];
}

function toPlan(
  place: string,
  pairs: readonly Pair[],
  findings: readonly Finding[],
  context: Context,
): NamespacePlan {
  const objects = pairs.flatMap(toObject).sort((a, b) => rank(a) - rank(b));
  const changed = effects(place, pairs, objects, context);
  return {
    namespace: place,
    action: actionOf(place, objects, context),
    objects,
    ...changed,
    deleted: deletedFor(place, objects, changed, context),
    findings,
  };
}

function sharing(change: Change, { consumer }: Facts): Map<string, string[]> {
  return new Map(
    [...sharedTwins(change.before, consumer).values()].flatMap((twins) => {
      const names = twins.map(({ offloading }) => offloading.namespace);
      return names.map((one) => [one, names.filter((other) => other !== one)] as const);
    }),
  );
}

const wholeClusterLast = (a: string, b: string) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1);

/**
 * What a change does, namespace by namespace.
 * @param change as the judge looked at it
 * @param findings what it found
 */
export function planOf(change: Change, facts: Facts, findings: readonly Finding[]): Plan {
  const pairs = changedPairs(change);
  const news = groupBy(
    findings.filter(({ existing }) => existing !== true),
    ({ namespace = '' }) => namespace,
  );
  const placesOf = (side: 'before' | 'after') => new Set(change[side].manifests.map(placeOf));
  const context = {
    change,
    facts,
    before: placesOf('before'),
    after: placesOf('after'),
    sharing: sharing(change, facts),
  };
  const places = new Set([...pairs.keys(), ...news.keys()]);
  const namespaces = [...places]
    .sort(wholeClusterLast)
    .map((place) => toPlan(place, pairs.get(place) ?? [], news.get(place) ?? [], context));
  const count = (action: NamespacePlan['action']) =>
    namespaces.filter((one) => one.action === action && one.namespace !== '').length;
  const changed = {
    create: count('create'),
    update: count('update'),
    replace: count('replace'),
    delete: count('delete'),
  };
  const touched = new Set(pairs.keys());
  const unchanged = namespacesOf(change.after).filter((one) => !touched.has(one)).length;
  return { namespaces, summary: { ...changed, unchanged } };
}
