import { judge } from '../../../lib/judge/judge';
import { workloadMoved as rule } from '../../../lib/judge/rules/workload-moved';
import { FACTS, find, namespace, offloading, runtimeClass, state } from '../given';
import { PARTIAL, termsOf, VENICE, type Inventories } from '../inventories';
import { affinity, LOCAL, region, TOLERATION, VIRTUAL, workload } from '../workload';

const offloaded = (...selectors: string[]) =>
  offloading('shop', `{ clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`);
const REMOTE = `tolerations: [${TOLERATION}], ${affinity([VIRTUAL])}`;
const HOME = affinity([LOCAL]);
const found = (was: string, is: string, inventories: Inventories = { after: VENICE }) =>
  find(rule, state(offloaded(), is), state(offloaded(), was), { ...FACTS, inventories });

test('finds pods that leave local nodes, and clusters', () => {
  expect(found(workload(HOME), workload(REMOTE))).toMatchObject([
    {
      namespace: 'shop',
      message: "Deployment 'web' in 'shop' can no longer run on local nodes.",
      clusters: undefined,
    },
  ]);
  expect(found(workload(REMOTE), workload(HOME))).toMatchObject([{ clusters: ['florence', 'naples'] }]);
  expect(found(workload(REMOTE), workload(`${REMOTE}, nodeSelector: { region: south }`))).toMatchObject([
    { clusters: ['florence'] },
  ]);
});

test('finds it without an inventory as well', () => {
  expect(found(workload(REMOTE), workload(HOME), {})).toMatchObject([
    {
      message: expect.stringContaining(
        "Deployment 'web' in 'shop' can no longer run on clusters that no inventory names",
      ),
    },
  ]);
});

test('what holds data is destructive, and needs an approval', () => {
  const claim = 'volumes: [{ name: d, persistentVolumeClaim: { claimName: d } }]';
  const set = { kind: 'StatefulSet' };
  expect(found(workload(HOME, set), workload(REMOTE, set))).toMatchObject([{ category: 'destructive' }]);
  expect(found(workload(`${HOME}, ${claim}`), workload(`${REMOTE}, ${claim}`))).toMatchObject([
    { category: 'destructive' },
  ]);
  const volume = 'volumes: [{ name: d, emptyDir: {} }]';
  expect(
    found(workload(`${HOME}, ${volume}`), workload(`${REMOTE}, ${volume}`))[0]?.category,
  ).toBeUndefined();
});

test('severities cannot lower what is destructive, and an approval lets it through', () => {
  const verdict = (kind: string, approved: boolean) =>
    judge({
      before: state(offloaded(), workload(HOME, { kind })),
      after: state(offloaded(), workload(REMOTE, { kind })),
      cut: new Map(),
      facts: FACTS,
      severities: { 'workload-moved': 'off' },
      approvals: approved
        ? [{ namespace: 'shop', rule: 'workload-moved', reason: 'r', file: 'a.yaml', line: 1 }]
        : [],
      spent: [],
      configOf: () => undefined,
      all: false,
    }).findings.filter(({ rule: name }) => name === 'workload-moved');
  expect(verdict('StatefulSet', false)).toMatchObject([{ severity: 'error', category: 'destructive' }]);
  expect(verdict('StatefulSet', true)).toMatchObject([{ severity: 'warning', approved: 'r' }]);
  expect(verdict('Deployment', false)).toEqual([]);
});

test.each<[string, string, string]>([
  ['pods that may run in more places', workload(HOME), workload(`tolerations: [${TOLERATION}]`)],
  ['another image', workload('initContainers: []'), workload('initContainers: [{ name: a }]')],
  [
    'the same in other words',
    workload(affinity([region('south')])),
    workload('nodeSelector: { region: south }'),
  ],
  ['a pod spec that can no longer be read', workload(HOME), workload('tolerations: 1')],
])('is silent about %s', (_, was, is) => {
  expect(found(was, is)).toEqual([]);
});

test('is silent where the namespace loses the clusters: it says so itself', () => {
  const text = workload(REMOTE);
  const facts = { ...FACTS, inventories: { before: VENICE, after: VENICE } };
  expect(find(rule, state(offloaded('region=south'), text), state(offloaded(), text), facts)).toEqual([]);
});

test('is silent about clusters where the pods could only hang', () => {
  const [wide, narrow] = ['', `, ${affinity([region('south')])}`].map((more) =>
    workload(`runtimeClassName: liqo${more}`),
  );
  const facts = { ...FACTS, inventories: { after: VENICE } };
  const south = offloaded('region=south');
  expect(find(rule, state(south, narrow ?? ''), state(south, wide ?? ''), facts)).toEqual([]);
});

