// One question to git, one process: what it is given, how long it may take, and what its silence means.
import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { codeOf, InputError } from '../input/error';

/** The answer to a git command that may fail in ways that the caller understands. */
export interface Answer {
  readonly status: number;
  readonly out: Buffer;
  readonly err: string;
}

/** A hook hands these down; the repository that counts is the one around the project, wherever we are started from. */
const REPOSITORY_VARIABLES = new Set([
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_COMMON_DIR',
  'GIT_INDEX_FILE',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
  'GIT_SHALLOW_FILE',
  // Beside --literal-pathspecs git refuses these, and check-ignore refuses the last one.
  'GIT_GLOB_PATHSPECS',
  'GIT_NOGLOB_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
  'GIT_LITERAL_PATHSPECS',
]);

function environment(added: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !REPOSITORY_VARIABLES.has(name));
  const ours = {
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_GRAFT_FILE: '/dev/null',
  };
  return { ...Object.fromEntries(kept), ...ours, ...added };
}

/**
 * A folder of the work tree that looks like a bare repository (HEAD, objects, refs) would be taken for one, and the config
 * that was committed beside them names commands that git runs; "explicit" trusts only a `.git` (git-config, safe.bareRepository).
 * What core.fsmonitor names is run wherever git reads the index, and we have no use for it.
 */
const TRUSTED = ['-c', 'safe.bareRepository=explicit', '-c', 'core.fsmonitor=false', '--no-replace-objects'];

/** What a command is given beside its words. */
export interface Given {
  /** Standard input. */
  readonly input?: string;
  /** Options before the command; check-ignore does not know the default one. */
  readonly options?: readonly string[];
  /** Variables over those of the process. */
  readonly env?: NodeJS.ProcessEnv;
}

export function spawn(
  folder: string,
  args: readonly string[],
  { input, options = ['--literal-pathspecs'], env = {} }: Given = {},
): SpawnSyncReturns<Buffer> {
  return spawnSync('git', [...TRUSTED, ...options, ...args], {
    cwd: folder,
    input,
    maxBuffer: 2 ** 30,
    timeout: patience(),
    killSignal: 'SIGKILL', // a git that hangs may not listen to less
    env: environment(env),
  });
}

/** Milliseconds that one question to git may take: CDK8S_LIQO_GIT_TIMEOUT says it in seconds. */
function patience(): number {
  const seconds = Number(process.env['CDK8S_LIQO_GIT_TIMEOUT'] ?? '');
  return (seconds > 0 ? seconds : 600) * 1000;
}

export function answer({ error, status, signal, stdout, stderr }: SpawnSyncReturns<Buffer>): Answer {
  if (codeOf(error) === 'ETIMEDOUT')
    throw new InputError({
      code: 'git-failed',
      message: `git did not answer within ${patience() / 1000} seconds`,
      remedy: 'find out what blocks it, or allow more seconds with CDK8S_LIQO_GIT_TIMEOUT',
    });
  // What was ended has not said no.
  if (signal !== null)
    throw new InputError({
      code: 'git-failed',
      message: `git was killed by ${signal} before it answered`,
      remedy: 'run it again, with more memory if that is short',
    });
  if (error !== undefined) {
    const missing = codeOf(error) === 'ENOENT';
    throw new InputError({
      code: 'git-failed',
      message: missing ? 'git is not installed, or not on the PATH' : `git cannot be run: ${error.message}`,
      remedy: 'install git, which reads the baseline from this repository',
    });
  }
  return { status: status ?? 128, out: stdout, err: stderr.toString() };
}

export const run = (folder: string, args: readonly string[], given?: Given): Answer =>
  answer(spawn(folder, args, given));

/** What git lists with `-z`. */
export const namesIn = (out: Buffer) =>
  out
    .toString()
    .split('\0')
    .filter((name) => name !== '');

export const OBJECT_ID = /^[0-9a-f]{40,64}$/;

/** Of an answer that no git gives. */
export const nonsense = (command: string) =>
  new InputError({
    code: 'git-failed',
    message: `git ${command} gave an unexpected answer`,
    remedy: 'check that `git` on the PATH is git, and check the repository with `git fsck`',
  });

/** One line of what git said, for errors. */
export const firstLine = (text: string) => (text.trim().split('\n')[0] ?? '').replace(/^(fatal|error): /, '');
