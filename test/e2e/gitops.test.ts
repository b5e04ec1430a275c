// The engines' own objects beside dist: published with it, by the same rules.
import { join } from 'node:path';
import { offloading } from '../judge/given';
import {
  cli,
  commit,
  CONFIGS,
  copied,
  folder,
  git,
  link,
  repository,
  snapshot,
  write,
  type Files,
} from '../scratch';

const cluster = (gitops: string) => ({
  'config/cluster.ts': `import { defineCluster } from 'cdk8s-liqo';\nexport default defineCluster({ id: 'venice'${gitops} });\n`,
});
const BOTH = cluster(", gitops: { argocd: { repoURL: 'https://example.com/r.git' }, flux: {} }");

const project = copied((): string => {
  const root = repository({ ...CONFIGS, ...BOTH, 'gitops/flux/mine.yaml': 'a: 1\n', 'gitops/README.md': '' });
  link(root);
  expect(cli(root, ['synth']).out).toContain('dist and gitops: 5 added, 0 changed, 0 removed, 0 unchanged');
  commit(root);
  return root;
});

const written = (root: string) =>
  [...snapshot(root).keys()].filter((path) => path.startsWith('gitops/')).sort();
const OWN = ['gitops/README.md', 'gitops/flux/mine.yaml'];

test('they are published with dist, renewed, and removed with their setting; what is not ours stays', () => {
  const root = project();
  const namespaces = ['argocd', 'flux'].map((engine) => `gitops/${engine}/venice.namespaces.demo.yaml`);
  const health = 'gitops/argocd-health/argocd-cm.yaml';
  expect(written(root)).toEqual([...OWN, ...namespaces, health].sort());

  const foreign = { 'gitops/flux/venice.namespaces.other.yaml.cdk8s-liqo.tmp': 'half' };
  write(root, { ...foreign, 'config/namespaces/other/a.ts': "export default { name: 'a' };\n" });
  expect(cli(root, ['synth']).out).toContain('dist and gitops: 3 added, 0 changed, 0 removed, 5 unchanged');
  expect(written(root)).toHaveLength(7);

  write(root, cluster(''));
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  expect(written(root)).toEqual(OWN);
});

test('the first synth says what the engines need once, and no other does', () => {
  const root = repository({ ...CONFIGS, ...cluster(', gitops: { flux: {} }') });
  const first = cli(root, ['synth']).out;
  expect(first).toMatch(/^ {4}git add config dist gitops && git commit/m);
  expect(first).toContain('one Kustomization for the folder gitops/flux');
  expect(first).not.toContain('argocd');
  expect(cli(root, ['synth']).out).not.toContain('Once');
  write(root, { 'config/namespaces/other/a.ts': "export default { name: 'a' };\n" });
  expect(cli(root, ['synth']).out).toMatch(/unchanged\n$/);
  const plain = repository(CONFIGS);
  expect(cli(plain, ['synth']).out).toMatch(/unchanged\n$/);
});

test('check says where one is stale, and where somebody else has its place', () => {
  const root = project();
  const file = 'gitops/flux/venice.namespaces.demo.yaml';
  const text = snapshot(root).get(file) ?? '';
  write(root, { [file]: text.replace('prune: true', 'prune: false') });
  const stale = cli(root, ['check', '--format', 'json']);
  expect(stale).toMatchObject({ status: 1, out: expect.stringContaining(`${file} differs`) });
  write(root, { [file]: 'kind: Kustomization\n' });
  expect(cli(root, ['check'])).toMatchObject({ status: 2, err: expect.stringContaining(file) });
});

test('in a project below the root of its repository the paths lead there', () => {
  const files = Object.entries({ ...CONFIGS, ...BOTH }).map(([path, text]) => [
    `clusters/venice/${path}`,
    text,
  ]);
  const root = repository(Object.fromEntries(files));
  link(root);
  expect(cli(root, ['-C', 'clusters/venice', 'synth']).status).toBe(0);
  const texts = snapshot(join(root, 'clusters/venice'));
  expect(texts.get('gitops/flux/venice.namespaces.demo.yaml')).toContain(
    '"./clusters/venice/dist/namespaces/demo"',
  );
  expect(texts.get('gitops/argocd/venice.namespaces.demo.yaml')).toContain(
    'path: clusters/venice/dist/namespaces/demo',
  );
});

