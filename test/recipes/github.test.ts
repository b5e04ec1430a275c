// The workflow of docs/ci.md, run over the life of a pull request.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ignore from 'ignore';
import { DECISIVE } from '../../lib/case/facts';
import { commit, git, PROJECT, write, type Files } from '../scratch';
import { Actions, type Event } from './github';
import { recipe, Remote, shell } from './machine';
import { APPROVED, FILES, HARMLESS, NARROWED, OFFLOADED } from './project';

const PULL_REQUEST: Event = {
  event_name: 'pull_request',
  base_ref: 'main',
  repository: 'example/platform',
  token: 'token',
  // GitHub says `before` of a pull request as well: what its branch was before the last push.
  event: { number: 7, before: 'HEAD', pull_request: { head: { repo: { full_name: 'example/platform' } } } },
};
const pushed = (before: string): Event => ({
  event_name: 'push',
  base_ref: '',
  repository: 'example/platform',
  event: { before },
});
const OTHERS = [
  { id: 1, user: { login: 'mallory' }, body: '<!-- cdk8s-liqo --> mine' },
  { id: 2, user: { login: 'github-actions[bot]' }, body: 'of another workflow' },
];

/** Pushes a change on a branch; what is rejected is pushed without its dist. */
function push(remote: Remote, branch: string, ...changes: Files[]): void {
  const root = remote.clone();
  git(root, 'checkout', '-q', '-B', branch);
  for (const files of changes) write(root, files);
  shell(root, 'npx --no-install cdk8s-liqo synth || true');
  commit(root, branch);
  git(root, 'push', '-q', '--force', 'origin', branch);
}

const withJq = spawnSync('jq', ['--version']).status === 0 ? test : test.skip;

withJq('narrowing is rejected, passes with an approval, and the next pull request is not bothered', () => {
  const remote = new Remote({
    ...FILES,
    '.github/workflows/liqo.yaml': recipe('.github/workflows/liqo.yaml'),
  });
  const actions = new Actions(recipe('.github/workflows/liqo.yaml'), OTHERS);
  const judged = (branch: string) => {
    const root = remote.clone(remote.merge(branch));
    const check = actions.run('check', root, PULL_REQUEST);
    const comment = actions.run('comment', root, PULL_REQUEST);
    return { check, comment, report: actions.comments.at(-1)?.body ?? '' };
  };

  push(remote, 'narrow', NARROWED);
  const rejected = judged('narrow');
  expect(rejected.check).toMatchObject({ status: 1, err: '' });
  expect(rejected.check?.out).toMatch(
    /^::error file=config\/namespaces\/demo\/shop\.ts,line=6,.*clusters-deselected/m,
  );
  expect(rejected.comment).toEqual({ status: 0, out: '', err: '' });
  expect(actions.comments).toEqual([
    ...OTHERS,
    { id: 102, user: { login: 'github-actions[bot]' }, body: expect.any(String) },
  ]);
  expect(rejected.report).toMatch(/^<!-- cdk8s-liqo -->\n.*rejected/is);
  expect(rejected.report).toContain('florence');
  expect(actions.summary).toBe(rejected.report);

  push(remote, 'narrow', NARROWED, APPROVED);
  const approved = judged('narrow');
  expect(approved.check).toMatchObject({ status: 0 });
  expect(approved.check?.out).not.toContain('::error');
  expect(actions.comments).toHaveLength(3);
  expect(approved.report).toMatch(/^<!-- cdk8s-liqo -->\n.*passed/is);
  expect(approved.report).toContain('PLAT-123 moved');
  expect(approved.report).toMatch(/delete.*shop-venice.*florence|florence.*delete.*shop-venice/is);

  const before = remote.head();
  git(remote.url, 'update-ref', 'refs/heads/main', remote.head('refs/pull/narrow/merge'));
  const onMain = actions.run('check', remote.clone(), pushed(before));
  expect(onMain).toMatchObject({ status: 0 });
  expect(actions.summary).toContain('PLAT-123 moved');

  push(remote, 'next', HARMLESS);
  const next = judged('next');
  expect(next.check).toMatchObject({ status: 0, err: '' });
  expect(next.check?.out).not.toMatch(/^::/m);
  expect(next.report).not.toMatch(/PLAT-123|clusters-deselected|approval/);
});

test('a push past the check is rejected on the main branch, against what the branch was before it', () => {
  const remote = new Remote(FILES);
  const actions = new Actions(recipe('.github/workflows/liqo.yaml'), []);
  const before = remote.head();
  push(remote, 'main', NARROWED);
  const root = remote.clone();
  expect(actions.run('check', root, pushed(before))).toMatchObject({ status: 1 });
  expect(actions.run('check', root, pushed(remote.head()))).toMatchObject({
    status: 1,
    out: expect.stringContaining('dist-stale'),
  });
  expect(actions.run('comment', root, pushed(before))).toBeUndefined();
  const queue: Event = {
    event_name: 'merge_group',
    base_ref: '',
    event: { merge_group: { base_sha: before } },
  };
  expect(actions.run('check', root, queue)).toMatchObject({ status: 1 });
  expect(actions.run('check', root, pushed('0'.repeat(40)))).toMatchObject({ status: 2 });
});

test('a main branch that is set back removes what it drops', () => {
  const remote = new Remote(FILES);
  const actions = new Actions(recipe('.github/workflows/liqo.yaml'), []);
  const older = remote.head();
  push(remote, 'main', OFFLOADED);
  const newer = remote.head();
  const root = remote.clone();
  expect(actions.run('check', root, pushed(older))).toMatchObject({ status: 0 });
  git(root, 'reset', '-q', '--hard', older);
  expect(actions.run('check', root, pushed(newer))).toMatchObject({
    status: 1,
    out: expect.stringContaining('namespace-removed'),
  });
});

test('a fork gets no comment', () => {
  const actions = new Actions(recipe('.github/workflows/liqo.yaml'), []);
  const head = { repo: { full_name: 'fork/platform' } };
  const event = { ...PULL_REQUEST, event: { number: 7, pull_request: { head } } };
  expect(actions.run('comment', '', event)).toBeUndefined();
});

test('every file that decides has an owner', () => {
  const patterns = recipe('.github/CODEOWNERS')
    .split('\n')
    .map((line) => line.split(/\s+/)[0] ?? '');
  const owners = ignore().add(patterns);
  const owned = (path: string) => owners.ignores(path);
  const deciding = [
    ...DECISIVE,
    'config/approvals/plat-123.yaml',
    '.github/workflows/liqo.yaml',
    '.github/CODEOWNERS',
    '.sourceignore',
    'apps/.sourceignore',
  ];
  expect(deciding.filter((file) => !owned(file))).toEqual([]);
  const ofRome = deciding
    .filter((file) => !file.startsWith('.github/'))
    .map((file) => `clusters/rome/${file}`);
  expect(ofRome.filter((file) => !owned(file))).toEqual([]);
  expect(owned('config/namespaces/demo/shop.ts')).toBe(false);
});

test("this repository's own workflow judges as the recipe does", () => {
  const judging = /AGAINST: >-.*?check \$AS --against "git:\$AGAINST"/s;
  const own = readFileSync(join(PROJECT, '.github/workflows/ci.yaml'), 'utf8');
  const [recipes] = judging.exec(recipe('.github/workflows/liqo.yaml')) ?? [];
  expect(recipes).toBeDefined();
  expect(judging.exec(own)?.[0]).toBe(recipes?.replace('npx cdk8s-liqo', 'node build/cli/main.js'));
});
