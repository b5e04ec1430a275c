// What the history of the baseline tells: a revert of what Liqo refused, and namespaces that are offloaded anew.
import { spawnSync } from 'node:child_process';
import {
  branch,
  CLEAN,
  cli,
  commit,
  CONFIGS,
  copied,
  folder,
  git,
  link,
  repository,
  write,
  type Files,
} from '../scratch';

const SHOP = 'config/namespaces/demo/shop.ts';
const shop = (offloading: string): Files => ({ [SHOP]: `export default { name: 'shop'${offloading} };\n` });
const SAME = shop(", offloading: { namespaceMappingStrategy: 'EnforceSameName' }");
const DEFAULT = shop(', offloading: {}');

/** A project whose main branch deploys each of the states in turn, whatever the judge says of them. */
const deployed = copied((...states: readonly Files[]): string => {
  const root = repository({ ...CONFIGS, ...states[0] });
  link(root);
  for (const state of states) {
    write(root, state);
    expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
    commit(root, 'deploy');
  }
  branch(root);
  return root;
});

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly remedy: string;
}

function synth(root: string, ...args: string[]) {
  const { status, out, err } = cli(root, ['synth', '--format', 'json', ...args]);
  if (status === 2) throw new Error(err);
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return { status, findings };
}

test('a strategy change that was pushed past the check can be reverted, with a warning', () => {
  const root = deployed(SAME, DEFAULT);
  const [first, second] = git(root, 'log', '--format=%H', '--', 'dist').split('\n').reverse();
  write(root, SAME);
  expect(synth(root)).toMatchObject({
    status: 0,
    findings: [
      {
        rule: 'restores-refused-change',
        severity: 'warning',
        message: expect.stringMatching(`${second?.slice(0, 12)},? .*${first?.slice(0, 12)}`),
        remedy: expect.stringContaining('kubectl get namespaceoffloading offloading -n shop'),
      },
    ],
  });
});

test('a third strategy is refused, and so is a revert of what was deployed for certain', () => {
  const root = deployed(SAME, DEFAULT);
  write(root, shop(", offloading: { namespaceMappingStrategy: 'SelectedName', remoteNamespaceName: 'x' }"));
  expect(synth(root)).toMatchObject({ status: 1, findings: [{ rule: 'mapping-strategy-immutable' }] });
  const settled = deployed(SAME, shop(''), DEFAULT);
  write(settled, SAME);
  expect(synth(settled)).toMatchObject({ status: 1, findings: [{ rule: 'mapping-strategy-immutable' }] });
});

test('a clone that is too shallow refuses the revert and names the fetch', () => {
  const root = deployed(SAME, DEFAULT);
  git(root, 'checkout', '-q', 'main');
  const clone = `${folder()}/clone`;
  spawnSync('git', ['clone', '-q', '--depth', '1', `file://${root}`, clone], { env: CLEAN });
  link(clone);
  write(clone, SAME);
  expect(synth(clone)).toMatchObject({
    status: 1,
    findings: [
      { rule: 'mapping-strategy-immutable', remedy: expect.stringContaining('git fetch --unshallow') },
    ],
  });
  git(clone, 'fetch', '-q', '--unshallow');
  expect(synth(clone).status).toBe(0);
});

test('offloading anew under another strategy is a warning that names the removing commit, until it is settled', () => {
  const root = deployed(SAME, shop(''));
  const removed = git(root, 'rev-parse', 'HEAD');
  write(root, DEFAULT);
  expect(synth(root)).toMatchObject({
    status: 0,
    findings: [{ rule: 'reoffload-unsettled', message: expect.stringContaining(removed.slice(0, 12)) }],
  });
  const settledAfter = (commits: number): Files => ({
    'config/cluster.ts': `export default { id: 'venice', settledAfterCommits: ${commits} };\n`,
  });
  write(root, settledAfter(1));
  expect(synth(root).findings.map(({ rule }) => rule)).toContain('reoffload-unsettled');
  git(root, 'commit', '-q', '--allow-empty', '-m', 'another change');
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  expect(synth(root).findings.map(({ rule }) => rule)).toEqual(['judge-changed']);
});

test('a namespace that comes is no news, and one that comes back as it was neither', () => {
  const root = deployed(SAME, shop(''));
  write(root, {
    ...SAME,
    'config/namespaces/demo/more.ts': "export default { name: 'more', offloading: {} };\n",
  });
  expect(synth(root)).toEqual({ status: 0, findings: [] });
});

// Histories of hand-written manifests, each of which once let a refused change pass as a revert.
const text = (name: string, strategy: string, metadata = '') => `apiVersion: offloading.liqo.io/v1beta1
kind: NamespaceOffloading
metadata: { name: offloading, namespace: ${name}${metadata} }
spec: { namespaceMappingStrategy: ${strategy}, clusterSelector: { nodeSelectorTerms: [] } }
`;
const NAMESPACE =
  'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { liqo.io/scheduling-enabled: "true" } }\n';
