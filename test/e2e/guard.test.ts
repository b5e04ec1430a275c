// The guard from a config to the cluster: what synth writes and says, explain guard, and status beside live objects.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../lib/manifests/manifest';
import { readManifests } from '../../lib/manifests/read';
import { liveNamespace, liveOffloading, offloadingStatus } from '../live';
import { cli, folder, git, link, repository, write, type Files } from '../scratch';

const FILES: Files = {
  'config/cluster.ts':
    "export default { id: 'venice', guard: { action: 'deny' }, gitops: { flux: {}, argocd: { repoURL: 'https://example.com/a.git' } } };\n",
  'config/policies.ts':
    "export default [{ name: 'eu', namespaces: 'data=personal', clusters: 'region=south' }];\n",
  'config/namespaces/shop.ts':
    "export default { name: 'shop', offloading: { clusterSelector: ['region=south'] } };\n",
};
const GUARD = 'dist/cluster/guard.yaml';

function project(files: Files = {}): string {
  const root = folder({ ...FILES, ...files });
  link(root);
  return root;
}

const textOf = (root: string) => readFileSync(join(root, GUARD), 'utf8');

test('synth writes it for both engines, before all else, and says which policy is held where', () => {
  const root = project();
  const { status, out } = cli(root, ['synth', '--against', 'none']);
  expect([status, out]).toEqual([
    0,
    expect.stringContaining('policies in the cluster\n  eu  partly  clusters: region=south'),
  ]);
  const objects = readManifests(GUARD, textOf(root));
  const waves = objects.map(({ body }) =>
    JSON.stringify(body).includes('"argocd.argoproj.io/sync-wave":"-30"'),
  );
  expect(objects.length).toBeGreaterThan(20);
  expect(waves).not.toContain(false);
  expect(cli(root, ['synth', '--against', 'none']).out).toContain('0 added, 0 changed, 0 removed');
});

test('the inventory names virtual nodes; without a guard it is not read for that', () => {
  const policies = "export default [{ name: 'home', namespaces: ['shop'], pods: 'local' }];\n";
  const inventory =
    'complete: true\nproviders:\n  - id: naples\n    virtualNodes: [{ name: liqo-naples, labels: {} }]\n';
  const root = project({ 'config/policies.ts': policies, 'config/inventory.yaml': inventory });
  cli(root, ['synth', '--against', 'none', '--all']);
  expect(cli(root, ['explain', 'guard']).out).toContain('podOffloadingStrategy: Local');
});

test('explain guard, in each format; a namespace of that name comes first', () => {
  const root = project();
  const { status, out, err } = cli(root, ['explain', 'guard']);
  expect([status, err]).toEqual([0, '']);
  expect(out).toMatch(/^what the guard stops\n {2}offloading-deletion {2}deny {2}/);
  expect(out).toContain('    system:serviceaccount:flux-system:kustomize-controller\n');
  expect(JSON.parse(cli(root, ['explain', 'guard', '--format', 'json']).out)).toMatchObject({
    version: 1,
    policies: [{ policy: 'eu', held: 'partly', action: 'deny' }],
  });
  expect(cli(root, ['explain', 'guard', '--format', 'markdown']).out).toContain(
    '| eu | clusters&#58; region=south | partly |',
  );
  write(root, { 'config/namespaces/guard.ts': "export default { name: 'guard' };\n" });
  expect(cli(root, ['explain', 'guard']).out).toContain('guard');
  expect(cli(root, ['explain', 'guard']).out).not.toContain('what the guard stops');
});

test('without a guard there is nothing to explain, and nothing is written', () => {
  const root = project({ 'config/cluster.ts': "export default { id: 'venice' };\n" });
  expect(cli(root, ['explain', 'guard'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('config/cluster.ts asks for no guard'),
  });
  expect(cli(root, ['synth', '--against', 'none']).out).not.toContain('policies in the cluster');
  expect(() => textOf(root)).toThrow('ENOENT');
});

test.each([
  ["{ exempt: { groups: ['system:authenticated'] } }", 'the guard would exempt almost all users'],
  ["{ policies: { large: 'deny' } }", "the policy 'large' cannot be held in the cluster"],
])('%s is one error', (guard, said) => {
  const root = project({
    'config/cluster.ts': `export default { id: 'venice', guard: ${guard} };\n`,
    'config/policies.ts':
      "export default [{ name: 'large', namespaces: 'size>3', offloading: 'forbidden' }];\n",
  });
  const { status, err } = cli(root, ['synth', '--against', 'none']);
  expect([status, err]).toEqual([2, expect.stringContaining(said)]);
});

test('check finds that it is weakened, once', () => {
  const root = repository(FILES);
  link(root);
  cli(root, ['synth', '--against', 'none']);
  git(root, 'add', '-A', '.');
  git(root, 'commit', '-qm', 'guarded');
  write(root, { 'config/cluster.ts': "export default { id: 'venice', guard: {} };\n" });
  const { findings } = JSON.parse(cli(root, ['check', '--against', 'HEAD', '--format', 'json']).out) as {
    findings: { rule: string; message: string }[];
  };
  const [first, ...others] = findings.filter(({ rule }) => rule === 'guard-weakened');
  expect([first?.message, others]).toEqual([expect.stringContaining('Of each: it only warns'), []]);
});

/** What kubectl shows of a namespace that is as wanted, and of a guard. */
function shown(guard: readonly JsonObject[]): string {
  const cluster = [
    liveNamespace('shop'),
    liveOffloading(
      'shop',
      {
        clusterSelector: {
          nodeSelectorTerms: [{ matchExpressions: [{ key: 'region', operator: 'In', values: ['south'] }] }],
        },
      },
      { status: offloadingStatus('Ready', 'shop-venice', {}) },
    ),
  ];
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [...cluster, ...guard] });
}

test('status says whether the cluster holds it', () => {
  const root = project();
  cli(root, ['synth', '--against', 'none']);
  const wanted = readManifests(GUARD, textOf(root))
    .filter(({ kind }) => kind !== 'ConfigMap')
    .map(({ body }) => body);
  const said = (guard: readonly JsonObject[]) => {
    write(root, { 'live.json': shown(guard) });
    const { status, out } = cli(root, ['status', 'live.json']);
    return [status, out];
  };
  expect(said(wanted)).toEqual([0, expect.stringContaining('the guard is as wanted')]);
  expect(said(wanted.slice(1))).toEqual([
    1,
    expect.stringContaining("missing: ValidatingAdmissionPolicy 'cdk8s-liqo.offloading-deletion'"),
  ]);
  expect(said([])).toEqual([1, expect.stringContaining('Was kubectl asked for')]);
  const loose = wanted.map(
    (one) => JSON.parse(JSON.stringify(one).replaceAll('"Deny"', '"Warn"')) as JsonObject,
  );
  expect(said(loose)).toEqual([1, expect.stringContaining('different: ValidatingAdmissionPolicyBinding')]);
});
