// One table of objects, judged by both texts in real engines. What stands in the table is not computed by lib/.
import {
  argoHealthScript,
  fluxHealthChecks,
  PHASES,
  type HealthSettings,
  type Verdict,
} from '../../../lib/manifests/engines/health';
import { fluxStatus, type FluxStatus } from './cel';
import { argoHealth } from './lua';

const GENERATION = 3;
const FINALIZER = 'namespaceoffloading-controller.liqo.io/finalizer';
const METADATA = { name: 'offloading', generation: GENERATION, finalizers: [FINALIZER] };

const offloading = (status: unknown, metadata: object = METADATA) => ({ metadata, status });

type Condition = readonly [type: 'OffloadingRequired' | 'Ready', status: 'True' | 'False', reason?: string];

const cluster = (...conditions: readonly Condition[]) =>
  conditions.map(([type, status, reason]) => ({ type, status, ...(reason !== undefined && { reason }) }));

const selected = (ready: 'True' | 'False', reason: string) =>
  cluster(['OffloadingRequired', 'True', 'ClusterSelected'], ['Ready', ready, reason]);

const CREATED = selected('True', 'NamespaceCreated');
const CREATING = selected('False', 'Creating');
const FAILED = selected('False', 'CreationLoopBackOff');
const DESELECTED = cluster(['OffloadingRequired', 'False', 'ClusterNotSelected']);
const LEAVING = cluster(
  ['OffloadingRequired', 'False', 'ClusterNotSelected'],
  ['Ready', 'False', 'Terminating'],
);
const GIVEN_UP = cluster(
  ['OffloadingRequired', 'False', 'ClusterNotSelected'],
  ['Ready', 'False', 'Creating'],
);

/** The status of a phase, fresh unless the fields say otherwise. */
const phase = (offloadingPhase: unknown, fields: object = {}) =>
  offloading({ offloadingPhase, observedGeneration: GENERATION, ...fields });

const clusters = (offloadingPhase: string, remoteNamespacesConditions: object) =>
  phase(offloadingPhase, { remoteNamespacesConditions });

type Row = readonly [name: string, object: object, verdict: Verdict, settings?: HealthSettings];

const FRESH: readonly Row[] = [
  ['Ready', phase('Ready'), 'healthy'],
  ['InProgress', phase('InProgress'), 'progressing'],
  ['NoClusterSelected', phase('NoClusterSelected'), 'degraded'],
  ['SomeFailed', phase('SomeFailed'), 'degraded'],
  ['AllFailed', phase('AllFailed'), 'degraded'],
  ['Terminating', phase('Terminating'), 'progressing'],
];

const SETTINGS: readonly Row[] = (['healthy', 'progressing', 'degraded'] as const).flatMap((verdict) => [
  [`NoClusterSelected, set ${verdict}`, phase('NoClusterSelected'), verdict, { noClusterSelected: verdict }],
  [`SomeFailed, set ${verdict}`, phase('SomeFailed'), verdict, { someFailed: verdict }],
  [`SomeFailed, the other set ${verdict}`, phase('SomeFailed'), 'degraded', { noClusterSelected: verdict }],
  [
    `AllFailed, both set ${verdict}`,
    phase('AllFailed'),
    'degraded',
    { noClusterSelected: verdict, someFailed: verdict },
  ],
  [
    `Ready, both set ${verdict}`,
    phase('Ready'),
    'healthy',
    { noClusterSelected: verdict, someFailed: verdict },
  ],
]);

const STALE: readonly Row[] = Object.keys(PHASES).flatMap((name): Row[] => [
  [`${name} of an older generation`, phase(name, { observedGeneration: GENERATION - 1 }), 'progressing'],
  [`${name} of a later generation`, phase(name, { observedGeneration: GENERATION + 1 }), 'progressing'],
  [`${name} of no generation`, offloading({ offloadingPhase: name }), 'progressing'],
  [`${name} of generation 0`, phase(name, { observedGeneration: 0 }), 'progressing'],
  [
    `${name} while being deleted`,
    { ...phase(name), metadata: { ...METADATA, deletionTimestamp: '2026-11-25T03:00:00Z' } },
    'progressing',
  ],
]);

const PROVIDERS: readonly Row[] = [
  ['Ready on all', clusters('Ready', { rome: CREATED, milan: CREATED, naples: DESELECTED }), 'healthy'],
  ['Ready while a deselected one is left', clusters('Ready', { rome: CREATED, milan: LEAVING }), 'healthy'],
  [
    'Ready while a deselected one never answered',
    clusters('Ready', { rome: CREATED, milan: GIVEN_UP }),
    'healthy',
  ],
  // Deselecting rome for milan: rome's namespace is still there, and counted for milan's.
  ['Ready before the new one is', clusters('Ready', { rome: DESELECTED, milan: CREATING }), 'progressing'],
  [
    'AllFailed before the new one is',
    clusters('AllFailed', { rome: FAILED, milan: CREATING }),
    'progressing',
  ],
  ['AllFailed', clusters('AllFailed', { rome: FAILED, milan: FAILED }), 'degraded'],
  ['SomeFailed, all answered', clusters('SomeFailed', { rome: FAILED, milan: CREATED }), 'degraded'],
  [
    'SomeFailed set healthy, all answered',
    clusters('SomeFailed', { rome: FAILED, milan: CREATED }),
    'healthy',
    { someFailed: 'healthy' },
  ],
  [
    'SomeFailed set healthy, one still creating',
    clusters('SomeFailed', { rome: FAILED, milan: CREATING, turin: CREATED }),
    'progressing',
    { someFailed: 'healthy' },
  ],
  ['NoClusterSelected, with providers', clusters('NoClusterSelected', { rome: DESELECTED }), 'degraded'],
  ['Ready without providers listed', clusters('Ready', {}), 'healthy'],
  ['Ready with a provider without conditions', clusters('Ready', { rome: [] }), 'healthy'],
  [
    'Ready with a condition without a reason',
    clusters('Ready', { rome: cluster(['Ready', 'True']) }),
    'healthy',
  ],
];

