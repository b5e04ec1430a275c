import fc from 'fast-check';
import { admit, type PodOffloading } from '../../lib/liqo/admission';
import { daemonLanding } from '../../lib/liqo/daemon';
import { landing, nodeOf } from '../../lib/liqo/landing';
import type { PodOffloadingStrategy } from '../../lib/liqo/namespace-offloading';
import {
  place,
  PLACEMENTS,
  REMOTE_MEANS,
  type Placement,
  type PlacementRequest,
} from '../../lib/liqo/placement';
import type { PodSpec } from '../../lib/liqo/pod';
import { fits, type Node } from '../../lib/liqo/scheduling';
import type { UncheckedTerm } from '../../lib/selector/term';
import {
  everyLocalNode,
  everyProvider,
  matchesByHand,
  pod as arbitraryPod,
  selector,
  strategy,
  wants,
} from './arbitrary';
import { FLORENCE, inNamespace, L, NAPLES, offloading, onNode, pod, terms, TOLERATION, V } from './given';

const request = (
  placement: Placement,
  of: PodOffloading | undefined,
  means: PlacementRequest['means'] = 'toleration',
): PlacementRequest => ({ placement, means, liqoRuntimeClass: 'liqo', ...(of && { offloading: of }) });
const SOUTH = offloading('LocalAndRemote', 'region=south');
const EVERY = offloading('LocalAndRemote');

describe('what a placement adds', () => {
  test.each<[string, Partial<PodSpec>, PlacementRequest, Partial<PodSpec>]>([
    ['local', {}, request('local', SOUTH), { required: terms(L) }],
    ['local, not offloaded', {}, request('local', undefined), { required: terms(L) }],
    [
      'local, to each term',
      { required: terms('a', 'b') },
      request('local', SOUTH),
      { required: terms(`a,${L}`, `b,${L}`) },
    ],
    [
      'local, leaving out a term that matches nothing',
      { required: terms('a', '') },
      request('local', SOUTH),
      { required: terms(`a,${L}`) },
    ],
    ['local, where it is local already', { required: terms(`${L},a`) }, request('local', SOUTH), {}],
    [
      'local, keeping a toleration',
      { tolerations: [TOLERATION] },
      request('local', SOUTH),
      { required: terms(L) },
    ],
    [
      'remote by RuntimeClass',
      {},
      request('remote', SOUTH, 'runtimeClass'),
      { runtimeClassName: 'liqo', required: terms(`region=south,${V}`) },
    ],
    [
      'remote by toleration',
      {},
      request('remote', SOUTH),
      { tolerations: [TOLERATION], required: terms(`region=south,${V}`) },
    ],
    [
      'remote, every cluster',
      {},
      request('remote', EVERY),
      { tolerations: [TOLERATION], required: terms(V) },
    ],
    [
      'remote under Remote',
      {},
      request('remote', offloading('Remote', 'a', '', 'b')),
      { tolerations: [TOLERATION], required: terms(`a,${V}`, `b,${V}`) },
    ],
    [
      'remote, alternatives that are the same once',
      { required: terms('a', 'a') },
      request('remote', offloading('LocalAndRemote', 'b', 'b')),
      { tolerations: [TOLERATION], required: terms(`a,b,${V}`) },
    ],
    [
      'remote, the product with the pod without what cannot be',
      { required: terms('region=south,x', 'y') },
      request('remote', offloading('LocalAndRemote', 'region=south', 'region=center')),
      {
        tolerations: [TOLERATION],
        required: terms(`region=south,x,${V}`, `y,region=south,${V}`, `y,region=center,${V}`),
      },
    ],
    [
      'remote, where the pod asks for less already',
      { required: terms(`region=south,${V},x`) },
      request('remote', offloading('LocalAndRemote', 'region in (south,center)')),
      { tolerations: [TOLERATION] },
    ],
    [
      'remote, with a wider toleration in place',
      { tolerations: [{ operator: 'Exists' }] },
      request('remote', SOUTH),
      { required: terms(`region=south,${V}`) },
    ],
    [
      'remote by toleration, the pod having another RuntimeClass',
      { runtimeClassName: 'gvisor' },
      request('remote', EVERY),
      { tolerations: [TOLERATION], required: terms(V) },
    ],
    [
      'remote by RuntimeClass, which the pod has, with matchFields that no webhook touches',
      { runtimeClassName: 'liqo', required: [onNode('liqo-naples')] },
      request('remote', SOUTH, 'runtimeClass'),
      { required: [onNode('liqo-naples', `region=south,${V}`)] },
    ],
    [
      'anywhere',
      {},
      request('anywhere', SOUTH),
      { tolerations: [TOLERATION], required: terms(`region=south,${V}`, L) },
    ],
    ['anywhere, every cluster', {}, request('anywhere', EVERY), { tolerations: [TOLERATION] }],
    [
      'anywhere, each term of the pod',
      { required: terms('a') },
      request('anywhere', SOUTH),
      { tolerations: [TOLERATION], required: terms(`a,region=south,${V}`, `a,${L}`) },
    ],
  ])('%s', (_, parts, asked, added) => {
    expect(place(pod(parts), asked)).toEqual({ pod: pod({ ...parts, ...added }), contradictions: [] });
  });
});

