// What a merge would do to the cluster and its providers, namespace by namespace, for people to read before they merge.
import type { Finding } from '../judge/finding';
import { isOffloading, toOffloading } from '../judge/offloading';
import { peeringImpacts } from '../judge/peering-impact';
import { namespacesOf, type Change } from '../judge/state';
import { keeperOf } from '../judge/removal';
import type { Facts } from '../judge/rule';
import { companions } from '../judge/twins';
import { groupBy } from '../manifests/group';
import { sameJson, type Manifest } from '../manifests/manifest';
import { contents, differences, type FieldChange } from './differences';
import { effectsOf, reachText, withPeerings, type Effects, type Peerings } from './effects';

/** `replace`: an immutable field changes, so that only a new object can have it; `keep`: it leaves Git and stays in the cluster. */
export type Action = 'create' | 'update' | 'replace' | 'delete' | 'keep';

export interface ObjectPlan {
  readonly action: Action;
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly fields: readonly FieldChange[];
}

export interface NamespacePlan extends Effects {
  /** Empty for objects outside namespaces. */
  readonly namespace: string;
  /** `none`: no object changes and no cluster is gained or lost, and still there is a finding. */
  readonly action: Exclude<Action, 'keep'> | 'none';
  readonly objects: readonly ObjectPlan[];
  /** What nobody gets back: parts of a sentence. */
  readonly deleted: readonly string[];
  /** Those that were there before the change are left out, unless they are errors. */
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

/** A pair, and what becomes of it. */
interface Item {
  readonly pair: Pair;
  readonly object: ObjectPlan;
}

const same = ({ was, is }: Pair) =>
  was.length === is.length && was.every(({ body }, i) => sameJson(body, is[i]?.body));

const isNamespace = ({ apiVersion, kind }: Pick<Manifest, 'apiVersion' | 'kind'>) =>
  apiVersion === 'v1' && kind === 'Namespace';
const placeOf = (manifest: Manifest) => (isNamespace(manifest) ? manifest.name : manifest.namespace);

/** Each form of the old side that differs from one of the new: which one is deployed, nobody knows. */
const combinations = ({ was, is }: Pair) =>
  is.flatMap((now) => was.filter((old) => !sameJson(old.body, now.body)).map((old) => [old, now] as const));

/** What becomes of an object, undefined where what differs makes no difference. */
function toObject(pair: Pair, facts: Facts): ObjectPlan | undefined {
  const [[was], [is]] = [pair.was, pair.is];
  const one = is ?? was;
  if (one === undefined) return undefined;
  const { apiVersion, kind, name } = one;
  const object = { apiVersion, kind, name };
  if (is === undefined)
    return {
      ...object,
      action: pair.was.some((one) => keeperOf(one, facts) !== undefined) ? 'keep' : 'delete',
      fields: [],
    };
  if (was === undefined) return { ...object, action: 'create', fields: contents(is) };
  const fields = combinations(pair).flatMap(([old, now]) => differences(old, now));
  const distinct = [...new Map(fields.map((field) => [JSON.stringify(field), field])).values()];
  if (distinct.length === 0 && pair.was.length === pair.is.length) return undefined;
  return {
    ...object,
    action: fields.some((field) => field.replaces) ? 'replace' : 'update',
    fields: distinct,
  };
}

/** The objects that become something else, by namespace. */
function changedItems({ before, after }: Change, facts: Facts): Map<string, Item[]> {
  const identities = new Set([...before.byIdentity.keys(), ...after.byIdentity.keys()]);
  const items = [...identities].flatMap((identity): Item[] => {
    const pair = { was: before.byIdentity.get(identity) ?? [], is: after.byIdentity.get(identity) ?? [] };
    const object = same(pair) ? undefined : toObject(pair, facts);
    return object === undefined ? [] : [{ pair, object }];
  });
  return groupBy(items, ({ pair: { was, is } }) => [...is, ...was].map(placeOf)[0] ?? '');
}

const rank = ({ pair: { was, is }, object }: Item) =>
  isNamespace(object) ? 0 : [...was, ...is].some(isOffloading) ? 1 : 2;

const isGone = ({ object }: Item) => isNamespace(object) && object.action === 'delete';

/** What is known of all namespaces. */
interface Context {
  readonly change: Change;
  readonly facts: Facts;
  /** The namespaces that lose their twin with that of one. */
  readonly sharing: (namespace: string) => readonly string[];
  /** Providers that namespaces lose or gain as peerings change. */
  readonly peerings: ReadonlyMap<string, Peerings>;
}

function actionOf(place: string, items: readonly Item[], { gained, lost }: Effects): NamespacePlan['action'] {
  const all = (action: Action) => place === '' && items.every(({ object }) => object.action === action);
  if (items.length === 0) return gained === undefined && lost === undefined ? 'none' : 'update';
  if (items.some(({ object }) => object.action === 'replace')) return 'replace';
  if (items.some(isGone) || all('delete')) return 'delete';
  const comes = items.some(({ object }) => isNamespace(object) && object.action === 'create');
  return comes || all('create') ? 'create' : 'update';
}

const REFUSED = 'The cluster refuses the update: nothing changes, and the engine retries it again and again.';

function effects(place: string, items: readonly Item[], { change, facts }: Context): Effects {
  if (items.some(isGone)) {
    // It takes its offloading with it, whatever becomes of that in Git.
    const [offloading] = change.before.offloadingsOf.get(place) ?? [];
    return { ...(offloading && effectsOf(offloading, undefined, facts)), pods: 'All its pods are deleted.' };
  }
  const item = items.find(({ pair: { was, is } }) => [...was, ...is].some(isOffloading));
  if (item === undefined || item.object.action === 'keep') return {};
  if (item.object.action === 'replace') return { pods: REFUSED };
  const { was, is } = item.pair;
  if (was.length === 0 || is.length === 0)
    return effectsOf(was.map(toOffloading)[0], is.map(toOffloading)[0], facts);
  const possible = combinations(item.pair).map(([old, now]) =>
    effectsOf(toOffloading(old), toOffloading(now), facts),
  );
  return possible.find(({ lost }) => lost !== undefined) ?? possible[0] ?? {};
}

function withPeeringsOf(place: string, own: Effects, { change, facts, peerings }: Context): Effects {
  const [is] = [change.after, change.before].flatMap(({ offloadingsOf }) => offloadingsOf.get(place) ?? []);
  const touching = peerings.get(place);
  return is === undefined || touching === undefined ? own : withPeerings(own, is, touching, facts);
}

/** By namespace, the providers whose peerings it loses or gains. */
function peeringsOf(change: Change, facts: Facts): Map<string, Peerings> {
  const reaches = peeringImpacts(change, facts).flatMap(({ provider, lost = [], gained }) => [
    ...lost.map((namespace) => ({ namespace, provider, isLost: true })),
    ...gained.map((namespace) => ({ namespace, provider, isLost: false })),
  ]);
  const providers = (all: typeof reaches, isLost: boolean) =>
    all.flatMap((one) => (one.isLost === isLost ? [one.provider] : [])).sort();
  return new Map(
    [...groupBy(reaches, ({ namespace }) => namespace)].map(([namespace, all]) => [
      namespace,
      { lost: providers(all, true), gained: providers(all, false) },
    ]),
  );
}

/** What nobody gets back. */
function deletedFor(
  place: string,
  items: readonly Item[],
  { lost, twin }: Effects,
  context: Context,
): string[] {
  const gone = items.some(isGone) ? [`the namespace '${place}' and everything in it`] : [];
  if (lost === undefined) return gone;
  const others = context.sharing(place);
  const also =
    others.length === 0 ? '' : `, which is also the twin of ${others.map((one) => `'${one}'`).join(', ')}`;
  const name = twin === undefined ? '' : ` '${twin}'`;
  return [...gone, `the twin namespace${name} and everything in it on ${reachText(lost)}${also}`];
}

function toPlan(
  place: string,
  unsorted: readonly Item[],
  findings: readonly Finding[],
  context: Context,
): NamespacePlan {
  const items = unsorted.toSorted((a, b) => rank(a) - rank(b));
  const changed = withPeeringsOf(place, effects(place, items, context), context);
  return {
    namespace: place,
    action: actionOf(place, items, changed),
    objects: items.map(({ object }) => object),
    ...changed,
    deleted: deletedFor(place, items, changed, context),
    findings,
  };
}

const wholeClusterLast = (a: string, b: string) => (a === '' ? 1 : b === '' ? -1 : a < b ? -1 : 1);

/**
 * What a change does, namespace by namespace.
 * @param change as the judge looked at it
 * @param findings what it found
 */
export function planOf(change: Change, facts: Facts, findings: readonly Finding[]): Plan {
  const items = changedItems(change, facts);
  const news = groupBy(
    findings.filter(({ existing, severity }) => existing !== true || severity === 'error'),
    ({ namespace = '' }) => namespace,
  );
  const peerings = peeringsOf(change, facts);
  const context = { change, facts, peerings, sharing: companions(change.before, facts) };
  const namespaces = [...new Set([...items.keys(), ...news.keys(), ...peerings.keys()])]
    .sort(wholeClusterLast)
    .map((place) => toPlan(place, items.get(place) ?? [], news.get(place) ?? [], context));
  const count = (action: NamespacePlan['action']) =>
    namespaces.filter((one) => one.action === action && one.namespace !== '').length;
  return {
    namespaces,
    summary: {
      create: count('create'),
      update: count('update'),
      replace: count('replace'),
      delete: count('delete'),
      unchanged: namespacesOf(change.after).filter((one) => !items.has(one) && !peerings.has(one)).length,
    },
  };
}
