import { checkCluster } from '../../lib/config/schema/cluster';
import { checkNamespace } from '../../lib/config/schema/namespace';

type Expected = readonly [path: string, message: RegExp, remedy?: RegExp][];

function violationsOf(checked: ReturnType<typeof checkNamespace> | ReturnType<typeof checkCluster>) {
  return 'violations' in checked ? checked.violations : [];
}

function expectViolations(found: ReturnType<typeof violationsOf>, expected: Expected) {
  expect(found.map(({ path, message, remedy }) => ({ path, message, remedy }))).toEqual(
    expected.map(([path, message, remedy]) => ({
      path,
      message: expect.stringMatching(message),
      remedy:
        remedy === undefined ? found.find((one) => one.path === path)?.remedy : expect.stringMatching(remedy),
    })),
  );
}

const offloading = (fields: object) => ({ name: 'shop', offloading: fields });
const selector = (...clusterSelector: unknown[]) => offloading({ clusterSelector });
const SELECTOR = '/offloading/clusterSelector';

test.each<[string, unknown]>([
  ['a name alone', { name: 'shop' }],
  [
    'everything',
    {
      name: 's-1',
      folder: 'team-a/shops',
      labels: { team: 'a', 'x.io/y': '' },
      annotations: { 'X.io/note': 'any text\nat all' },
      manageNamespace: false,
      offloading: {
        namespaceMappingStrategy: 'SelectedName',
        remoteNamespaceName: 'r',
        podOffloadingStrategy: 'Remote',
        clusterSelector: ['a in (1,2)', { matchExpressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] }],
      },
      constructs: () => undefined,
    },
  ],
  ['offloading by default', offloading({})],
  ['keys that are undefined', { name: 'shop', folder: undefined }],
])('accepts %s', (_, config) => {
  expect(checkNamespace(config)).toEqual({ value: config });
});