describe('what contradicts a placement', () => {
  const bad: UncheckedTerm = { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['many'] }] };
  const REMOTE = offloading('Remote', 'region=south');
  const NO_SOUTH = 'its required node affinity requires';
  test.each<[string, Partial<PodSpec>, PlacementRequest, string]>([
    [
      'remote, not offloaded',
      {},
      request('remote', undefined),
      'The namespace is not offloaded, so none of its pods can be placed remote.',
    ],
    [
      'anywhere, not offloaded',
      {},
      request('anywhere', undefined),
      'The namespace is not offloaded, so none of its pods can be placed anywhere.',
    ],
    [
      'remote under Local',
      {},
      request('remote', offloading('Local'), 'runtimeClass'),
      "The namespace's podOffloadingStrategy is Local, but the pod should be placed remote.",
    ],
    [
      'local under Remote',
      {},
      request('local', REMOTE),
      "The namespace's podOffloadingStrategy is Remote: Liqo's webhook requires a virtual node for every pod, so a local pod cannot run anywhere.",
    ],
    [
      'anywhere under Remote',
      {},
      request('anywhere', REMOTE),
      "The namespace's podOffloadingStrategy is Remote: Liqo's webhook keeps its pods off local nodes.",
    ],
    [
      'remote, a malformed selector',
      {},
      request('remote', { pods: 'Remote', terms: undefined }),
      "The namespace's clusterSelector is malformed.",
    ],
    [
      'remote, a selector without requirements',
      {},
      request('remote', offloading('Remote', '')),
      "The namespace's clusterSelector selects no virtual node.",
    ],
    [
      'anywhere, a selector of local nodes',
      {},
      request('anywhere', offloading('LocalAndRemote', L)),
      "The namespace's clusterSelector selects no virtual node.",
    ],
    [
      'remote, an invalid term',
      {},
      request('remote', { pods: 'Remote', terms: [bad, ...terms('b')] }),
      'The namespace\'s clusterSelector has an invalid term: a: Gt needs an integer of 64 bits, not "many".',
    ],
    [
      'local, an invalid term that the webhook copies',
      {},
      request('local', { pods: 'LocalAndRemote', terms: [bad] }),
      'The namespace\'s clusterSelector has an invalid term: a: Gt needs an integer of 64 bits, not "many".',
    ],
    [
      'another RuntimeClass',
      { runtimeClassName: 'gvisor' },
      request('remote', SOUTH, 'runtimeClass'),
      "The pod has the RuntimeClass 'gvisor', but 'liqo' should make it remote; set means to toleration.",
    ],
    [
      "local, of Liqo's RuntimeClass",
      { runtimeClassName: 'liqo' },
      request('local', SOUTH),
      "The pod has Liqo's RuntimeClass 'liqo', which restricts it to virtual nodes, but it should be placed local.",
    ],
    [
      "anywhere, of Liqo's RuntimeClass",
      { runtimeClassName: 'liqo' },
      request('anywhere', SOUTH),
      "The pod has Liqo's RuntimeClass 'liqo', which restricts it to virtual nodes, but it should be placed anywhere.",
    ],
    [
      'a nodeName',
      { nodeName: 'n1' },
      request('local', SOUTH),
      "The pod has the nodeName 'n1', which bypasses the scheduler and every placement.",
    ],
    [
      'what the API server refuses',
      { required: [] },
      request('local', SOUTH),
      'The API server refuses the required node affinity of the pod: it has no nodeSelectorTerms.',
    ],
    [
      'a term of the pod in error',
      { required: [bad, ...terms('b')] },
      request('local', SOUTH),
      'The required node affinity of the pod has an invalid term: a: Gt needs an integer of 64 bits, not "many".',
    ],
    [
      'only terms that match nothing',
      { required: [{}] },
      request('local', SOUTH),
      'The required node affinity that the pod already has excludes every such node.',
    ],
    [
      'local, a nodeSelector for virtual nodes',
      { nodeSelector: { 'liqo.io/type': 'virtual-node' } },
      request('local', SOUTH),
      'The pod can run on no local node: its nodeSelector requires liqo.io/type=virtual-node.',
    ],
    [
      'remote, a nodeSelector for other nodes',
      { nodeSelector: { 'liqo.io/type': 'physical' } },
      request('remote', SOUTH),
      'The pod can run on no selected virtual node: its nodeSelector requires liqo.io/type=physical.',
    ],
    [
      'remote, another region by nodeSelector',
      { nodeSelector: { region: 'center' } },
      request('remote', SOUTH),
      `The pod can run on no selected virtual node: ${NO_SOUTH} region=south,region=center (of region=south,${V}).`,
    ],
    [
      'remote, another region by affinity',
      { required: terms('region=center') },
      request('remote', SOUTH),
      'The required node affinity that the pod already has excludes every such node.',
    ],
    [
      'anywhere, bound to virtual nodes',
      { nodeSelector: { 'liqo.io/type': 'virtual-node' } },
      request('anywhere', SOUTH),
      'The pod can run on no local node: its nodeSelector requires liqo.io/type=virtual-node.',
    ],
    [
      'anywhere, bound to local ones',
      { required: terms(L) },
      request('anywhere', EVERY),
      `The pod can run on no selected virtual node: its required node affinity requires ${L}.`,
    ],
    [
      'a toleration that ends',
      { tolerations: [{ operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }] },
      request('remote', SOUTH),
      'A toleration of the pod evicts it from virtual nodes after 60 seconds.',
    ],
    [
      'one that ends, which the RuntimeClass does not cover',
      { tolerations: [{ operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 60 }] },
      request('remote', SOUTH, 'runtimeClass'),
      'A toleration of the pod evicts it from virtual nodes after 60 seconds.',
    ],
    [
      "matchFields, which the webhook's merge drops",
      { required: [onNode('n1', 'a')] },
      request('local', SOUTH),
      `Liqo's webhook drops the matchFields of the required node affinity a,${L},[metadata.name=n1].`,
    ],
    [
      'matchFields of the clusterSelector',
      {},
      request('remote', { pods: 'Remote', terms: [onNode('liqo-naples')] }),
      `Liqo's webhook drops the matchFields of the required node affinity ${V},[metadata.name=liqo-naples].`,
    ],
  ])('%s', (_, parts, asked, sentence) => {
    const one = pod(parts);
    expect(place(one, asked)).toEqual({ pod: one, contradictions: [sentence] });
  });

  test.each<[string, Partial<PodSpec>, PlacementRequest]>([
    [
      'a toleration that ends and the RuntimeClass covers',
      { tolerations: [{ ...TOLERATION, tolerationSeconds: 60 }] },
      request('remote', SOUTH, 'runtimeClass'),
    ],
    [
      'a toleration that ends, of a local pod',
      { tolerations: [{ ...TOLERATION, tolerationSeconds: 60 }] },
      request('local', SOUTH),
    ],
    [
      'a toleration that ends behind one that does not',
      { tolerations: [TOLERATION, { ...TOLERATION, tolerationSeconds: 60 }] },
      request('remote', SOUTH),
    ],
    [
      'matchFields, where the webhook requires nothing',
      { required: [onNode('n1')] },
      request('local', EVERY),
    ],
    [
      'matchFields, where there is no webhook',
      { required: [onNode('n1')] },
      request('local', offloading('Local', 'a')),
    ],
    ['local, a malformed selector under Local', {}, request('local', { pods: 'Local', terms: undefined })],
    ['local, an invalid term under Local', {}, request('local', { pods: 'Local', terms: [bad] })],
    ['the same region by nodeSelector', { nodeSelector: { region: 'south' } }, request('remote', SOUTH)],
    ["remote by toleration, of Liqo's RuntimeClass", { runtimeClassName: 'liqo' }, request('remote', SOUTH)],
  ])('and what does not: %s', (_, parts, asked) => {
    expect(place(pod(parts), asked).contradictions).toEqual([]);
  });
});

