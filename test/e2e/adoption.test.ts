// Adoption: what is imported, synthesized and checked against its source gives no finding, and the objects
// are the same.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { differences } from '../../lib/plan/differences';
import { declared } from '../../lib/manifests/cluster-made';
import { listFiles } from '../../lib/manifests/folder';
import { asLive } from '../../lib/manifests/live-object';
import { identityOf, type Manifest } from '../../lib/manifests/manifest';
import { isManifestFile, readManifests } from '../../lib/manifests/read';
import { ENABLED, list, liqoctl, liveNamespace, liveOffloading, term } from '../adopt/given';
import { text } from '../adopt/arbitrary';
import { node, virtualNode } from '../manifests/given';
import { requirement } from '../selector/arbitrary';
import { cli, CONFIGS, folder, PROJECT, snapshot, write, type Files } from '../scratch';

const CLUSTER = 'config/cluster.ts';
const { [CLUSTER]: cluster = '' } = CONFIGS;

/** A project that `init` has set up, without a namespace. */
const project = (files: Files = {}) => folder({ [CLUSTER]: cluster, 'package.json': '{}', ...files });

const importing = (root: string, input: string) => cli(root, ['import', '-'], {}, input);
const plainText = (shown: string) => shown.replace(/\s+/g, ' ');
const widest = (shown: string) => Math.max(...shown.split('\n').map(({ length }) => length));
const configsOf = (root: string) =>
  [...snapshot(root).keys()].filter((path) => path.startsWith('config/namespaces/')).sort();

const readFolder = (root: string): Manifest[] =>
  listFiles(root, isManifestFile).flatMap((file) => readManifests(file, readFileSync(join(root, file))));

/** Synthesizes, and holds dist to the source: no finding, and no field that differs but for what a cluster adds. */
function expectSame(root: string, source: readonly Manifest[], against: string, input?: string): void {
  expect(cli(root, ['synth', '--against', 'none'])).toMatchObject({ status: 0 });
  const { status, out } = cli(root, ['check', '--against', against, '--format', 'json'], {}, input);
  expect(JSON.parse(out)).toMatchObject({ findings: [] });
  expect(status).toBe(0);
  const dist = new Map(readFolder(join(root, 'dist')).map((one) => [identityOf(one), one]));
  const differing = asLive(source).flatMap((one) => {
    const found = dist.get(identityOf(one));
    return found === undefined
      ? [{ of: identityOf(one), field: 'all' }]
      : differences({ ...one, ...declared(one) }, found).map((change) => ({
          ...change,
          of: identityOf(one),
        }));
  });
  expect(differing).toEqual([]);
  expect(dist.size).toBe(new Set(source.map(identityOf)).size);
}

/** Selectors that some cluster matches and whose terms all count: each requirement is on a label of its own. */
const terms = fc
  .tuple(
    fc.uniqueArray(
      requirement.filter(({ operator, values }) => operator !== 'Lt' || values[0] !== '0'),
      { selector: ({ key }) => key, maxLength: 2 },
    ),
    fc.boolean(),
  )
  .map(([all, apart]) => (apart ? all.map((one) => [one]) : all.length === 0 ? [] : [all]))
  .map((alternatives) => alternatives.map((matchExpressions) => ({ matchExpressions })));