const UNSEEN: Row = ['no status', { metadata: { name: 'offloading', generation: 1 } }, 'progressing'];

const SHAPELESS: readonly Row[] = [
  ['no status, with a finalizer', { metadata: METADATA }, 'progressing'],
  ['status null', offloading(null), 'progressing'],
  ['status a number', offloading(GENERATION), 'progressing'],
  ['status a text', offloading('Ready'), 'progressing'],
  ['status a boolean', offloading(true), 'progressing'],
  ['status a list', offloading([{ offloadingPhase: 'Ready' }]), 'progressing'],
];

const PHASELESS: readonly Row[] = [
  ['status empty', offloading({}), 'progressing'],
  ['no phase', offloading({ observedGeneration: GENERATION }), 'progressing'],
  ['phase null', phase(null), 'progressing'],
  ['phase empty', phase(''), 'progressing'],
  ['phase unknown', phase('Paused'), 'progressing'],
  ['phase in another case', phase('ready'), 'progressing'],
  ['phase with a space', phase('Ready '), 'progressing'],
  ['phase a number', phase(1), 'progressing'],
  ['phase a list', phase(['Ready']), 'progressing'],
  ['phase an object', phase({ Ready: true }), 'progressing'],
  ['generation a text', phase('Ready', { observedGeneration: String(GENERATION) }), 'progressing'],
  ['generation null', phase('Ready', { observedGeneration: null }), 'progressing'],
];

const ROWS = [...FRESH, ...SETTINGS, ...STALE, ...PROVIDERS, UNSEEN, ...SHAPELESS, ...PHASELESS].map(
  ([name, object, verdict, settings = {}]) => ({ name, object, verdict, settings }),
);

test('the table has every phase', () => {
  expect(FRESH.map(([name]) => name)).toEqual(Object.keys(PHASES));
});

describe('Argo CD', () => {
  const STATUS = { healthy: 'Healthy', progressing: 'Progressing', degraded: 'Degraded' };

  test.each(ROWS)('$name, $settings: $verdict', ({ object, verdict, settings }) => {
    expect(argoHealth(argoHealthScript(settings), object)).toEqual({
      status: STATUS[verdict],
      message: expect.stringMatching(/^[A-Z].*\.$/),
    });
  });

  test.each(Object.entries(PHASES))('says what %s means', (name, { reason }) => {
    expect(argoHealth(argoHealthScript(), phase(name)).message).toBe(reason);
  });

  // Argo CD embeds Lua 5.1, the tests run 5.3: neither integers, bitwise operators nor goto may slip in.
  test('is Lua 5.1 in printable ASCII', () => {
    expect(argoHealthScript()).toMatch(/^[\n -~]+$/);
    expect(argoHealthScript().replace(/"[^"]*"/g, '""')).not.toMatch(/\/\/|[&|]|<<|>>|~(?!=)|\bgoto\b|::/);
  });
});

describe('Flux', () => {
  // An expression that is an error makes Flux wait too; only its time-out reads worse.
  const STATUS: Readonly<Record<Verdict, readonly FluxStatus[]>> = {
    healthy: ['Current'],
    progressing: ['InProgress', 'Unknown'],
    degraded: ['Failed'],
  };

  test.each(ROWS)('$name, $settings: $verdict', ({ object, verdict, settings }) => {
    expect(STATUS[verdict]).toContain(fluxStatus(fluxHealthChecks(settings), object));
  });

  const READABLE = [...FRESH, ...SETTINGS, ...STALE, ...PROVIDERS, UNSEEN, ...PHASELESS];

  test.each(READABLE.map(([name, object, , settings = {}]) => ({ name, object, settings })))(
    '$name, $settings: no expression is an error',
    ({ object, settings }) => {
      expect(fluxStatus(fluxHealthChecks(settings), object)).not.toBe('Unknown');
    },
  );

  test('a finalizer before a status is the one gap: CEL cannot ask for a variable', () => {
    expect(fluxStatus(fluxHealthChecks(), { metadata: METADATA })).toBe('Unknown');
  });

  test('is for the API group and kind of the object', () => {
    expect(fluxHealthChecks()).toMatchObject({
      apiVersion: 'offloading.liqo.io/v1beta1',
      kind: 'NamespaceOffloading',
    });
  });
});