describe('a DaemonSet', () => {
  const DROPPED =
    "Liqo's webhook drops the affinity that pins a DaemonSet's pod to its node: the pod can land on any node that the namespace allows.";
  const NONE_MADE =
    "The DaemonSet controller looks only at the template's own tolerations, so the RuntimeClass alone gives no pod on virtual nodes; set means to toleration.";
  test.each<[string, Partial<PodSpec>, PlacementRequest, string[]]>([
    ['local, where the webhook requires nothing', {}, request('local', EVERY), []],
    ['local under Local', {}, request('local', offloading('Local', 'region=south')), []],
    ['local, not offloaded', {}, request('local', undefined), []],
    ['local, where the selector has terms', {}, request('local', SOUTH), [DROPPED]],
    ['remote by toleration, every cluster', {}, request('remote', EVERY), []],
    ['remote by toleration under Remote', {}, request('remote', offloading('Remote')), [DROPPED]],
    ['remote by RuntimeClass', {}, request('remote', EVERY, 'runtimeClass'), [NONE_MADE]],
    [
      'remote by RuntimeClass, tolerating',
      { tolerations: [TOLERATION] },
      request('remote', SOUTH, 'runtimeClass'),
      [],
    ],
    ['anywhere, where the selector has terms', {}, request('anywhere', SOUTH), [DROPPED]],
  ])('%s', (_, parts, asked, contradictions) => {
    expect(place(pod(parts), { ...asked, daemonSet: true }).contradictions).toEqual(contradictions);
    expect(place(pod(parts), asked).contradictions).toEqual([]);
  });

  test('says so where its pods would land elsewhere, and only there', () => {
    for (const space of [EVERY, SOUTH, offloading('Local', 'region=south')]) {
      const { pod: placed, contradictions } = place(pod(), { ...request('local', space), daemonSet: true });
      const template = contradictions.length === 0 ? placed : place(pod(), request('local', space)).pod;
      const made = daemonLanding(template, inNamespace(space), [NAPLES, FLORENCE]).local.landing;
      if (made?.outcome !== 'stored') throw new Error('not stored');
      const elsewhere = made.virtualNodes.some(({ verdict }) => verdict.answer === 'yes');
      expect(elsewhere).toBe(contradictions.length > 0);
    }
  });
});