test.each<[string, unknown, Expected]>([
  [
    'a misspelt key',
    { name: 'shop', offloadin: {} },
    [['/offloadin', /unknown key 'offloadin'/, /did you mean 'offloading'\?/]],
  ],
  [
    'a key that is like none',
    { name: 'shop', xyzzy: 1 },
    [['/xyzzy', /unknown key/, /use one of name, folder, labels/]],
  ],
  [
    'a key inside',
    offloading({ clusterSelectors: ['a'] }),
    [['/offloading/clusterSelectors', /unknown key/, /did you mean 'clusterSelector'/]],
  ],
  ['no name', {}, [['', /the key 'name' is missing/]]],
  ['a name with capitals', { name: 'Shop' }, [['/name', /"Shop" is not a DNS-1123 label/]]],
  ['a name with a line end', { name: 'shop\n' }, [['/name', /DNS-1123/]]],
  ['a name of 64 characters', { name: 'a'.repeat(64) }, [['/name', /64 characters/]]],
  ['a number as name', { name: 1 }, [['/name', /1 is not a valid string/]]],
  [
    'a misspelt strategy',
    offloading({ namespaceMappingStrategy: 'EnforceSamename' }),
    [
      [
        '/offloading/namespaceMappingStrategy',
        /"EnforceSamename" is not allowed/,
        /did you mean 'EnforceSameName'/,
      ],
    ],
  ],
  [
    'another strategy',
    offloading({ podOffloadingStrategy: 'Everywhere' }),
    [['/offloading/podOffloadingStrategy', /not allowed/, /use one of LocalAndRemote, Remote, Local/]],
  ],
  [
    'SelectedName without a name',
    offloading({ namespaceMappingStrategy: 'SelectedName' }),
    [['/offloading/remoteNamespaceName', /needs a remoteNamespaceName/]],
  ],
  [
    'a name without SelectedName',
    offloading({ remoteNamespaceName: 'r' }),
    [['/offloading/remoteNamespaceName', /only with SelectedName/]],
  ],
  [
    'a remote name with a dot',
    offloading({ namespaceMappingStrategy: 'SelectedName', remoteNamespaceName: 'a.b' }),
    [['/offloading/remoteNamespaceName', /DNS-1123/]],
  ],
  [
    'a label value that is a boolean',
    { name: 'shop', labels: { a: true } },
    [['/labels/a', /true is not a valid string/]],
  ],
  [
    'a label value with a blank',
    { name: 'shop', labels: { a: 'b c' } },
    [['/labels/a', /'b c' must consist/]],
  ],
  [
    'a label key with a blank',
    { name: 'shop', labels: { 'a b': 'c' } },
    [['/labels/a b', /'a b' must consist/]],
  ],
  [
    'the scheduling label',
    { name: 'shop', labels: { 'liqo.io/scheduling-enabled': 'true' } },
    [['/labels/liqo.io/scheduling-enabled', /is set from the strategy/, /remove it/]],
  ],
  [
    'an annotation key with a blank',
    { name: 'shop', annotations: { 'a b': 'c' } },
    [['/annotations/a b', /'a b' must consist/]],
  ],
  [
    'a label that cdk8s cannot write',
    { name: 'shop', labels: { constructor: 'c' } },
    [['/labels/constructor', /cannot be written by cdk8s/]],
  ],
  [
    'an annotation that cdk8s cannot write',
    { name: 'shop', annotations: { constructor: 'c' } },
    [['/annotations/constructor', /cannot be written by cdk8s/]],
  ],
  ['a folder above', { name: 'shop', folder: '../x' }, [['/folder', /'\.\.' is not a valid folder name/]]],
  [
    'a folder from the root',
    { name: 'shop', folder: '/etc' },
    [['/folder', /'' is not a valid folder name/]],
  ],
  ['a folder that git ignores', { name: 'shop', folder: 'a/.git' }, [['/folder', /'\.git'/]]],
  [
    'a text as manageNamespace',
    { name: 'shop', manageNamespace: 'no' },
    [['/manageNamespace', /"no" is not a valid boolean/]],
  ],
  ['no function', { name: 'shop', constructs: {} }, [['/constructs', /\{\} is not a function/]]],
  [
    'an empty list of selectors',
    selector(),
    [[SELECTOR, /could mean every cluster or none/, /leave clusterSelector out/]],
  ],
  [
    'a selector that is no list',
    offloading({ clusterSelector: 'a=b' }),
    [[SELECTOR, /must be in a list/, /\['a=b'\]/]],
  ],
  ['an empty selector', selector('a', ''), [[`${SELECTOR}/1`, /could mean every cluster or none/]]],
  ['a term without requirements', selector({}), [[SELECTOR + '/0', /matches no cluster/]]],
  [
    'a term with an empty list',
    selector({ matchExpressions: [] }),
    [[SELECTOR + '/0', /matches no cluster/]],
  ],
  [
    'matchFields',
    selector({ matchFields: [] }),
    [[SELECTOR + '/0/matchFields', /pod webhook drops matchFields/, /remote-cluster-id/]],
  ],
  [
    'an unknown operator',
    selector({ matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] }),
    [[SELECTOR + '/0/matchExpressions/0/operator', /not allowed/, /did you mean 'In'/]],
  ],
  [
    'a requirement that means nothing',
    selector({ matchExpressions: [{ key: 'a', operator: 'In' }] }),
    [[SELECTOR + '/0/matchExpressions/0', /needs at least one value/]],
  ],
  ['a selector that is a number', selector(1), [[SELECTOR + '/0', /1 is not a valid string or object/]]],
])('refuses %s', (_, config, expected) => {
  expectViolations(violationsOf(checkNamespace(config)), expected);
});

test('draws the place of a mistake in a selector', () => {
  const [found] = violationsOf(checkNamespace(selector('region in south')));
  expect(found).toMatchObject({
    path: `${SELECTOR}/0`,
    message: `found "south", expected '(' (column 11)`,
    excerpt: 'region in south\n          ^',
  });
});