describe('of a StatefulSet', () => {
  const set = (pod = '') => workload(pod, { kind: 'StatefulSet', name: 'db' });
  const home = namespace('shop');
  const strategy = (pods: string, ...selectors: string[]) =>
    offloading(
      'shop',
      `{ podOffloadingStrategy: ${pods}, clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`,
    );
  const moved = (
    was: readonly string[],
    is: readonly string[],
    inventories: Inventories = { after: VENICE },
  ) =>
    find(rule, state(...is), state(...was), { ...FACTS, inventories }).map(({ category, message }) => [
      category,
      message,
    ]);
  const on = (id: string) => `${REMOTE}, nodeSelector: { liqo.io/remote-cluster-id: ${id} }`;
  const lost = (what: string) => [
    ['destructive', expect.stringContaining(`can no longer run on ${what}, where its data stays`)],
  ];

  test('a strategy that takes local nodes away, an unchanged set or not, a new offloading or not', () => {
    const gone = lost('local nodes');
    expect(moved([strategy('LocalAndRemote'), set()], [strategy('Remote'), set()])).toEqual(gone);
    expect(moved([home, set()], [home, strategy('Remote'), set()])).toEqual(gone);
    expect(
      moved([strategy('LocalAndRemote'), set()], [strategy('Remote'), set('runtimeClassName: liqo')]),
    ).toEqual(gone);
  });

  test('from cluster to cluster, with an inventory or without', () => {
    const both = [
      [strategy('LocalAndRemote'), set(on('naples'))],
      [strategy('LocalAndRemote'), set(on('florence'))],
    ] as const;
    expect(moved(...both)).toEqual(lost('naples'));
    expect(moved(...both, {})).toEqual(lost('clusters that no inventory names'));
  });

  test('from local node to local node', () => {
    const zone = (name: string) => set(`nodeSelector: { zone: ${name} }, ${HOME}`);
    expect(moved([home, zone('a')], [home, zone('b')])).toEqual(lost('some local nodes'));
    expect(moved([home, zone('a')], [home, set(HOME)])).toEqual([]);
  });

  test('by its RuntimeClass', () => {
    const far = (id: string) =>
      `${runtimeClass('far', 'runc')}scheduling: { nodeSelector: { liqo.io/remote-cluster-id: ${id} }, tolerations: [${TOLERATION}] }\n`;
    const using = set('runtimeClassName: far');
    const offloaded = strategy('LocalAndRemote');
    expect(moved([offloaded, far('naples'), using], [offloaded, far('florence'), using])).toEqual(
      lost('naples'),
    );
  });

  test.each<[string, readonly string[], readonly string[]]>([
    [
      'is offloaded for the first time, and pinned to where it was',
      [home, set()],
      [home, strategy('LocalAndRemote'), set(HOME)],
    ],
    ['is in a namespace that nobody declared before', [set()], [home, set()]],
    [
      'loses clusters with its namespace',
      [strategy('LocalAndRemote'), set()],
      [strategy('LocalAndRemote', 'region=south'), set()],
    ],
    ['is unoffloaded with its namespace', [home, strategy('LocalAndRemote'), set()], [home, set()]],
  ])('is silent where it %s', (_, was, is) => {
    expect(moved(was, is)).toEqual([]);
  });

  test('data that only comes with the change has not been anywhere', () => {
    const claim = 'volumes: [{ name: d, persistentVolumeClaim: { claimName: d } }]';
    expect(moved([home, workload()], [home, workload(`nodeSelector: { disk: ssd }, ${claim}`)])).toEqual([]);
  });

  test('twice declared is one finding, and Jobs that the API server names are none', () => {
    const offloaded = strategy('LocalAndRemote');
    expect(moved([offloaded, set(HOME), set(HOME)], [offloaded, set(REMOTE), set(REMOTE)])).toHaveLength(1);
    const job = (pod: string) =>
      workload(pod, { kind: 'Job', name: '' })
        .replace('name: ,', 'generateName: job-,')
        .replace('apps/v1', 'batch/v1');
    expect(moved([offloaded, job(HOME)], [offloaded, job(REMOTE)])).toEqual([]);
  });
});