const allowed = (pods: PodOffloadingStrategy): readonly Placement[] =>
  pods === 'Local' ? ['local'] : pods === 'Remote' ? ['remote'] : PLACEMENTS;
const asked = fc
  .record({ pods: strategy, terms: selector, means: fc.constantFrom(...REMOTE_MEANS), pick: fc.nat(2) })
  .map(({ pods, terms: of, means, pick }) => {
    const placements = allowed(pods);
    return request(placements[pick % placements.length] ?? 'local', { pods, terms: of }, means);
  });

/** What the clusterSelector says of a virtual node; no terms are every cluster. */
const selected = ({ offloading: of }: PlacementRequest, { labels }: Node): boolean =>
  of?.terms?.length === 0 || matchesByHand(of?.terms ?? [], labels);

const virtualNodes = everyProvider.flatMap((provider) =>
  provider.virtualNodes.map((node) => nodeOf(provider, node)),
);

describe('a pod whose spec can never be changed', () => {
  const once = (of: PlacementRequest): PlacementRequest => ({ ...of, once: true });
  const noEmptyTerm = ({ offloading: of }: PlacementRequest) =>
    (of?.terms ?? []).every(({ matchExpressions }) => matchExpressions?.length !== 0);

  test('goes where the word says all the same, by what the webhook adds', () => {
    fc.assert(
      fc.property(arbitraryPod, asked.filter(noEmptyTerm), (one, of) => {
        const { pod: placed, contradictions } = place(one, once(of));
        if (contradictions.length > 0 || of.offloading === undefined) return;
        const answer = landing(placed, inNamespace(of.offloading), everyProvider);
        if (answer.outcome !== 'stored') throw new Error(answer.reason);
        expect(answer.virtualNodes.map(({ verdict }) => verdict.answer === 'yes')).toEqual(
          virtualNodes.map(
            (node) => of.placement !== 'local' && selected(of, node) && wants(one, node.labels),
          ),
        );
        expect(everyLocalNode.map((node) => fits(answer.pod, node).answer === 'yes')).toEqual(
          everyLocalNode.map(({ labels }) => of.placement !== 'remote' && wants(one, labels)),
        );
      }),
      { numRuns: 400 },
    );
  });

  test('holds nothing of the clusterSelector', () => {
    fc.assert(
      fc.property(arbitraryPod, asked, selector, (one, of, terms) => {
        if (of.offloading === undefined) return;
        const [was, is] = [of.offloading.terms, terms].map((all) =>
          place(one, once({ ...of, offloading: { pods: of.offloading?.pods ?? 'Remote', terms: all } })),
        );
        if (was?.contradictions.length === 0 && is?.contradictions.length === 0)
          expect(is.pod).toEqual(was.pod);
      }),
      { numRuns: 400 },
    );
  });

  test('waits where no webhook sees it', () => {
    const { pod: placed } = place(pod(), once(request('remote', SOUTH, 'runtimeClass')));
    const answer = landing(
      placed,
      { namespace: { labelled: false }, liqoRuntimeClass: 'liqo' },
      everyProvider,
    );
    if (answer.outcome !== 'stored') throw new Error(answer.reason);
    expect(answer.local.answer).toBe('no');
    expect(answer.virtualNodes.every(({ verdict }) => verdict.answer === 'no')).toBe(true);
  });
});