test.each([
  ['argocd: {}', '/gitops/argocd'],
  ["argocd: { repoURL: 'r', destination: {} }", '/gitops/argocd/destination'],
  ["argocd: { repoURL: 'r', destination: { server: 'a', name: 'b' } }", '/gitops/argocd/destination'],
  ["argocd: { repoURL: 'r', protection: 'yes' }", '/gitops/argocd/protection'],
  ["argocd: { repoURL: 'platform' }", 'is not the URL of a repository'],
  ['argocd: { repoURL: 7 }', '7 is not a valid string'],
  ["argocd: { repoURL: 'https://me:secret@example.com/r.git' }", 'contains credentials'],
  ["health: { someFailed: 'ok' }", '/gitops/health/someFailed'],
  ["flux: { interval: '10' }", 'is not a duration such as 10m or 1h30m'],
  ["flux: { timeout: '' }", '/gitops/flux/timeout'],
  ['flux: { sourceRef: {} }', '/gitops/flux/sourceRef'],
  ['flux: { force: true }', '/gitops/flux/force'],
])('{ %s } is a mistake: %s', (gitops, said) => {
  const root = repository({ ...CONFIGS, ...cluster(`, gitops: { ${gitops} } as never`) });
  link(root);
  expect(cli(root, ['synth'])).toMatchObject({ status: 2, err: expect.stringContaining(said) });
});

/** Findings of engine-handover as `namespace category`, and the exit status. */
function handovers(root: string, ...args: string[]) {
  const { status, out } = cli(root, ['check', '--format', 'json', ...args]);
  const { findings } = JSON.parse(out) as { findings: Record<'rule' | 'namespace' | 'category', string>[] };
  const found = findings.filter(({ rule }) => rule === 'engine-handover');
  return [status, ...found.map(({ namespace, category }) => `${namespace} ${category}`)];
}

/** A project whose main branch has dist for a cluster.ts, published anew for another one. */
const reconfigured = copied((was: string, is: string, files: Files = {}): string => {
  const root = repository({ ...CONFIGS, ...cluster(was) });
  link(root);
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root);
  write(root, { ...cluster(is), ...files });
  return root;
});

const DELETE = ", gitops: { flux: { deletionPolicy: 'Delete' } }";
const ORPHAN = ', gitops: { flux: {} }';
const GONE = [1, 'blog destructive', 'shop destructive'];

test.each([
  ['the end of gitops', DELETE, '', GONE],
  [
    'a move to the other engine',
    DELETE,
    ", gitops: { argocd: { repoURL: 'https://a.example/r.git' } }",
    [1, 'blog destructive', 'shop destructive'],
  ],
  ['another policy', DELETE, ORPHAN, [0]],
  ['the end of gitops, where units leave their objects', ORPHAN, '', [0]],
  ['gitops anew', '', DELETE, [0]],
])('%s: what the units of the baseline delete is said', (_, was, is, expected) => {
  const root = reconfigured(was, is);
  cli(root, ['synth']);
  expect(handovers(root)).toEqual(expected);
});

test('with another id of the consumer every unit gets another name', () => {
  const id = { 'config/cluster.ts': `export default { id: 'rome'${ORPHAN} };\n` };
  expect(handovers(reconfigured(DELETE, '', id)).slice(1)).toEqual(['blog destructive', 'shop destructive']);
  expect(handovers(reconfigured(ORPHAN, '', id)).slice(1)).toEqual([]);
});

test('units that main got meanwhile do not count as gone', () => {
  const root = reconfigured(DELETE, DELETE);
  git(root, 'checkout', '-q', '-b', 'work');
  git(root, 'checkout', '-q', 'main');
  write(root, { 'config/namespaces/new/news.ts': "export default { name: 'news', offloading: {} };\n" });
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root);
  git(root, 'checkout', '-q', 'work');
  expect(handovers(root, '--against', 'main')).toEqual([0]);
  write(root, cluster(''));
  expect(handovers(root, '--against', 'main').slice(1)).toEqual([
    'blog destructive',
    'news destructive', // the merge compiles it without its unit
    'shop destructive',
  ]);
});

const ARGO_DELETE =
  ", gitops: { argocd: { repoURL: 'https://a.example/r.git', protection: 'none', deletionPolicy: 'Delete' } }";

