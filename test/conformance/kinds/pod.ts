import { admit } from '../../../lib/liqo/admission';
import { TAINT_EFFECTS, readPodSpec, rewritePodSpec, type Toleration } from '../../../lib/liqo/pod';
import { asPodsMeet } from '../../../lib/judge/surroundings';
import { isObject, type Json, type JsonObject } from '../../../lib/manifests/manifest';
import { offloading, spec } from '../generate/offloadings';
import type { Random } from '../generate/random';
import { labels, terms } from '../generate/selectors';
import { stateOf } from './given';
import type { Kind } from './kind';

export interface Created {
  readonly pod: {
    readonly apiVersion: 'v1';
    readonly kind: 'Pod';
    readonly metadata: JsonObject;
    readonly spec: JsonObject;
  };
  /** Absent: the namespace has none. */
  readonly offloading?: JsonObject;
  readonly liqoRuntimeClass: string;
}

function say(given: Created): Json {
  const read = readPodSpec(given.pod.spec);
  if (!read.ok) return { refused: read.problems.join('; ') };
  const { runtimeClassName: name } = read.pod;
  const [declared] = stateOf(given.offloading).offloadings;
  const met = asPodsMeet(declared);
  const admission = admit(read.pod, {
    namespace: { labelled: true, ...(met && { offloading: met }) },
    // What the RuntimeClass plugin does is not the webhook's business.
    ...(name !== undefined && { runtimeClass: { name } }),
    liqoRuntimeClass: given.liqoRuntimeClass,
  });
  return admission.outcome === 'stored'
    ? rewritePodSpec(given.pod.spec, read.pod, admission.pod)
    : { refused: admission.reason };
}

/** Go leaves out what is empty; an empty element of a list is one. */
function withoutEmpty(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutEmpty);
  if (!isObject(value)) return value;
  const empty = (one: Json | undefined) =>
    one === undefined || one === null || one === '' || (Array.isArray(one) && one.length === 0);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) =>
      empty(one) || one === undefined ? [] : [[key, withoutEmpty(one)]],
    ),
  );
}

function toleration(random: Random): JsonObject {
  const some: Toleration = {
    ...(random.chance(0.7) && { key: random.pick(['a', 'virtual-node.liqo.io/not-allowed']) }),
    ...(random.chance(0.7) && { operator: random.pick(['Exists', 'Equal']) }),
    ...(random.chance(0.5) && { value: random.pick(['', 'true']) }),
    ...(random.chance(0.5) && { effect: random.pick(TAINT_EFFECTS) }),
    ...(random.chance(0.2) && { tolerationSeconds: random.below(5) - 1 }),
  };
  return { ...some };
}

function affinity(random: Random, odd: number): JsonObject {
  const nodeSelectorTerms = JSON.parse(JSON.stringify(terms(random, odd, 'worker'))) as Json;
  const nodeAffinity = {
    ...(random.chance(0.8) && { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } }),
    ...(random.chance(0.2) && {
      preferredDuringSchedulingIgnoredDuringExecution: [
        { weight: 1, preference: { matchExpressions: [{ key: 'a', operator: 'Exists' }] } },
      ],
    }),
  };
  return {
    ...(random.chance(0.9) && { nodeAffinity }),
    ...(random.chance(0.1) && { podAntiAffinity: {} }),
  };
}

function draw(random: Random): Created {
  const odd = random.chance(0.1) ? 0.1 : 0;
  const pod = {
    containers: [{ name: 'a', image: 'b', resources: {} }],
    ...(random.chance(0.3) && { runtimeClassName: random.pick(['liqo', 'gvisor']) }),
    ...(random.chance(0.3) && { nodeSelector: { disk: 'fast', ...labels(random) } }),
    ...(random.chance(0.4) && { tolerations: random.list(0, 3, () => toleration(random)) }),
    ...(random.chance(0.7) && { affinity: affinity(random, odd) }),
  };
  return {
    pod: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'a' }, spec: pod },
    ...(random.chance(0.95) && {
      offloading: offloading({ name: 'offloading', namespace: 'shop' }, { spec: spec(random, 0) }),
    }),
    liqoRuntimeClass: random.chance(0.9) ? 'liqo' : 'gvisor',
  };
}

export const pod: Kind<Created> = {
  name: 'pod',
  what: 'A pod that is created in a labelled namespace: its spec behind the webhook, or a refusal',
  ours: 'lib/liqo/admission.ts, lib/liqo/pod.ts',
  upstream: "Liqo's pod webhook",
  draw,
  say,
  compared: withoutEmpty,
};