describe('is silent about', () => {
  const claim = 'volumes: [{ name: d, persistentVolumeClaim: { claimName: d } }]';
  const set = (pod = '') => workload(pod, { kind: 'StatefulSet', name: 'db' });
  const home = namespace('shop');
  const partial = { ...FACTS, inventories: { after: PARTIAL } };
  const os = (key: string, value = 'linux') => `nodeSelector: { ${key}: ${value} }`;
  const STABLE = 'kubernetes.io/os';
  const BETA = 'beta.kubernetes.io/os';
  const ARCH = 'kubernetes.io/arch';
  const wants = (key: string) => affinity([`{ key: ${key}, operator: In, values: [linux] }`]);

  test.each<[string, string, string]>([
    ['the system of all nodes, newly named', '', os(STABLE)],
    ['its older name', '', os(BETA)],
    ['the one name for the other', os(BETA), os(STABLE)],
    ['the other for the one', os(STABLE), os(BETA)],
    ['an affinity for the same', '', wants(STABLE)],
    ['a nodeSelector for an affinity', wants(BETA), os(STABLE)],
    ['the architecture', '', os(ARCH, 'amd64')],
    [
      'the system of all nodes beside the rest',
      'nodeSelector: { disk: ssd }',
      `nodeSelector: { disk: ssd, ${STABLE}: linux }`,
    ],
  ])('%s', (_, was, is) => {
    for (const around of [home, offloaded(), ''])
      for (const facts of [FACTS, partial, { ...FACTS, inventories: { after: VENICE } }])
        expect(find(rule, state(around, set(is)), state(around, set(was)), facts)).toEqual([]);
  });

  test.each<[string, string, string]>([
    ['from one architecture to another', os(ARCH, 'amd64'), os(ARCH, 'arm64')],
    ['by another label too', '', `nodeSelector: { disk: fast, ${STABLE}: linux }`],
    [
      'out of alternatives',
      affinity(['{ key: disk, operator: Exists }'], [`{ key: ${STABLE}, operator: Exists }`]),
      'nodeSelector: { disk: ssd }',
    ],
  ])('but not about a move %s', (_, was, is) => {
    expect(find(rule, state(home, set(is)), state(home, set(was)))).toMatchObject([
      { category: 'destructive', message: expect.stringContaining('some local nodes') },
    ]);
  });

  test('nor about an architecture that virtual nodes do not have', () => {
    const text = (more: string) => set(`tolerations: [${TOLERATION}]${more}`);
    const change = [
      state(offloaded(), text(`, ${os(ARCH, 'arm64')}`)),
      state(offloaded(), text('')),
    ] as const;
    expect(find(rule, ...change, partial)).toMatchObject([{ clusters: ['florence', 'naples'] }]);
  });

  test('data in a namespace that nobody declares: a warning at most', () => {
    const [found] = find(rule, state(set('nodeSelector: { disk: fast }')), state(set()));
    expect(found?.message).toContain('some local nodes');
    expect(found?.category).toBeUndefined();
  });

  test('what the namespace loses, also where its workloads write it out', () => {
    const remote = (...regions: string[]) =>
      workload(`runtimeClassName: liqo, ${affinity([region(...regions), VIRTUAL])}`, { kind: 'StatefulSet' });
    const [wide, narrow] = [offloaded('region in (south,center)'), offloaded('region=south')];
    for (const facts of [FACTS, partial])
      expect(
        find(rule, state(narrow, remote('south')), state(wide, remote('south', 'center')), facts),
      ).toEqual([]);
  });

  test('pods that strayed onto virtual nodes and are kept off: we advise that', () => {
    const local = offloading(
      'shop',
      '{ podOffloadingStrategy: Local, clusterSelector: { nodeSelectorTerms: [] } }',
    );
    const stray = set('tolerations: [{ operator: Exists }]');
    const kept = set(`tolerations: [{ operator: Exists }], ${HOME}`);
    for (const around of [home, local])
      for (const facts of [FACTS, partial])
        expect(find(rule, state(around, kept), state(around, stray), facts)).toEqual([]);
  });

  test('a namespace in which no pod can be made at all', () => {
    const labelled = namespace('shop', 'labels: { liqo.io/scheduling-enabled: "true" }');
    expect(find(rule, state(labelled, set()), state(home, set()))).toEqual([]);
  });

  test.each<[string, string, boolean]>([
    ['a claim', claim, true],
    ['a folder of the node', 'volumes: [{ name: d, hostPath: { path: /data } }]', true],
    ['a socket of the node', 'volumes: [{ name: d, hostPath: { path: /run/x.sock, type: Socket } }]', false],
    ['a volume that goes with the pod', 'volumes: [{ name: d, emptyDir: {} }]', false],
    ['a claim that goes with the pod', 'volumes: [{ name: d, ephemeral: {} }]', false],
  ])('%s: data or not', (_, volumes, isData) => {
    const pod = (more: string) =>
      workload(`${volumes}${more}`).replace(
        'containers: []',
        'containers: [{ name: c, volumeMounts: [{ name: d, mountPath: /d }] }]',
      );
    const moved = find(rule, state(home, pod(', nodeSelector: { disk: fast }')), state(home, pod('')));
    expect(moved.map(({ category }) => category)).toEqual(isData ? ['destructive'] : []);
  });
});