test.each<[string, string, string, (string | number)[]]>([
  [DELETE, '.sourceignore', 'gitops/\n', GONE],
  [DELETE, 'gitops/flux/.sourceignore', '*\n', GONE],
  [DELETE, 'gitops/flux/kustomization.yaml', '{ kind: Kustomization, resources: [] }', GONE],
  [DELETE, 'gitops/flux/kustomization.yaml', '{ resources: [venice.namespaces.demo.yaml] }', [0]],
  [DELETE, 'gitops/argocd/kustomization.yaml', '{ resources: [] }', [0]],
  [DELETE, 'gitops/.sourceignore', '/argocd/\n', [0]],
  [ORPHAN, '.sourceignore', 'gitops/\n', [0]],
  [ARGO_DELETE, 'gitops/argocd/kustomization.yaml', '{ resources: [] }', GONE],
  [ARGO_DELETE, '.sourceignore', 'gitops/\n', [0]],
])('with { %s }, a %s that says %s hides units: %j', (gitops, file, text, expected) => {
  const root = reconfigured(gitops, gitops, { [file]: text });
  expect(handovers(root)).toEqual(expected);
  commit(root);
  expect(handovers(root)).toEqual([0]);
});

const PATCHED =
  '{ resources: [venice.namespaces.demo.yaml], patches: [{ target: { kind: Kustomization }, patch: "- { op: remove, path: /spec/path }" }] }';

test.each([
  [ORPHAN, 'gitops/flux/kustomization.yaml', PATCHED],
  [ARGO_DELETE, 'gitops/argocd/.argocd-source.yaml', 'directory: { exclude: "*" }'],
  [ARGO_DELETE, 'gitops/argocd/Chart.yaml', 'name: x'],
])('with { %s }, a new %s changes units in a way that nobody judges', (gitops, file, text) => {
  const root = reconfigured(gitops, gitops, { [file]: text });
  const said = { status: 1, out: expect.stringMatching(`error folder-incomplete[^]*${file}`) };
  expect(cli(root, ['check'])).toMatchObject(said);
  commit(root);
  expect(handovers(root)).toEqual([0]);
  write(root, { [file]: undefined });
  expect(cli(root, ['check'])).toMatchObject(said);
});

test('a folder is judged by the units that lie beside it', () => {
  const root = reconfigured(DELETE, DELETE);
  write(root, { 'gitops/flux/venice.namespaces.demo.yaml': undefined });
  expect(handovers(root, 'dist')).toEqual([1, 'blog destructive', 'shop destructive']);
  git(root, 'checkout', '--', 'gitops');
  expect(handovers(root, 'dist')).toEqual([0]);
});

test.each([
  ['/dist/', ORPHAN, 1],
  ['/*\n!/clusters\n', '', 1],
  ['/docs/\n# dist\n', ORPHAN, 0],
  ['/*\n!/dist\n', ORPHAN, 0],
  ['/dist/', ", gitops: { argocd: { repoURL: 'https://a.example/r.git' } }", 0],
])('a .sourceignore %j beside dist, with { %s }: %i', (text, gitops, status) => {
  const root = reconfigured(gitops, gitops, { '.sourceignore': text });
  const ran = cli(root, ['check']);
  expect(ran.status).toBe(status);
  if (status === 1) expect(ran.out).toContain('.sourceignore:1');
  expect(ran.out.includes('object-unfetched')).toBe(status === 1);
  commit(root);
  expect(cli(root, ['check', '--against', 'HEAD']).status).toBe(0);
});

test('a .sourceignore that main changed meanwhile is that of main', () => {
  const root = reconfigured(ORPHAN, ORPHAN, { '.sourceignore': '/dist/\n' });
  commit(root);
  git(root, 'checkout', '-q', '-b', 'work');
  git(root, 'checkout', '-q', 'main');
  write(root, { '.sourceignore': '/docs/\n' });
  commit(root);
  git(root, 'checkout', '-q', 'work');
  expect(cli(root, ['check', '--against', 'main']).status).toBe(0);
  write(root, { '.sourceignore': '/dist\n' });
  expect(cli(root, ['check', '--against', 'main'])).toMatchObject({
    status: 2,
    err: expect.stringMatching(/git cannot merge\s+it.*\.sourceignore/s),
  });
});

test.each(['Chart.yaml', 'my-Chart.yaml', 'more.jsonnet'])(
  'a %s in dist is refused, near misses are not',
  (name) => {
    const root = reconfigured(ORPHAN, ORPHAN);
    write(root, {
      'dist/namespaces/demo/chart.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n',
    });
    expect(cli(root, ['check']).status).toBe(0);
    write(root, { [`dist/namespaces/demo/${name}`]: 'a: 1\n' });
    expect(cli(root, ['check'])).toMatchObject({ status: 2, err: expect.stringContaining(name) });
  },
);

