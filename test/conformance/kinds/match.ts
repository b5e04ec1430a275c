import { labelsOf } from '../../../lib/liqo/inventory';
import { nodeOf, twinOn } from '../../../lib/liqo/landing';
import { fits } from '../../../lib/liqo/scheduling';
import { liveProviders } from '../../../lib/manifests/live-inventory';
import type { JsonObject } from '../../../lib/manifests/manifest';
import type { UncheckedTerm } from '../../../lib/selector/term';
import type { Random } from '../generate/random';
import { labels, terms } from '../generate/selectors';
import { manifestsOf } from './given';
import type { Kind } from './kind';

export interface Matching {
  readonly terms: readonly UncheckedTerm[];
  readonly virtualNode: JsonObject;
  readonly node?: JsonObject;
}

const ID = 'naples';
const NAME = 'liqo-naples';

/** What a virtual Node of that name has by itself, in every inventory. */
export const CERTAIN = labelsOf({ id: ID, virtualNodes: [] }, { name: NAME, labels: {}, createNode: true });

function virtualNode(random: Random): JsonObject {
  return {
    apiVersion: 'offloading.liqo.io/v1beta1',
    kind: 'VirtualNode',
    metadata: { name: NAME, namespace: 'liqo-tenant-naples' },
    spec: {
      clusterID: ID,
      createNode: random.chance(0.5),
      ...(random.chance(0.8) && { labels: labels(random) }),
      ...(random.chance(0.3) && { storageClasses: [{ storageClassName: 'liqo' }] }),
    },
  };
}

/** Now and then one that lacks what every Node has, or that is another cluster's. */
function node(random: Random): JsonObject {
  const own = labels(random);
  const all = random.chance(0.9) ? { ...own, ...CERTAIN } : { ...CERTAIN, ...own };
  const kept = Object.entries(all).filter(() => !random.chance(0.03));
  return { apiVersion: 'v1', kind: 'Node', metadata: { name: NAME, labels: Object.fromEntries(kept) } };
}

/** kubectl prints every Node of the cluster: there is a local one, too. */
const LOCAL: JsonObject = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'worker' } };

function say(given: Matching) {
  const [provider] = liveProviders(manifestsOf([given.virtualNode, LOCAL, given.node])).providers;
  const [virtual] = provider?.virtualNodes ?? [];
  if (provider === undefined || virtual === undefined) throw new Error('the VirtualNode is gone');
  const pod = { nodeSelector: {}, tolerations: [], required: given.terms };
  const fit = fits(pod, { ...nodeOf(provider, virtual), taints: [] });
  const inError =
    fit.answer === 'no' &&
    fit.exclusions.some((one) => one.by === 'affinity' && one.terms.some(({ why }) => why === 'invalid'));
  const scheduler = inError ? 'error' : fit.answer;
  const twin = twinOn({ pods: 'Remote', terms: given.terms }, provider);
  // With an invalid term the project says no more than that; the scheduler's reading is Liqo's.
  return { scheduler, liqo: twin === 'perhaps' ? scheduler : twin };
}

export const match: Kind<Matching> = {
  name: 'match',
  what: 'Selector terms on a VirtualNode, with its Node or without: match, no match or error, for Liqo and for the scheduler',
  ours: 'lib/manifests/live-inventory.ts, lib/liqo/inventory.ts, lib/liqo/scheduling.ts, lib/selector/match.ts',
  upstream: 'Liqo `MatchVirtualNodeSelectorTerms`; component-helpers `nodeaffinity`',
  draw: (random) => ({
    terms: terms(random, random.chance(0.3) ? 0.2 : 0, NAME),
    virtualNode: virtualNode(random),
    ...(random.chance(0.5) && { node: node(random) }),
  }),
  say,
};