/** Facts of somebody who never told anything of Liqo. */
const UNTOLD = { ...FACTS, consumer: undefined };

describe('from local node to local node', () => {
  const mounts = 'volumes: [{ name: d, persistentVolumeClaim: { claimName: d } }]';
  const pods = (more = '') => workload(`${HOME}, ${mounts}${more}`);
  const claim = (spec: string) =>
    `apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: { name: d, namespace: shop }\nspec: { ${spec} }\n`;
  const sclass = (provisioner: string) =>
    `apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: { name: data }\nprovisioner: ${provisioner}\n`;
  const volume = (source: string) =>
    `apiVersion: v1\nkind: PersistentVolume\nmetadata: { name: v }\nspec: { ${source} }\n`;
  const moved = (...around: readonly string[]) => {
    const [was, is] = ['', ', nodeSelector: { disk: fast }'].map((more) =>
      state(namespace('shop'), pods(more), ...around),
    );
    return find(rule, is ?? state(), was ?? state(), FACTS);
  };

  test.each<[string, readonly string[]]>([
    ['a claim that nobody shows', []],
    ['one of a single node', [claim('accessModes: [ReadWriteOnce]')]],
    ['a class of the node', [claim('storageClassName: local-path')]],
    [
      'a class whose provisioner is local',
      [claim('storageClassName: data'), sclass('rancher.io/local-path')],
    ],
    ['a volume of the node', [claim('volumeName: v'), volume('hostPath: { path: /data }')]],
  ])('finds %s', (_, around) => {
    expect(moved(...around)).toMatchObject([
      { category: 'destructive', message: expect.stringContaining('some local nodes') },
    ]);
  });

  test.each<[string, readonly string[]]>([
    ['a claim of several nodes', [claim('accessModes: [ReadWriteOnce, ReadWriteMany]')]],
    ['a class of network storage', [claim('storageClassName: nfs-client')]],
    ['its provisioner', [claim('storageClassName: data'), sclass('ebs.csi.aws.com')]],
    ['a volume of a server', [claim('volumeName: v'), volume('nfs: { server: a, path: / }')]],
    ['a volume of a driver', [claim('volumeName: v'), volume('csi: { driver: smb.csi.k8s.io }')]],
  ])('is silent about %s', (_, around) => {
    expect(moved(...around)).toEqual([]);
  });

  test('a claim of several nodes stays behind where the pods leave the cluster', () => {
    const around = [offloaded(), claim('accessModes: [ReadWriteMany]')];
    const [was, is] = [HOME, REMOTE].map((at) => state(...around, workload(`${at}, ${mounts}`)));
    expect(find(rule, is ?? state(), was, { ...FACTS, inventories: { after: VENICE } })).toMatchObject([
      { category: 'destructive' },
    ]);
  });

  test('claims that a StatefulSet makes', () => {
    const set = (modes: string, more = '') =>
      workload(`${HOME}${more}`, { kind: 'StatefulSet' }).replace(
        'spec: {',
        `spec: { volumeClaimTemplates: [{ metadata: { name: d }, spec: { accessModes: [${modes}] } }],`,
      );
    const change = (modes: string) =>
      find(
        rule,
        state(namespace('shop'), set(modes, ', nodeSelector: { disk: fast }')),
        state(namespace('shop'), set(modes)),
      );
    expect(change('ReadWriteOnce')).toHaveLength(1);
    expect(change('ReadWriteMany')).toEqual([]);
  });
});

test('is silent where nothing has to do with Liqo', () => {
  const set = (pod = '') => workload(pod, { kind: 'StatefulSet' });
  const [was, is] = [set(), set('nodeSelector: { disk: fast }')];
  const change = (...around: readonly string[]) =>
    find(rule, state(namespace('shop'), is, ...around), state(namespace('shop'), was, ...around), UNTOLD);
  expect(change()).toEqual([]);
  expect(change(offloading('other'))).toHaveLength(1);
  const inventories = { before: { complete: false, providers: [] } };
  const sides = [is, was].map((one) => state(namespace('shop'), one));
  expect(find(rule, sides[0] ?? state(), sides[1] ?? state(), { ...UNTOLD, inventories })).toEqual([]);
});
