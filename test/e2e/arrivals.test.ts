// What moves into the judged folder from another place of the repository.
import { writeFile } from '../../lib/manifests/write';
import { namespace, offloading } from '../judge/given';
import { cli, commit, CONFIGS, git, link, repository, write } from '../scratch';

const selecting = (...values: string[]) =>
  `{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: region, operator: In, values: [${values.join(', ')}] }] }] } }`;
const shop = (...values: string[]) =>
  `${namespace('shop', 'labels: { liqo.io/scheduling-enabled: "true" }')}---\n${offloading('shop', selecting(...values))}`;
const WIDE = shop('south', 'center');
const NARROW = shop('south');

const OTHER = {
  'apps/other.yaml': namespace('other'),
  'chart/templates/x.yaml': '{{ x }}\nkind: NamespaceOffloading\n',
};

/** Rules that find something in the folder apps, after the exit status. */
function judged(root: string, ...args: string[]) {
  const { status, out } = cli(root, ['check', 'apps', '--format', 'json', ...args]);
  const { findings } = JSON.parse(out) as { findings: { rule: string; existing?: true }[] };
  return [status, ...findings.filter(({ existing }) => existing !== true).map(({ rule }) => rule)];
}

test.each([
  ['narrower', NARROW, [1, 'clusters-deselected']],
  ['as it was', WIDE, [0]],
  ['wider', shop('south', 'center', 'north'), [0, 'clusters-selected']],
])('what moves into the folder counts as deployed: %s', (_, text, expected) => {
  const root = repository({ ...OTHER, 'deploy/team/shop.yaml': WIDE });
  write(root, { 'deploy/team/shop.yaml': undefined, 'apps/shop.yaml': text });
  expect(judged(root)).toEqual(expected);
});

test('what is declared in both places is said, and counts as deployed once it leaves the other', () => {
  const root = repository({ ...OTHER, 'deploy/shop.yaml': `${WIDE}---\n${namespace('blog')}` });
  write(root, { 'apps/shop.yaml': NARROW });
  expect(judged(root)).toEqual([0, 'declared-elsewhere']);
  write(root, { 'deploy/shop.yaml': namespace('blog') });
  expect(judged(root)).toEqual([1, 'clusters-deselected']);
  write(root, { 'deploy/shop.yaml': '{{ no manifest }}' });
  expect(judged(root)).toEqual([1, 'clusters-deselected']);
});

test('what another project declares is for that one to judge', () => {
  const ours = writeFile('dist/shop.yaml', 'config/shop.ts', []) + WIDE;
  const rome = { 'clusters/rome/dist/shop.yaml': ours, 'clusters/rome/config/cluster.ts': '' };
  const root = repository({ ...OTHER, ...rome });
  write(root, { 'apps/shop.yaml': NARROW });
  expect(judged(root)).toEqual([0]);
  write(root, { 'clusters/rome/dist': undefined });
  expect(judged(root)).toEqual([0]);
  write(root, { clusters: undefined });
  expect(judged(root)).toEqual([1, 'clusters-deselected']); // nobody else is left to judge it
});

test.each([
  ['a kind in quotes', WIDE.replace('kind: NamespaceOffloading', 'kind: "NamespaceOffloading"')],
  ['a kind behind two blanks', WIDE.replace('kind: NamespaceOffloading', 'kind:  NamespaceOffloading')],
])('what moves counts with %s, and beside what cannot be read', (_, wide) => {
  const latin = Buffer.from('# NamespaceOffloading caf\u00e9\n', 'latin1');
  const root = repository({ ...OTHER, 'deploy/shop.yaml': wide, 'docs/latin.yaml': latin });
  write(root, { 'deploy/shop.yaml': undefined, 'apps/shop.yaml': NARROW });
  expect(judged(root)).toEqual([1, 'clusters-deselected']);
});

test('a file that goes and cannot be read is named where it may have said something', () => {
  const root = repository({ ...OTHER, 'chart/templates/shop.yaml': `{{ if .x }}\n${WIDE}{{ end }}\n` });
  write(root, { 'apps/shop.yaml': NARROW });
  expect(judged(root)).toEqual([0]);
  write(root, { chart: undefined });
  expect(judged(root)).toEqual([0, 'declared-elsewhere']);
  write(root, { 'apps/shop.yaml': NARROW.replaceAll('shop', 'blog') });
  expect(judged(root)).toEqual([0]);
});

test('on a branch that main has left behind, the same', () => {
  const root = repository({ ...OTHER, 'deploy/shop.yaml': WIDE });
  git(root, 'checkout', '-q', '-b', 'work');
  write(root, { 'deploy/shop.yaml': undefined, 'apps/shop.yaml': NARROW });
  commit(root);
  git(root, 'checkout', '-q', 'main');
  write(root, { 'README.md': 'more' });
  commit(root);
  git(root, 'checkout', '-q', 'work');
  expect(judged(root, '--against', 'main')).toEqual([1, 'clusters-deselected']);
  write(root, { 'apps/shop.yaml': WIDE });
  expect(judged(root, '--against', 'main')).toEqual([0]);
  commit(root);
  git(root, 'checkout', '-q', 'main');
  write(root, { 'deploy/shop.yaml': NARROW });
  commit(root);
  git(root, 'checkout', '-q', 'work');
  expect(judged(root, '--against', 'main')).toEqual([0]); // moved as it was, so main's form counts
});

test('a change that adopts a folder is judged as any other', () => {
  const root = repository({ 'deploy/shop.yaml': WIDE, 'deploy/blog.yaml': WIDE.replaceAll('shop', 'blog') });
  link(root);
  write(root, {
    ...CONFIGS,
    'config/namespaces/demo': undefined,
    'config/namespaces/all.ts': `export default ['shop', 'blog'].map((name) => ({ name, offloading: { clusterSelector: ['region in (south,center)'] } }));`,
    deploy: undefined,
  });
  expect(cli(root, ['synth'])).toMatchObject({ status: 0 });
  expect(cli(root, ['check']).out).toContain('passed: 0 errors, 0 warnings');
  write(root, {
    'config/namespaces/all.ts': `export default { name: 'shop', offloading: { clusterSelector: ['region=south'] } };`,
  });
  const { status, out } = cli(root, ['synth']);
  expect(status).toBe(1);
  for (const rule of ['clusters-deselected', 'namespace-removed']) expect(out).toContain(`error ${rule}`);
});
