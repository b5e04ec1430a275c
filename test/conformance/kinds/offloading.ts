import { mappingStrategyImmutable } from '../../../lib/judge/rules/mapping-strategy-immutable';
import { offloadingName } from '../../../lib/judge/rules/offloading-name';
import { podStrategyRestricted } from '../../../lib/judge/rules/pod-strategy-restricted';
import { remoteNameImmutable } from '../../../lib/judge/rules/remote-name-immutable';
import { remoteNameRequired } from '../../../lib/judge/rules/remote-name-required';
import { schemaInvalid } from '../../../lib/judge/rules/schema-invalid';
import type { JsonObject } from '../../../lib/manifests/manifest';
import { find } from '../../judge/given';
import { metadata, offloading as manifest, spec } from '../generate/offloadings';
import type { Random } from '../generate/random';
import { stateOf } from './given';
import type { Kind } from './kind';

export interface Transition {
  /** Absent: it is created. One that the API server accepts. */
  readonly before?: JsonObject;
  readonly after: JsonObject;
}

/** In the order in which the API server and the webhook look; the first that finds something refuses. */
const REFUSING = {
  schema: schemaInvalid,
  name: offloadingName,
  mapping: mappingStrategyImmutable,
  remoteName: remoteNameImmutable,
  required: remoteNameRequired,
};

function say({ before, after }: Transition) {
  const [was, is] = [stateOf(before), stateOf(after)];
  const [outcome = 'accepted'] =
    Object.entries(REFUSING).find(([, rule]) => find(rule, is, was).length > 0) ?? [];
  const warnings = outcome === 'accepted' ? find(podStrategyRestricted, is, was).length : 0;
  return { outcome, warnings };
}

/** An update keeps names, and most of the rest. */
function updated(random: Random): Transition {
  const before = manifest({ name: 'offloading', namespace: 'shop' }, { spec: spec(random, 0) });
  const odd = random.chance(0.2) ? 0.2 : 0;
  const was = before['spec'] as JsonObject;
  const is = spec(random, odd);
  const kept = Object.entries(was).filter(() => random.chance(0.6));
  const names = { name: 'offloading', namespace: 'shop' };
  return { before, after: manifest(names, { spec: { ...is, ...Object.fromEntries(kept) } }) };
}

function created(random: Random): Transition {
  const odd = random.pick([0, 0, 0.1, 0.3]);
  const body = random.chance(odd / 4)
    ? random.pick<JsonObject>([{}, { spec: null }, { spec: [] }])
    : { spec: spec(random, odd) };
  return { after: manifest(metadata(random, odd / 2), body) };
}

export const offloading: Kind<Transition> = {
  name: 'offloading',
  what: 'A NamespaceOffloading that is created or changed: who refuses it and for what, and the warnings',
  ours: `lib/manifests/schema.ts and the rules ${[...Object.values(REFUSING), podStrategyRestricted].map(({ name }) => name).join(', ')}`,
  upstream: "Liqo's CRD by apiextensions (defaults, pruning, validation), then Liqo's admission webhook",
  draw: (random) => (random.chance(0.5) ? created(random) : updated(random)),
  say,
};
