// What the history of the baseline tells: a revert of what Liqo refused, and namespaces that are offloaded anew.
import { spawnSync } from 'node:child_process';
import { CLEAN, cli, commit, CONFIGS, folder, git, link, repository, write, type Files } from '../scratch';

const SHOP = 'config/namespaces/demo/shop.ts';
const shop = (offloading: string): Files => ({ [SHOP]: `export default { name: 'shop'${offloading} };\n` });
const SAME = shop(", offloading: { namespaceMappingStrategy: 'EnforceSameName' }");
const DEFAULT = shop(', offloading: {}');

/** A project whose main branch deploys each of the states in turn, whatever the judge says of them. */
function deployed(...states: readonly Files[]): string {
  const root = repository({ ...CONFIGS, ...states[0] });
  link(root);
  for (const state of states) {
    write(root, state);
    expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
    commit(root, 'deploy');
  }
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  git(root, 'checkout', '-q', '-b', 'work');
  return root;
}

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
        message: expect.stringMatching(`${second?.slice(0, 12)} .*${first?.slice(0, 12)}`),
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