const SHOP = 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n';

test('in a folder that is judged as it lies, a .sourceignore deeper in it counts as well', () => {
  const root = repository({ 'apps/team/shop.yaml': SHOP, 'apps/other/x.yaml': SHOP.replace('shop', 'x') });
  const hidden = (...args: string[]) => {
    const { status, out } = cli(root, ['check', 'apps', ...args]);
    return [status, out.includes('object-unfetched')];
  };
  write(root, { 'apps/team/.sourceignore': '*\n' });
  expect(hidden()).toEqual([1, true]);
  write(root, { 'apps/team/.sourceignore': '# nothing\n' });
  expect(hidden()).toEqual([0, false]);
  write(root, { 'apps/team/.sourceignore': '*\n' });
  commit(root);
  expect(hidden()).toEqual([0, false]);
});

test.each([['in git'], ['outside git']])('%s, a folder is a baseline with all that lies in it', (where) => {
  const files = { '.sourceignore': '/*\n', 'apps/shop.yaml': SHOP, 'old/shop.yaml': SHOP };
  const root = where === 'in git' ? repository(files) : folder(files);
  const found = () => {
    const { status, out } = cli(root, ['check', 'apps', '--against', './old']);
    return [status, /object-unfetched|object-left-out/.exec(out)?.[0]];
  };
  const nothing = [0, undefined];
  expect(found()).toEqual(nothing); // nobody knows whether a file above is new
  write(root, { '.sourceignore': undefined });
  for (const [file, text, rule] of [
    ['.sourceignore', '*\n', 'object-unfetched'],
    ['kustomization.yaml', '{ kind: Kustomization, resources: [] }', 'object-left-out'],
  ] as const) {
    write(root, { [`apps/${file}`]: text });
    expect(found()).toEqual([1, rule]);
    write(root, { [`old/${file}`]: text });
    expect(found()).toEqual(nothing);
    write(root, { [`apps/${file}`]: undefined });
    expect(found()).toEqual(nothing);
    write(root, { [`old/${file}`]: undefined });
  }
});

test('a file is a baseline that lies in no folder', () => {
  const root = repository({ '.sourceignore': '/apps/\n', 'apps/shop.yaml': SHOP, 'old.yaml': SHOP });
  expect(cli(root, ['check', 'apps', '--against', './old.yaml']).status).toBe(0);
});

test('in a folder that is judged as it lies, a kustomization that is new or lists less takes what it does not name', () => {
  const kustomization = (file: string) =>
    `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [${file}]\n`;
  const root = repository({ 'apps/shop.yaml': SHOP, 'apps/x.yaml': SHOP.replace('shop', 'x') });
  const found = () => {
    const { status, out } = cli(root, ['check', 'apps']);
    return [status, out.includes('object-left-out'), out.includes('apps/kustomization.yaml')];
  };
  write(root, { 'apps/kustomization.yaml': kustomization('x.yaml') });
  expect(found()).toEqual([1, true, true]);
  write(root, { 'apps/kustomization.yaml': kustomization('x.yaml, shop.yaml') });
  expect(found()).toEqual([0, false, false]);
  commit(root);
  write(root, { 'apps/kustomization.yaml': kustomization('x.yaml') });
  expect(found()).toEqual([1, true, true]);
  commit(root);
  expect(found()).toEqual([0, false, false]);
  write(root, { 'apps/y.yaml': SHOP.replace('shop', 'y') });
  expect(cli(root, ['check', 'apps'])).toMatchObject({
    status: 1,
    out: expect.stringMatching(/object-not-applied[^]*List its file in apps\/kustomization\.yaml/),
  });
});

test('JSON is for Flux to read only where a kustomization lists it', () => {
  const root = repository({ ...cluster(ORPHAN), 'apps/x.yaml': SHOP.replace('shop', 'x') });
  link(root);
  write(root, {
    'apps/shop.json': '{ "apiVersion": "v1", "kind": "Namespace", "metadata": { "name": "shop" } }',
  });
  expect(cli(root, ['check', 'apps'])).toMatchObject({
    status: 1,
    out: expect.stringContaining('object-not-applied'),
  });
  write(root, { 'apps/kustomization.yaml': '{ kind: Kustomization, resources: [x.yaml, shop.json] }' });
  expect(cli(root, ['check', 'apps'])).toMatchObject({ status: 0 });
  commit(root);
  write(root, { 'apps/kustomization.yaml': undefined });
  expect(cli(root, ['check', 'apps'])).toMatchObject({
    status: 1,
    out: expect.stringContaining('object-unfetched'),
  });
});