test('keys of every object are no keys of a config', () => {
  const config: unknown = JSON.parse('{ "name": "shop", "__proto__": { "folder": "x" }, "constructor": 1 }');
  expect(violationsOf(checkNamespace(config)).map(({ path }) => path)).toEqual([
    '/__proto__',
    '/constructor',
  ]);
});

test.each<[string, unknown]>([
  ['an ID alone', { id: 'venice' }],
  [
    'everything',
    {
      id: 'v',
      runtimeClass: {
        name: 'liqo.custom',
        remoteName: 'runc',
        managed: true,
        chartName: 'liqo',
        handler: 'runc',
        labels: { a: 'b' },
        annotations: { 'X.io/note': 'any text' },
        nodeSelector: { 'liqo.io/type': 'virtual-node', zone: '' },
        tolerations: [{ operator: 'Exists' }],
      },
      components: true,
      baseline: 'origin/main',
      severities: { orphaned: 'off' },
      podTemplates: [
        {
          apiVersion: 'example.com/v1',
          kind: 'Farm',
          path: 'spec.workers.*.template',
          affinity: 'spec.affinity',
        },
      ],
    },
  ],
  [
    'any nodes for a managed class',
    { id: 'v', runtimeClass: { managed: true, chartName: 'liqo-chart', nodeSelector: false } },
  ],
  [
    'both engines that keep what they are told to',
    {
      id: 'v',
      gitops: {
        argocd: { repoURL: 'git@example.com:r.git', protection: 'prevent' },
        flux: { protection: 'prevent' },
      },
    },
  ],
  ['Flux alone that does', { id: 'v', gitops: { flux: { protection: 'prevent' } } }],
  ['a class for the provider beside the name liqo', { id: 'v', runtimeClass: { remoteName: 'runc' } }],
])('accepts a cluster with %s', (_, config) => {
  expect(checkCluster(config)).toEqual({ value: config });
});