const [SAME_FORM, DEFAULT_FORM] = [text('shop', 'EnforceSameName'), text('shop', 'DefaultName')];
const FILE = 'deploy/offloading.yaml';

/** Commits each of the states on main; the last one is a branch of its own, judged against main. */
function judged(states: readonly Files[], inside = '', more: (root: string) => void = () => undefined) {
  const root = folder();
  git(root, 'init', '-q', '-b', 'main');
  const within = (files: Files) =>
    Object.fromEntries(Object.entries(files).map(([path, content]) => [inside + path, content]));
  states.forEach((files, i) => {
    if (i === states.length - 1) {
      more(root);
      git(root, 'checkout', '-q', '-b', 'work');
    }
    write(root, within(i === 0 ? { 'deploy/namespace.yaml': NAMESPACE, ...files } : files));
    commit(root);
  });
  const { status, out, err } = cli(root, [
    '-C',
    `./${inside}`,
    'check',
    'deploy',
    '--against',
    'main',
    '--format',
    'json',
  ]);
  if (status === 2) throw new Error(err);
  return (JSON.parse(out) as { findings: Finding[] }).findings.map(({ rule }) => rule);
}

const form = (content: string | undefined): Files => ({ [FILE]: content });
const REVERT = [form(SAME_FORM), form(DEFAULT_FORM), form(SAME_FORM)];

test('hand-written manifests are restored as well, in a project in a folder too', () => {
  expect(judged(REVERT)).toEqual(['restores-refused-change']);
  expect(judged(REVERT, 'venice/')).toEqual(['restores-refused-change']);
});

test('a folder that was there once is no first run, in a project in a folder', () => {
  const gone = [form(SAME_FORM), { deploy: undefined, 'x.txt': '' }, form(DEFAULT_FORM)];
  expect(() => judged(gone, 'venice/')).toThrow('but its history had one');
});

test.each(['off', 'combined', 'dense-combined', 'separate'])('log.diffMerges %s hides nothing', (setting) => {
  const merged = (root: string) => {
    git(root, 'config', 'log.diffMerges', setting);
    git(root, 'checkout', '-q', '-b', 'pr');
    write(root, form(DEFAULT_FORM));
    commit(root);
    git(root, 'checkout', '-q', 'main');
    git(root, 'merge', '-q', '--no-ff', '-m', 'merge', 'pr');
  };
  expect(judged([form(SAME_FORM), form(SAME_FORM)], '', merged)).toEqual(['restores-refused-change']);
});

test('a merge that turns the line of the branch around is not believed', () => {
  const foxtrot = (root: string) => {
    git(root, 'branch', 'dev');
    write(root, form(undefined));
    commit(root);
    write(root, form(DEFAULT_FORM));
    commit(root);
    git(root, 'checkout', '-q', 'dev');
    write(root, { 'x.txt': '' });
    commit(root);
    git(root, 'merge', '-q', '-m', 'pull', 'main');
    git(root, 'branch', '-f', 'main', 'dev');
  };
  expect(judged([form(SAME_FORM), form(SAME_FORM)], '', foxtrot)).toEqual(['mapping-strategy-immutable']);
});

test('an object whose Namespace was gone is not believed', () => {
  const without = { 'deploy/namespace.yaml': undefined };
  const back = { 'deploy/namespace.yaml': NAMESPACE, ...form(DEFAULT_FORM) };
  expect(judged([form(SAME_FORM), without, back, form(SAME_FORM)])).toEqual(['mapping-strategy-immutable']);
});

test('a folder that came when manifests left another one is not believed', () => {
  const elsewhere = { 'deploy/namespace.yaml': undefined, 'old/offloading.yaml': SAME_FORM };
  const moved = {
    'old/offloading.yaml': undefined,
    'deploy/namespace.yaml': NAMESPACE,
    ...form(DEFAULT_FORM),
  };
  expect(judged([elsewhere, moved, form(SAME_FORM), form(DEFAULT_FORM)])).toEqual([
    'mapping-strategy-immutable',
  ]);
});

test('an annotation that was refused with the rest keeps nothing', () => {
  const kept = text('shop', 'DefaultName', ', annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }');
  const unlabelled = {
    'deploy/namespace.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop }\n',
  };
  expect(judged([form(SAME_FORM), form(kept), { ...form(undefined), ...unlabelled }])).toEqual(['unoffload']);
  expect(judged([form(kept), { ...form(undefined), ...unlabelled }])).toEqual(['orphaned']);
});

test('what was offloaded before it was removed is what the cluster took', () => {
  const again = [form(SAME_FORM), form(DEFAULT_FORM), form(undefined)];
  expect(judged([...again, form(DEFAULT_FORM)])).toEqual(['reoffload-unsettled']);
  expect(judged([...again, form(SAME_FORM)])).toEqual([]);
});