describe('the round trip', () => {
  test('of the dist of this repository, folder by folder', () => {
    const root = folder({ 'package.json': '{}' });
    mkdirSync(join(root, 'config'));
    cpSync(join(PROJECT, CLUSTER), join(root, CLUSTER));
    cpSync(join(PROJECT, 'dist/namespaces'), join(root, 'original'), { recursive: true });
    const { status, out, err } = cli(root, ['import', 'original']);
    expect([status, err]).toEqual([0, '']);
    expect(out).not.toMatch(/difference|Not imported|Left/);
    const folders = readdirSync(join(PROJECT, 'dist/namespaces'));
    expect(readdirSync(join(root, 'config/namespaces'))).toEqual(folders);
    expectSame(root, readFolder(join(root, 'original')), './original');
    const mine = readFolder(join(root, 'dist'));
    const originals = readFolder(join(PROJECT, 'dist/namespaces'));
    expect(mine.map(({ source: { file } }) => file)).toEqual(
      originals.map(({ source: { file } }) => `namespaces/${file}`),
    );
  });

  test('of what kubectl prints of a cluster', () => {
    const root = project();
    const objects = [
      liveNamespace('shop', { ...ENABLED, team: 'shops' }, { 'example.org/note': `it's\n"a" \\ \${note}` }),
      liveOffloading('shop', {
        podOffloadingStrategy: 'Remote',
        clusterSelector: {
          nodeSelectorTerms: [
            {
              matchExpressions: [
                ...term('a', 'In', 'z', 'y').matchExpressions,
                ...term('b', 'Gt', '4').matchExpressions,
              ],
            },
            term('c', 'DoesNotExist'),
          ],
        },
      }),
      liveNamespace('services', {}),
      liveOffloading('services', {
        podOffloadingStrategy: 'Local',
        namespaceMappingStrategy: 'EnforceSameName',
      }),
      liveOffloading('alone', {
        namespaceMappingStrategy: 'SelectedName',
        remoteNamespaceName: 'alone-of-venice',
      }),
    ];
    const input = list(...objects);
    expect(importing(root, input)).toMatchObject({ status: 0, err: '' });
    expectSame(root, readManifests('live.yaml', input), '-', input);
  });

  test('of what liqoctl prints of two namespaces', () => {
    const root = project();
    const input =
      liqoctl('shop', { clusterSelector: { nodeSelectorTerms: [term('region', 'In', 'south')] } }) +
      liqoctl('blog', { namespaceMappingStrategy: 'EnforceSameName', podOffloadingStrategy: 'Local' });
    const { status, out } = importing(root, input);
    expect(status).toBe(0);
    expect(plainText(out)).toContain('2 without their Namespace (manageNamespace: false): blog, shop');
    expectSame(root, readManifests('liqoctl.yaml', input), '-', input);
  });

  test('of a thousand generated ones', () => {
    const strategy = fc.constantFrom('LocalAndRemote', 'Remote', 'Local');
    const drawn = fc.sample(
      fc.record({
        mapping: fc.constantFrom('DefaultName', 'EnforceSameName', 'SelectedName'),
        pods: strategy,
        terms,
        // A manifest that holds such characters as they are is refused before anybody imports it.
        note: text.filter((one) => !/[\0-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/.test(one)),
        team: fc.constantFrom('a', 'constructor', '1', ''),
        managed: fc.boolean(),
      }),
      { numRuns: 1000, seed: 20_260 },
    );
    const objects = drawn.flatMap(({ mapping, pods, terms, note, team, managed }, i) => {
      const name = `tenant-${i}`;
      const enabled = pods === 'Local' ? {} : ENABLED;
      const namespace = liveNamespace(name, { ...enabled, team }, { 'example.org/note': note });
      const offloading = liveOffloading(name, {
        namespaceMappingStrategy: mapping,
        podOffloadingStrategy: pods,
        ...(mapping === 'SelectedName' && { remoteNamespaceName: `twin-${i}` }),
        clusterSelector: { nodeSelectorTerms: terms },
      });
      return managed ? [namespace, offloading] : [offloading];
    });
    const input = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects });
    const root = project({ 'live.json': input });
    const { status, out } = cli(root, ['import', 'live.json']);
    expect(status).toBe(0);
    expect(out).toMatch(/^1000 namespaces imported, 1000 configs written\n/);
    expect(out).not.toMatch(/difference|Not imported/);
    expect(configsOf(root)).toHaveLength(1000);
    const source = readManifests('live.json', input);
    expectSame(root, source, './live.json');
  });
});

const EXAMPLES = join(PROJECT, '../shared/reference/liqo-examples');
const withExamples = existsSync(EXAMPLES) ? test : test.skip;
withExamples("Liqo's tutorial objects, with what the tutorials offload them by", () => {
  const root = project();
  cpSync(EXAMPLES, join(root, 'tutorials'), { recursive: true });
  const commands = [
    liqoctl('liqo-demo', { namespaceMappingStrategy: 'EnforceSameName' }),
    liqoctl('liqo-policies', {
      clusterSelector: {
        nodeSelectorTerms: [
          {
            matchExpressions: [
              ...term('topology.liqo.io/region', 'In', 'center').matchExpressions,
              ...term('topology.liqo.io/type', 'In', 'provider').matchExpressions,
            ],
          },
          term('topology.liqo.io/region', 'In', 'south'),
        ],
      },
    }),
    liqoctl('liqo-services', { podOffloadingStrategy: 'Local' }),
  ];
  write(root, { 'tutorials/liqoctl.yaml': commands.join('') });
  const { status, out } = cli(root, ['import', 'tutorials']);
  expect(status).toBe(0);
  expect(plainText(out)).toContain('Not imported: ');
  expect(plainText(out)).toContain('Deployment');
  expect(widest(out)).toBeLessThanOrEqual(80);
  expectSame(root, readManifests('liqoctl.yaml', commands.join('')), './tutorials/liqoctl.yaml');
});