describe('for every pod, selector and strategy', () => {
  const each = (check: (one: PodSpec, of: PlacementRequest) => void) => {
    fc.assert(fc.property(arbitraryPod, asked, check), { numRuns: 700 });
  };

  test('a placed pod goes where the word says: its own wishes, within local nodes or the selected virtual ones', () => {
    each((one, of) => {
      const { pod: placed, contradictions } = place(one, of);
      if (contradictions.length > 0 || of.offloading === undefined) return;
      const answer = landing(placed, inNamespace(of.offloading), everyProvider);
      if (answer.outcome !== 'stored') throw new Error(answer.reason);
      expect(answer.virtualNodes.map(({ verdict }) => verdict.answer === 'yes')).toEqual(
        virtualNodes.map((node) => of.placement !== 'local' && selected(of, node) && wants(one, node.labels)),
      );
      expect(answer.virtualNodes.some(({ hangs }) => hangs)).toBe(false);
      expect(everyLocalNode.map((node) => fits(answer.pod, node).answer === 'yes')).toEqual(
        everyLocalNode.map(({ labels }) => of.placement !== 'remote' && wants(one, labels)),
      );
      expect(answer.local.answer).toBe(of.placement === 'remote' ? 'no' : 'yes');
    });
  });

  test("Liqo's webhook does not change where it can go", () => {
    each((one, of) => {
      const { pod: placed, contradictions } = place(one, of);
      if (contradictions.length > 0 || of.offloading === undefined) return;
      const without = admit(placed, { namespace: { labelled: false }, liqoRuntimeClass: 'liqo' });
      const withIt = admit(placed, inNamespace(of.offloading));
      if (without.outcome !== 'stored' || withIt.outcome !== 'stored') throw new Error('rejected');
      const where = (stored: PodSpec) =>
        [...virtualNodes, ...everyLocalNode].map((node) => fits(stored, node).answer);
      expect(where(withIt.pod)).toEqual(where(without.pod));
    });
  });

  test('placing it again changes nothing', () => {
    each((one, of) => {
      const { pod: placed, contradictions } = place(one, of);
      if (contradictions.length === 0) expect(place(placed, of)).toEqual({ pod: placed, contradictions: [] });
      else expect(placed).toBe(one);
    });
  });

  test('what contradicts leaves indeed no node of a small world', () => {
    each((one, of) => {
      if (place(one, of).contradictions.length === 0) return;
      const local = everyLocalNode.some(({ labels }) => wants(one, labels));
      const remote = virtualNodes.some((node) => selected(of, node) && wants(one, node.labels));
      const needed = { local, remote, anywhere: local && remote };
      expect(needed[of.placement]).toBe(false);
    });
  });
});

test("a placement within the tutorial's clusters", () => {
  const where = (placement: Placement, of: PodOffloading) => {
    const answer = landing(place(pod(), request(placement, of)).pod, inNamespace(of), [NAPLES, FLORENCE]);
    if (answer.outcome !== 'stored') throw new Error(answer.reason);
    return [answer.local.answer, ...answer.virtualNodes.map(({ verdict }) => verdict.answer)];
  };
  expect(where('local', SOUTH)).toEqual(['yes', 'no', 'no']);
  expect(where('remote', SOUTH)).toEqual(['no', 'yes', 'no']);
  expect(where('anywhere', SOUTH)).toEqual(['yes', 'yes', 'no']);
  expect(where('anywhere', EVERY)).toEqual(['yes', 'yes', 'yes']);
});
