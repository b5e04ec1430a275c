// import and import --check, in a repository that deploys one namespace to the south.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { node, virtualNode } from '../manifests/given';
import {
  cli,
  commit,
  CONFIGS,
  copied,
  folder,
  git,
  link,
  PROJECT,
  repository,
  snapshot,
  write,
  type Files,
} from '../scratch';

const INVENTORY = 'config/inventory.yaml';
const SOUTH = 'topology.liqo.io/region: south';

/** What kubectl prints for two commands in a row, in one List. */
const dump = (...objects: string[]) =>
  `apiVersion: v1\nkind: List\nitems:\n${objects.map((one) => `- ${one.trimEnd().replaceAll('\n', '\n  ')}\n`).join('')}`;
const venice = (naples = SOUTH, ...more: string[]) =>
  dump(
    virtualNode('naples'),
    node('naples', naples),
    virtualNode('florence', { createNode: 'false', labels: 'topology.liqo.io/region: center' }),
    ...more,
  );

/** A repository whose main branch deploys shop to the south, and all to every cluster. */
const deployed = copied((files: Files = {}): string => {
  const root = repository({
    ...CONFIGS,
    'config/namespaces/demo/blog.ts': undefined,
    'config/namespaces/demo/shop.ts':
      "export default [{ name: 'shop', offloading: { clusterSelector: ['topology.liqo.io/region=south'] } },\n" +
      "  { name: 'all', offloading: {} }];\n",
    ...files,
  });
  link(root);
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root, 'dist');
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  return root;
});

const importing = (root: string, input: string, ...args: string[]) =>
  cli(root, ['import', '-', ...args], {}, input);
const written = (root: string) => readFileSync(join(root, INVENTORY), 'utf8');
const widest = (text: string) => Math.max(...text.split('\n').map(({ length }) => length));

const FIRST = `complete: false
providers:
  - id: florence
    virtualNodes:
      - name: florence
        createNode: false
        labels:
          storage.liqo.io/available: "true"
          topology.liqo.io/region: center
  - id: naples
    virtualNodes:
      - name: naples
        labels:
          topology.liqo.io/region: south
`;

