// A git that fails, prints nonsense, is killed or hangs, at each of the questions that a check asks. The change is one that must
// be rejected, and HEAD has it already: whoever gives up on the main branch and looks at HEAD finds nothing.
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { TRIALS } from './project';
import { binary, cli, commit, CONFIGS, folder, git, link, repository, write, type Ran } from '../../scratch';

const REAL = spawnSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).stdout.trim();

/** Passes all questions on but the one that is asked for. */
const FAKE = `#!/bin/sh
n=$(($(cat "$COUNT_FILE") + 1))
echo $n > "$COUNT_FILE"
test "$n" = "$AT" || exec ${REAL} "$@"
case "$HOW" in
  status1) echo 'ffff garbage' >&2; exit 1 ;;
  status128) echo 'fatal: out of luck' >&2; exit 128 ;;
  garbage) head -c 3000 /bin/ls; exit 0 ;;
  words) echo 'once upon a time'; exit 0 ;;
  silence) exit 0 ;;
  half) ${REAL} "$@" > "$COUNT_FILE.out"; head -c $(($(wc -c < "$COUNT_FILE.out") / 2)) "$COUNT_FILE.out"; exit 0 ;;
  killed) kill -9 $$ ;;
  hangs) exec sleep 600 ;;
esac
`;

function rejected(): string {
  const root = repository(CONFIGS);
  link(root);
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root, 'dist');
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  for (const file of ['config/namespaces/demo/shop.ts', 'dist/namespaces/demo/shop.yaml'])
    write(root, { [file]: readFileSync(join(root, file), 'utf8').replace('DefaultName', 'EnforceSameName') });
  commit(root, 'another strategy');
  return root;
}

const root = rejected();
const bin = folder({ git: FAKE });
chmodSync(join(bin, 'git'), 0o755);
const counter = join(folder(), 'count');

function check(at: number, how: string): Ran {
  write(join(counter, '..'), { count: '0' });
  const env = { PATH: `${bin}:${process.env['PATH'] ?? ''}`, COUNT_FILE: counter, AT: String(at), HOW: how };
  return cli(root, ['check', '--format', 'json'], {
    ...env,
    CDK8S_LIQO_GIT_TIMEOUT: how === 'hangs' ? '1' : '600',
  });
}

const isRejected = ({ status, out }: Ran) =>
  status === 1 && out.includes('"rule": "mapping-strategy-immutable"');
const isRefused = ({ status, err, out }: Ran) =>
  status === 2 && !out.includes('"findings"') && /^error: /m.test(err) && !/^\s+at .*:\d+:\d+/m.test(err);

/** In a short run each fault meets every third question, another third than the fault before it. */
const EVERY = TRIALS < 100 ? 3 : 1;

const QUESTIONS = (() => {
  const ran = check(0, 'none');
  if (!isRejected(ran)) throw new Error(ran.out + ran.err);
  return Number(readFileSync(counter, 'utf8'));
})();

test('there are questions', () => {
  expect(QUESTIONS).toBeGreaterThan(5);
});

// Where an answer does not matter the verdict is the right one; it is never another, and mostly there is none.
const FAULTS = ['status1', 'status128', 'garbage', 'words', 'silence', 'half', 'killed'];
test.each(FAULTS)('a git with %s', (how) => {
  const asked = Array.from({ length: QUESTIONS }, (_, i) => i + 1);
  const ran = asked
    .filter((at) => (at + FAULTS.indexOf(how)) % EVERY === 0)
    .map((at) => ({ at, ...check(at, how) }));
  expect(ran.filter((one) => !isRejected(one) && !isRefused(one))).toEqual([]);
  expect(ran.filter(isRefused).length).toBeGreaterThan(0);
});

test('a git that hangs is given up', () => {
  const ran = check(QUESTIONS, 'hangs');
  expect(isRefused(ran)).toBe(true);
  expect(ran.err).toContain('did not answer within 1 second');
});

test('no git at all', () => {
  const empty = folder({ node: `#!/bin/sh\nexec "${process.execPath}" "$@"\n` });
  const ran = binary(root, ['check', '--format', 'json'], { PATH: empty });
  expect(isRefused(ran)).toBe(true);
  expect(ran.err).toContain('git is not installed');
});