test.each<[string, unknown, Expected]>([
  ['no ID', {}, [['', /'id' is missing/]]],
  ['an ID that is no DNS label', { id: 'a.b' }, [['/id', /DNS-1123 label/]]],
  ['a baseline of none', { id: 'v', baseline: 'none' }, [['/baseline', /against nothing/]]],
  ['a baseline from standard input', { id: 'v', baseline: '-' }, [['/baseline', /against nothing/]]],
  ['an empty baseline', { id: 'v', baseline: '' }, [['/baseline', /empty/]]],
  [
    'an unknown severity',
    { id: 'v', severities: { orphaned: 'warn' } },
    [['/severities/orphaned', /not allowed/, /off, info, warning, error/]],
  ],
  [
    'pods of a kind without a path',
    { id: 'v', podTemplates: [{ apiVersion: 'a.b/v1', kind: 'Farm' }] },
    [['/podTemplates/0', /'path' is missing/]],
  ],
  ...['spec..a', '.spec', 'spec/a', ''].map((path): [string, unknown, Expected] => [
    `pods at '${path}'`,
    { id: 'v', podTemplates: [{ apiVersion: 'a.b/v1', kind: 'Farm', path }] },
    [['/podTemplates/0/path', /./]],
  ]),
  [
    'a field that lies in many places',
    { id: 'v', podTemplates: [{ apiVersion: 'v1', kind: 'Farm', path: 'spec', affinity: 'spec.*.a' }] },
    [['/podTemplates/0/affinity', /./]],
  ],
  [
    'a RuntimeClass by name',
    { id: 'v', runtimeClass: 'liqo' },
    [['/runtimeClass', /"liqo" is not a valid object/]],
  ],
  [
    'a RuntimeClass of another name, and none for the provider',
    { id: 'v', runtimeClass: { name: 'virtual' } },
    [
      [
        '/runtimeClass/remoteName',
        /keep the RuntimeClass 'virtual'.*drops only 'liqo'/,
        /remoteName: 'runc'/,
      ],
    ],
  ],
  [
    "values of the chart for the chart's own class",
    { id: 'v', runtimeClass: { handler: 'runc', nodeSelector: false, chartName: 'a' } },
    ['chartName', 'handler', 'nodeSelector'].map((key) => [
      `/runtimeClass/${key}`,
      /only with managed: true/,
      /values of Liqo's chart/,
    ]),
  ],
  [
    "a managed class of the chart's name",
    { id: 'v', runtimeClass: { managed: true, chartName: 'liqo' } },
    [['/runtimeClass/chartName', /two owners would fight over the RuntimeClass 'liqo'/, /rename one/]],
  ],
  [
    'a class whose pods could run nowhere',
    { id: 'v', runtimeClass: { managed: true, tolerations: [{ key: 'spot', operator: 'Exists' }] } },
    [['/runtimeClass/tolerations', /could not run anywhere/, /virtual-node.liqo.io\/not-allowed/]],
  ],
  [
    'a class that tolerates nothing',
    { id: 'v', runtimeClass: { managed: true, tolerations: [] } },
    [['/runtimeClass/tolerations', /the list is empty/]],
  ],
  [
    'a class for no nodes',
    { id: 'v', runtimeClass: { managed: true, nodeSelector: {} } },
    [['/runtimeClass/nodeSelector', /fewer than 1/]],
  ],
  [
    'a class for true nodes',
    { id: 'v', runtimeClass: { managed: true, nodeSelector: true } },
    [['/runtimeClass/nodeSelector', /does not name any nodes/, /leave it out/]],
  ],
  [
    'labels and annotations that Kubernetes refuses',
    {
      id: 'v',
      runtimeClass: {
        managed: true,
        labels: { '-': 'a' },
        annotations: { 'a/b/c': '' },
        nodeSelector: { a: '!' },
      },
    },
    [
      ['/runtimeClass/labels/-', /label key/],
      ['/runtimeClass/annotations/a/b/c', /annotation key/],
      ['/runtimeClass/nodeSelector/a', /label value/],
    ],
  ],
  [
    'protection by Argo CD alone, of two engines',
    { id: 'v', gitops: { argocd: { repoURL: 'git@example.com:r.git', protection: 'prevent' }, flux: {} } },
    [['/gitops/argocd/protection', /Flux would delete what Argo CD keeps/, /for both engines/]],
  ],
  [
    'protection by Flux alone, of two engines',
    { id: 'v', gitops: { argocd: { repoURL: 'ssh://git@example.com/r' }, flux: { protection: 'prevent' } } },
    [['/gitops/flux/protection', /Argo CD would delete what Flux keeps/]],
  ],
  ...['https://example.com', 'a b', '/srv/r.git', 'https://'].map((repoURL): [string, unknown, Expected] => [
    `the repository ${repoURL}`,
    { id: 'v', gitops: { argocd: { repoURL } } },
    [['/gitops/argocd/repoURL', /not the URL of a repository/]],
  ]),
  ...['https://t0ken@example.com/r', 'ssh://git:pw@example.com/r'].map(
    (repoURL): [string, unknown, Expected] => [
      `credentials in ${repoURL}`,
      { id: 'v', gitops: { argocd: { repoURL } } },
      [['/gitops/argocd/repoURL', /contains credentials/]],
    ],
  ),
  ['components in a folder', { id: 'v', components: 'x' }, [['/components', /not a valid boolean/]]],
  [
    'a RuntimeClass with capitals',
    { id: 'v', runtimeClass: { name: 'Liqo' } },
    [['/runtimeClass/name', /DNS-1123 subdomain/]],
  ],
])('refuses a cluster with %s', (_, config, expected) => {
  expectViolations(violationsOf(checkCluster(config)), expected);
});