test('writes a first inventory from standard input, and nothing else', () => {
  const root = folder();
  const { status, out, err } = importing(root, venice());
  expect([status, err]).toEqual([0, '']);
  expect(out).toContain('config/inventory.yaml: 2 providers added, 0 removed, 0 changed, 0 unchanged\n');
  expect(written(root).replace(/^#.*\n/gm, '')).toBe(FIRST);
  expect([...snapshot(root).keys()]).toEqual([INVENTORY]);
});

test('reads a file, a folder and JSON alike', () => {
  const list = {
    apiVersion: 'v1',
    kind: 'List',
    items: [
      {
        apiVersion: 'offloading.liqo.io/v1beta1',
        kind: 'VirtualNode',
        metadata: { name: 'florence', namespace: 'liqo-tenant-florence' },
        spec: { clusterID: 'florence', createNode: false, labels: { 'topology.liqo.io/region': 'center' } },
      },
    ],
  };
  const root = folder({
    'live.yaml': venice(),
    'live/a.yaml': dump(virtualNode('naples'), node('naples', SOUTH)),
    'live/b.json': JSON.stringify(list),
    'live/README.md': 'no manifest',
  });
  expect(cli(root, ['import', 'live.yaml']).status).toBe(0);
  const fromFile = written(root);
  write(root, { [INVENTORY]: undefined });
  expect(cli(root, ['import', 'live']).status).toBe(0);
  expect(written(root)).toBe(fromFile);
  expect(importing(root, JSON.stringify(list), '-C', root)).toMatchObject({ status: 0, err: '' });
  expect(written(root)).not.toContain('naples');
});

test('keeps what was decided, names what went, and leaves an inventory that says the same as it is', () => {
  const byHand = `# by hand
complete: true
providers:
  - { id: oslo, virtualNodes: [{ name: oslo }] }
  - id: naples
    acceptedMappingStrategies: [DefaultName]
    virtualNodes: [{ name: naples, labels: { ${SOUTH}, liqo.io/type: virtual-node } }]
`;
  const root = folder({ [INVENTORY]: byHand });
  const naples = dump(virtualNode('naples'), node('naples', SOUTH));
  const { out } = importing(root, naples);
  expect(out).toBe(
    'config/inventory.yaml: 0 providers added, 1 removed, 0 changed, 1 unchanged\n  removed: oslo\n',
  );
  expect(written(root)).toMatch(/^complete: false$/m);
  expect(written(root)).toContain('acceptedMappingStrategies:\n      - DefaultName\n');
  expect(written(root)).not.toContain('oslo');

  write(root, { [INVENTORY]: byHand.replace(/.*oslo.*\n/, '') });
  const before = statSync(join(root, INVENTORY), { bigint: true });
  expect(importing(root, naples).out.replace(/\s+/g, ' ')).toContain('the file was left as it was');
  const after = statSync(join(root, INVENTORY), { bigint: true });
  expect([after.ino, after.mtimeNs]).toEqual([before.ino, before.mtimeNs]);
});

test('what synth reads of it is what the cluster shows', () => {
  const root = deployed();
  expect(importing(root, venice()).status).toBe(0);
  commit(root, 'inventory');
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  write(root, {
    'config/namespaces/demo/shop.ts':
      "export default [{ name: 'shop', offloading: { clusterSelector: ['topology.liqo.io/region=center'] } },\n" +
      "  { name: 'all', offloading: {} }];\n",
  });
  const { status, out } = cli(root, ['synth', '--format', 'json']);
  expect(status).toBe(1);
  expect(JSON.parse(out)).toMatchObject({
    findings: [{ rule: 'clusters-deselected', clusters: ['naples'] }, {}],
  });
});

describe('import --check', () => {
  const root = deployed();
  importing(root, venice());
  const before = snapshot(root);
  afterEach(() => {
    expect(snapshot(root)).toEqual(before);
  });

  test('is 0 and one line where nothing changed', () => {
    expect(importing(root, venice(), '--check')).toEqual({
      status: 0,
      out: 'config/inventory.yaml matches the cluster: 2 providers.\n',
      err: '',
    });
  });

  test('is 1 where a label changed, and names the namespace that loses its twin', () => {
    const { status, out } = importing(root, venice('topology.liqo.io/region: west'), '--check');
    expect(status).toBe(1);
    expect(out).toContain('    topology.liqo.io/region: south → west\n');
    expect(out).toContain('1 namespace loses naples\n  shop\n');
    expect(out).toMatch(/Deployed: origin\/main \([0-9a-f]{12}\)\./);
    expect(out.replace(/\s+/g, ' ')).toContain('or loses it at the next reconcile');
    expect(widest(out)).toBeLessThanOrEqual(80);
    const page = readFileSync(join(PROJECT, 'docs/inventory.md'), 'utf8');
    const [, screen = ''] = /--check\n(stale.*?)```/s.exec(page) ?? [];
    const withoutCommit = (text: string) => text.replace(/\([0-9a-f]{12}\)/, '(COMMIT)');
    expect(withoutCommit(out)).toBe(withoutCommit(screen));
  });

  test('is 1 where a Node went, though no namespace cares', () => {
    const gone = dump(
      virtualNode('naples', { labels: SOUTH }),
      virtualNode('florence', { createNode: 'false', labels: 'topology.liqo.io/region: center' }),
      'apiVersion: v1\nkind: Node\nmetadata: { name: control-plane }\n',
    );
    const { status, out, err } = importing(root, gone, '--check');
    expect(status).toBe(1);
    expect(out).toContain('virtual node naples: its Node is gone');
    expect(out).toContain('No deployed namespace loses or gains a cluster.');
    expect(err).toMatch(/^warning: The VirtualNode 'liqo-tenant-naples\/naples' has no Node \(yet\)/);
    expect(widest(err)).toBeLessThanOrEqual(80);
  });

  test('for machines, on standard output alone', () => {
    const rome = [virtualNode('rome'), node('rome', SOUTH)];
    const { status, out } = importing(root, venice(SOUTH, ...rome), '--check', '--format', 'json');
    expect(status).toBe(1);
    expect(JSON.parse(out)).toEqual({
      version: 1,
      baseline: {
        kind: 'git',
        ref: 'origin/main',
        commit: git(root, 'rev-parse', 'origin/main'),
        objects: 4,
      },
      stale: [
        {
          provider: 'rome',
          change: 'added',
          virtualNodes: [{ name: 'rome', change: 'added', labels: [] }],
        },
      ],
      namespaces: [
        { namespace: 'all', lost: [], gained: ['rome'] },
        { namespace: 'shop', lost: [], gained: ['rome'] },
      ],
      unreadable: [],
    });
  });

  test('looks at the namespaces of another baseline, and reports to a file', () => {
    const other = folder({
      'deploy/a.yaml':
        'apiVersion: offloading.liqo.io/v1beta1\nkind: NamespaceOffloading\n' +
        'metadata: { name: offloading, namespace: other }\n' +
        'spec: { clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: topology.liqo.io/region, operator: In, values: [south] }] }] } }\n',
    });
    const args = ['--check', '--against', join(other, 'deploy'), '--output', join(other, 'report.txt')];
    const { status, out } = importing(root, venice('topology.liqo.io/region: west'), ...args);
    expect([status, out]).toEqual([1, '']);
    const report = readFileSync(join(other, 'report.txt'), 'utf8');
    expect(report).toContain('1 namespace loses naples\n  other\n');
    expect(report).not.toContain('shop');
  });

  test('is 2 where the baseline cannot be read', () => {
    const { status, out, err } = importing(root, venice(), '--check', '--against', 'git:nowhere');
    expect([status, out]).toEqual([2, '']);
    expect(err).toContain("there is no git ref 'nowhere' here");
  });
});

test('import --check without an inventory is 2, with the way to one', () => {
  const { status, out, err } = importing(deployed(), venice(), '--check');
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain('there is no inventory to compare with\n  at config/inventory.yaml\n');
  expect(err).toContain('npx cdk8s-liqo import -');
});

describe('bad input is one error and exit status 2, and writes nothing', () => {
  const PRESENT = 'complete: true\nproviders: [{ id: oslo, virtualNodes: [{ name: oslo }] }]\n';
  const KUBECTL = /kubectl get virtualnodes,nodes -A -o yaml/;

  test.each<[string, string, RegExp]>([
    ['nothing', '', KUBECTL],
    ['Nodes alone', dump(node('naples')), KUBECTL],
    ['VirtualNodes alone', dump(virtualNode('naples')), KUBECTL],
    ['broken YAML', 'items: [', /broken YAML.* at <stdin>:1/],
    ['broken JSON', '{ "items": [', /broken JSON.* at <stdin>.json/],
    ['no text', 'a\0b', /binary/],
    [
      'a label that is none',
      venice('"\\e[31m": x'),
      /the label "\\u001b\[31m": "x" of the Node 'naples'.* at <stdin>:\d+/,
    ],
    [
      'a cluster ID that is none',
      dump(virtualNode('naples', { clusterID: '"../x"' })),
      /"\.\.\/x".* at <stdin>:\d+/,
    ],
    [
      'a name that is none',
      dump(virtualNode('"\\e]0;x"', { namespace: 'x', clusterID: 'x' })),
      /name of a VirtualNode, "\\u001b\]0;x"/,
    ],
  ])('%s', (_, input, message) => {
    const root = folder({ [INVENTORY]: PRESENT });
    const before = snapshot(root);
    const { status, out, err } = importing(root, input);
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: /);
    expect(err.replace(/\s+/g, ' ')).toMatch(message);
    expect(err).not.toMatch(/\u001b|has a bug|\.js:/);
    expect(snapshot(root)).toEqual(before);
  });

  test('an inventory that is broken', () => {
    const root = folder({ [INVENTORY]: 'complete: perhaps\nproviders: []\n' });
    const { status, err } = importing(root, venice());
    expect(status).toBe(2);
    expect(err).toContain(`at ${INVENTORY}:1 /complete`);
    expect(written(root)).toContain('perhaps');
  });

  test('a source that is not there, or was not named', () => {
    const root = folder();
    expect(cli(root, ['import', 'gone']).err).toMatch(/^error: 'gone' does not exist\n/);
    expect(cli(root, ['import', 'gone']).err).toMatch(KUBECTL);
    expect(cli(root, ['import']).err).toMatch(/^error: import needs a <path>\n/);
    expect(existsSync(join(root, INVENTORY))).toBe(false);
  });

  test('standard input for both sides', () => {
    const { status, err } = importing(
      folder({ [INVENTORY]: PRESENT }),
      venice(),
      '--check',
      '--against',
      '-',
    );
    expect(status).toBe(2);
    expect(err).toContain('standard input cannot be');
  });

  test('a place that cannot be written', () => {
    const root = folder({ [INVENTORY]: PRESENT, [`${INVENTORY}.cdk8s-liqo.tmp/in-the-way`]: '' });
    const before = snapshot(root);
    const { status, out, err } = importing(root, venice());
    expect([status, out]).toEqual([2, '']);
    expect(err).toMatch(/^error: the inventory cannot be written/m);
    expect(snapshot(root)).toEqual(before);
  });
});