describe('nothing is overwritten', () => {
  const input = list(
    liveNamespace('shop', ENABLED),
    liveOffloading('shop', { podOffloadingStrategy: 'Remote' }),
    liveNamespace('blog', ENABLED),
    liveOffloading('blog'),
  );

  test('a namespace that an array declares stays declared', () => {
    const many = "export default [{ name: 'other' }, { name: 'shop', offloading: {} }];\n";
    const root = project({ 'config/namespaces/teams/many.ts': many });
    const { status, out } = importing(root, input);
    expect(status).toBe(0);
    expect(out).toContain(
      'Already declared, left as they are: 1\n  shop in config/namespaces/teams/many.ts\n',
    );
    expect(configsOf(root)).toEqual(['config/namespaces/blog.ts', 'config/namespaces/teams/many.ts']);
    expect(importing(root, input)).toMatchObject({ status: 0, err: '' });
    expect(configsOf(root)).toHaveLength(2);
  });

  test.each<[string, (root: string) => void]>([
    [
      'a file',
      (root) => {
        write(root, { 'config/namespaces/shop.ts': "export default { name: 'other' };\n" });
      },
    ],
    [
      'a folder',
      (root) => {
        write(root, { 'config/namespaces/shop.ts/_x': '' });
      },
    ],
    [
      'a link',
      (root) => {
        mkdirSync(join(root, 'config/namespaces'));
        symlinkSync(
          join(folder({ 'x.ts': "export default { name: 'other' };\n" }), 'x.ts'),
          join(root, 'config/namespaces/shop.ts'),
        );
      },
    ],
  ])('%s in the way stays', (_, put) => {
    const root = project();
    put(root);
    const before = snapshot(root);
    const { status, out } = importing(root, input);
    expect(status).toBe(0);
    expect(plainText(out)).toContain('shop (<stdin>) config/namespaces/shop.ts already exists');
    const after = snapshot(root);
    for (const [path, content] of before) expect(after.get(path)).toBe(content);
    expect([...after.keys()].filter((path) => !before.has(path))).toEqual(['config/namespaces/blog.ts']);
  });

  test('a link for a folder leads nowhere', () => {
    const elsewhere = folder();
    const root = project({ 'deploy/team/shop.yaml': liqoctl('shop') });
    mkdirSync(join(root, 'config/namespaces'));
    symlinkSync(elsewhere, join(root, 'config/namespaces/team'));
    const { status, out } = cli(root, ['import', 'deploy']);
    expect(status).toBe(2);
    expect(plainText(out)).toContain('config/namespaces/team/shop.ts already exists');
    expect(readdirSync(elsewhere)).toEqual([]);
  });

  test('where one part cannot be written, the other is not either', () => {
    const root = project({ 'config/inventory.yaml.cdk8s-liqo.tmp/in-the-way': '' });
    const before = snapshot(root);
    const { status, out, err } = importing(
      root,
      `${input}---\n${virtualNode('naples')}---\n${node('naples')}`,
    );
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain('the inventory cannot be written');
    expect(snapshot(root)).toEqual(before);
    expect(existsSync(join(root, 'config/namespaces'))).toBe(false);
  });
});

