import { statusJson } from '../../lib/report/status-json';
import { statusText } from '../../lib/report/status-text';
import { readLive } from '../../lib/status/live';
import { status } from '../../lib/status/status';
import { namespace, offloading, state } from '../judge/given';
import {
  liveManifests,
  liveNamespace,
  liveOffloading,
  LOOPING,
  offloadingStatus,
  READY,
  SELECTED,
} from '../live';

const LONG = 'a'.repeat(63);
const dist = ['shop', 'blog', LONG].map((name) => `${namespace(name)}---\n${offloading(name)}`).join('---\n');
const hostile = { ...LOOPING, message: '\u001b[31mred\n::error::x' };
const found = status(
  state(dist),
  readLive(
    liveManifests(
      ...['shop', 'blog', LONG].map((name) => liveNamespace(name)),
      liveOffloading('shop'),
      liveOffloading(
        'blog',
        {},
        {
          status: offloadingStatus('SomeFailed', 'blog-venice', {
            florence: [SELECTED, READY],
            naples: [SELECTED, hostile],
          }),
        },
      ),
      liveOffloading(
        LONG,
        {},
        { status: offloadingStatus('AllFailed', `${LONG}-venice`, { naples: [SELECTED, hostile] }) },
      ),
    ),
  ),
  { consumer: 'venice', inventory: undefined },
);

test('text: trouble first, a remedy once, 80 columns', () => {
  const text = statusText(found, { color: false, width: 80 });
  expect(text).toBe(
    `  ${LONG}
                          failed      no twin can be created
                                      naples: CreationLoopBackOff: \\u001b[31mred
                                      : :error::x
  blog                    failed      some twins cannot be created
                                      naples: CreationLoopBackOff: \\u001b[31mred
                                      : :error::x
  shop                    ready       1 of 1 cluster ready, as shop-venice

  - CreationLoopBackOff: the provider already has a namespace with that name
    from another owner, or refuses the name. Choose another mapping
    (docs/changing-a-strategy.md), or ask the owner to give up the name.

out of sync: 3 namespaces, 2 failed, 1 ready
`,
  );
  expect(text.split('\n').every((line) => line.length <= 80)).toBe(true);
});

test('colours change nothing but colours', () => {
  const plain = statusText(found, { color: false, width: 80 });
  const colored = statusText(found, { color: true, width: 80 });
  expect(colored).not.toBe(plain);
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(plain);
});

test('json: both sides, every cluster', () => {
  const { version, asWanted, namespaces, summary } = JSON.parse(statusJson(found));
  expect([version, asWanted, summary.failed, summary.ready]).toEqual([1, false, 2, 1]);
  expect(namespaces[1]).toMatchObject({
    namespace: 'blog',
    state: 'failed',
    wanted: {
      mapping: 'DefaultName',
      pods: 'LocalAndRemote',
      selector: 'every cluster',
      twin: 'blog-venice',
    },
    live: {
      mapping: 'DefaultName',
      twin: 'blog-venice',
      phase: 'SomeFailed',
      generation: 1,
      observedGeneration: 1,
    },
    clusters: [
      { cluster: 'florence', state: 'ready', reason: 'NamespaceCreated' },
      { cluster: 'naples', state: 'failed', reason: 'CreationLoopBackOff' },
    ],
  });
});

test('nothing at all is as wanted', () => {
  const none = status(state(), readLive(liveManifests(liveNamespace('default'))), {
    consumer: undefined,
    inventory: undefined,
  });
  expect(statusText(none, { color: false, width: 80 })).toBe('in sync: 0 namespaces, dist/ declares none\n');
});