test('a kustomization that says more than a list is not judged, nor is the change that takes it away', () => {
  const root = repository({ 'apps/shop.yaml': SHOP });
  const judged = () => {
    const { status, out } = cli(root, ['check', 'apps']);
    return [status, out.includes('folder-incomplete'), /its\s+patches\s+may\s+change\s+or\s+drop/.test(out)];
  };
  const patched = '{ kind: Kustomization, resources: [shop.yaml], patches: [{ path: p.yaml }] }';
  const patch = '- { op: remove, path: /metadata/labels }\n';
  write(root, { 'apps/kustomization.yaml': patched, 'apps/p.yaml': patch });
  expect(judged()).toEqual([1, true, true]);
  commit(root);
  expect(judged()).toEqual([0, false, false]); // it gives what it gave
  write(root, { 'apps/kustomization.yaml': undefined, 'apps/p.yaml': undefined });
  expect(judged()).toEqual([1, true, true]);
  commit(root);
  expect(judged()).toEqual([0, false, false]);
});

const form = (values: string) =>
  `${SHOP}---\n${offloading('shop', `{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: region, operator: In, values: [${values}] }] }] } }`)}`;

test.each([
  [
    'kustomization.yaml',
    '{ kind: Kustomization, resources: [a/x.yaml] }',
    '{ kind: Kustomization, resources: [b/x.yaml] }',
  ],
  ['.sourceignore', '/b\n', '/a\n'],
])('of two forms of one object, the one that a %s lets through counts', (file, wide, narrow) => {
  const root = repository({
    'apps/a/x.yaml': form('south, center'),
    'apps/b/x.yaml': form('south'),
    [`apps/${file}`]: wide,
  });
  write(root, { [`apps/${file}`]: narrow });
  expect(cli(root, ['check', 'apps'])).toMatchObject({
    status: 1,
    out: expect.stringContaining('clusters-deselected'),
  });
  commit(root);
  expect(cli(root, ['check', 'apps']).status).toBe(0);
});

test('lists that main and the branch have both changed are merged by git, or main is merged first', () => {
  const list = (...names: string[]) =>
    `kind: Kustomization\nresources:\n${names.map((one) => `- ${one}.yaml\n`).join('')}`;
  const named = (name: string) => ({ [`apps/${name}.yaml`]: SHOP.replace('shop', name) });
  const root = repository({ ...named('b'), 'apps/kustomization.yaml': list('b') });
  git(root, 'checkout', '-q', '-b', 'work');
  write(root, { ...named('c'), 'apps/kustomization.yaml': list('b', 'c') });
  commit(root);
  git(root, 'checkout', '-q', 'main');
  write(root, { ...named('a'), 'apps/kustomization.yaml': list('a', 'b') });
  commit(root);
  git(root, 'checkout', '-q', 'work');
  expect(cli(root, ['check', 'apps', '--against', 'main'])).toMatchObject({ status: 0 });
  write(root, { 'apps/kustomization.yaml': list('c') });
  expect(cli(root, ['check', 'apps', '--against', 'main'])).toMatchObject({
    status: 2,
    err: expect.stringMatching(/git cannot merge\s+it/),
  });
  commit(root);
  git(root, 'checkout', '-q', 'main');
  write(root, { 'apps/kustomization.yaml': undefined, 'apps/kustomization.yml': list('a', 'b') });
  commit(root);
  git(root, 'checkout', '-q', 'work');
  expect(cli(root, ['check', 'apps', '--against', 'main'])).toMatchObject({
    status: 2,
    err: expect.stringMatching(/both changed[^]*apps\/kustomization\.yml[^]*merge main into/),
  });
});

test('a kustomization that git ignores decides nothing that is deployed', () => {
  const root = repository({ 'apps/shop.yaml': SHOP, '.gitignore': 'kustomization.yaml\n' });
  write(root, { 'apps/kustomization.yaml': '{ kind: Kustomization, resources: [shop.yaml] }' });
  expect(cli(root, ['check', 'apps'])).toMatchObject({
    status: 2,
    err: expect.stringContaining('git ignores apps/kustomization.yaml'),
  });
});