describe('what is said', () => {
  test('where a config says something else than its source', () => {
    const root = project();
    const input =
      list(
        liveNamespace('shop', { ...ENABLED, 'liqo.io/x': 'y' }),
        liveOffloading(
          'shop',
          { podOffloadingStrategy: 'Local' },
          { labels: { 'liqo.io/webhook-skip': 'true' } },
        ),
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'plain' } },
        { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'young' } },
      ) + `---\n${liqoctl('young')}`;
    const { status, out } = importing(root, input);
    expect(status).toBe(0);
    expect(plainText(out)).toContain(
      'Imported with a difference between the object and its config: 3 ' +
        'Namespace metadata.labels.liqo.io/scheduling-enabled: true -> nothing in shop ' +
        'NamespaceOffloading metadata.labels.liqo.io/webhook-skip: true -> nothing in shop ' +
        'Namespace metadata.labels.liqo.io/scheduling-enabled: nothing -> true in young',
    );
  });

  test('of objects that belong to an engine, and of labels that may', () => {
    const argo = { 'argocd.argoproj.io/tracking-id': 'shops:/Namespace:shop/shop' };
    const input = list(
      liveNamespace('shop', ENABLED, argo),
      liveOffloading('shop'),
      liveNamespace('blog', { ...ENABLED, 'app.kubernetes.io/instance': 'blogs' }),
      liveOffloading('blog'),
      liveNamespace('kube-system'),
    );
    const out = plainText(importing(project(), input).out);
    expect(out).toContain('Left out, because engines write it: argocd.argoproj.io/tracking-id (1).');
    expect(out).toContain('Some of these objects belong to Argo CD now.');
    expect(out).toContain('The label app.kubernetes.io/instance was kept: blog.');
    expect(out).toContain('Left out, because not offloaded: 1 namespace of the cluster.');
  });

  test('of a kustomization, whose manifests are not what is deployed', () => {
    const kustomization =
      'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: other\n';
    const root = project({ 'deploy/shop.yaml': liqoctl('shop'), 'deploy/kustomization.yaml': kustomization });
    expect(plainText(cli(root, ['import', 'deploy']).out)).toContain(
      'deploy/kustomization.yaml changes these manifests',
    );
  });

  test('in 80 columns, with nothing that a terminal obeys', () => {
    const hostile = '\u001b[31m ::error::\u202e';
    const items = Array.from({ length: 70 }, (_, i) =>
      liveOffloading(`n${i}`, {
        [`${hostile}${'x '.repeat(60)}`]: 1,
        namespaceMappingStrategy: 'DefaultName',
      }),
    );
    const { status, out, err } = importing(
      project(),
      JSON.stringify({ kind: 'List', apiVersion: 'v1', items }),
    );
    expect([status, err]).toEqual([2, '']);
    expect(out).toContain('Not imported: 70\n');
    expect(out).toContain('  and 20 more\n');
    expect(out).not.toMatch(/[\u001b\u202e]|(^|\s)::/m);
    expect(widest(out)).toBeLessThanOrEqual(80);
  });
});

test('folders are mirrored, but for those that no config could lie in', () => {
  const root = project({
    'deploy/namespaces/team a/a.yaml': liqoctl('a'),
    'deploy/_drafts/b.yaml': liqoctl('b'),
    'deploy/team/x.yml/c.yaml': liqoctl('c'),
    'deploy/namespaces/team/d.yaml': liqoctl('d'),
    'deploy/e.yaml': liqoctl('e'),
  });
  expect(cli(root, ['import', './deploy/']).status).toBe(0);
  expect(configsOf(root)).toEqual([
    'config/namespaces/a.ts',
    'config/namespaces/b.ts',
    'config/namespaces/c.ts',
    'config/namespaces/e.ts',
    'config/namespaces/team/d.ts',
  ]);
});

test('one input can hold both parts', () => {
  const root = project();
  const input = `${list(liveNamespace('shop', ENABLED), liveOffloading('shop'))}---\n${virtualNode('naples')}---\n${node('naples')}`;
  const { status, out } = importing(root, input);
  expect(status).toBe(0);
  expect(out).toContain('1 namespace imported, 1 config written\n');
  expect(out).toContain('config/inventory.yaml: 1 provider added');
  expect([...snapshot(root).keys()].sort()).toEqual([
    CLUSTER,
    'config/inventory.yaml',
    'config/namespaces/shop.ts',
    'package.json',
  ]);
});

describe('exit status 2, and nothing is written', () => {
  const offloaded = list(liveNamespace('shop', ENABLED), liveOffloading('shop'));
  test.each<[string, Files, string, RegExp]>([
    [
      'no config yet',
      { [CLUSTER]: undefined },
      offloaded,
      /there is no config\/cluster\.ts .* npx cdk8s-liqo init/,
    ],
    [
      'a config that is broken',
      { 'config/namespaces/x.ts': 'export default {' },
      offloaded,
      /config\/namespaces\/x\.ts/,
    ],
    [
      'no offloading',
      {},
      list(liveNamespace('kube-system'), liveNamespace('shop')),
      /holds 2 namespaces of a cluster and no NamespaceOffloading.* `kubectl get namespaces,namespaceoffloadings -A/,
    ],
    [
      'nothing that is ours',
      {},
      'apiVersion: v1\nkind: Pod\nmetadata: { name: x }\n',
      /holds no Namespace, NamespaceOffloading or VirtualNode/,
    ],
    ['broken YAML', {}, 'items: [', /broken YAML/],
  ])('%s', (_, files, input, message) => {
    const root = project(files);
    const before = snapshot(root);
    const { status, out, err } = importing(root, input);
    expect([status, out]).toEqual([2, '']);
    expect(plainText(err)).toMatch(message);
    expect(err).not.toMatch(/has a bug/);
    expect(snapshot(root)).toEqual(before);
  });
});
