// Folders, projects and repositories to try things in; each is gone when its test file is done.
import { spawnSync } from 'node:child_process';
import fs, {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type * as CommandLine from '../lib/cli/run';
import { checkPrinted } from './schemas';

export const PROJECT = join(__dirname, '..');

const made: string[] = [];
afterAll(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Files by path; undefined removes one. */
export type Files = Readonly<Record<string, string | Buffer | undefined>>;

export function write(root: string, files: Files): void {
  for (const [path, content] of Object.entries(files)) {
    const file = join(root, path);
    if (content === undefined) rmSync(file, { recursive: true, force: true });
    else {
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}

/** A new folder outside any repository, as its real path. */
export function folder(files: Files = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'cdk8s-liqo-test-')));
  made.push(root);
  write(root, files);
  return root;
}

/** The variables of a machine where nobody has configured git, and no pull request's CI is running. */
export const CLEAN = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(GIT_|CDK8S_|FORCE_COLOR|NO_COLOR|CI$)/.test(name)),
  ),
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

export function git(root: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync('git', args, { cwd: root, env: CLEAN, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** Commits everything; returns the commit's ID. */
export function commit(root: string, message = 'change'): string {
  git(root, 'add', '-A');
  git(root, 'commit', '-q', '--allow-empty', '-m', message);
  return git(root, 'rev-parse', 'HEAD');
}

/** A repository on branch main whose one commit holds the files. */
export function repository(files: Files): string {
  const root = folder(files);
  git(root, 'init', '-q', '-b', 'main');
  commit(root, 'first');
  return root;
}

/** The same function, which makes one folder for each list of arguments and hands out copies of it. */
export function copied<Given extends readonly unknown[]>(
  make: (...given: Given) => string,
): (...given: Given) => string {
  const originals = new Map<string, string>();
  return (...given) => {
    const key = JSON.stringify(given, (_, value: unknown) => (value === undefined ? null : value));
    const original = originals.get(key) ?? make(...given);
    originals.set(key, original);
    const root = folder();
    fs.cpSync(original, root, { recursive: true, verbatimSymlinks: true });
    return root;
  };
}

/** What main has is what origin has; what comes is on a branch of its own. */
export function branch(root: string): void {
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  git(root, 'checkout', '-q', '-b', 'work');
}

/** main and work, both one commit away from a common first one, with work checked out. */
export function parted(base: Files, theirs: Files, ours: Files): string {
  const root = repository(base);
  git(root, 'checkout', '-q', '-b', 'work');
  write(root, ours);
  commit(root);
  git(root, 'checkout', '-q', 'main');
  write(root, theirs);
  commit(root);
  git(root, 'checkout', '-q', 'work');
  return root;
}

/** The configs of a small project. */
export const CONFIGS: Files = {
  'cdk8s.yaml': 'language: typescript\napp: node --import tsx main.ts\noutput: .cdk8s-staging\n',
  'main.ts': "import { synth } from 'cdk8s-liqo';\nprocess.exitCode = synth();\n",
  'package.json': '{ "name": "project", "private": true }\n',
  '.gitignore': 'node_modules\n.cdk8s-staging/\n*.cdk8s-liqo.tmp\n',
  'config/cluster.ts':
    "import { defineCluster } from 'cdk8s-liqo';\nexport default defineCluster({ id: 'venice' });\n",
  'config/namespaces/demo/shop.ts':
    "import { defineNamespace } from 'cdk8s-liqo';\n" +
    "export default defineNamespace({ name: 'shop', offloading: { namespaceMappingStrategy: 'DefaultName' } });\n",
  'config/namespaces/demo/blog.ts':
    "import { defineNamespace } from 'cdk8s-liqo';\n" +
    "export default defineNamespace({ name: 'blog', offloading: { podOffloadingStrategy: 'Local' } });\n",
};

/** Installs this project's packages, and this project itself as it is built, in another folder. */
export function link(root: string): void {
  const packages = join(PROJECT, 'node_modules');
  mkdirSync(join(root, 'node_modules'));
  for (const name of readdirSync(packages))
    symlinkSync(join(packages, name), join(root, 'node_modules', name));
  symlinkSync(PROJECT, join(root, 'node_modules/cdk8s-liqo'));
}

export interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

function run(
  root: string,
  script: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  input?: string,
): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(PROJECT, script), ...args], {
    cwd: root,
    env: { ...CLEAN, ...env },
    encoding: 'utf8',
    input,
  });
  return { status, out: stdout, err: stderr };
}

/** Calls something with other variables and another standard input than those of the process. */
function surrounded<T>(env: NodeJS.ProcessEnv, input: string, call: () => T): T {
  const [ours, read] = [process.env, fs.readFileSync];
  const reading = (file: fs.PathOrFileDescriptor, options?: BufferEncoding) =>
    file === 0 ? Buffer.from(input) : read(file, options);
  process.env = { ...CLEAN, ...env };
  fs.readFileSync = reading as typeof read;
  try {
    return call();
  } finally {
    process.env = ours;
    fs.readFileSync = read;
  }
}

/** A stream that keeps what is written: a terminal where one of so many columns is wanted. */
function kept(columns: number | undefined) {
  const texts: string[] = [];
  const write = (text: string | Uint8Array) => texts.push(text.toString()) > 0;
  return { isTTY: columns !== undefined, columns: columns ?? 0, write, text: () => texts.join('') };
}

/**
 * Runs a command line from the sources in this process, which takes a fifth of the time of one of its own. Not for configs that
 * print, end the process or outlive the run: theirs is the process of the tests. See {@link binary}.
 * @param columns of the terminal that the command is started at; undefined for none
 */
export function cli(
  root: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input = '',
  columns?: number,
): Ran {
  // Most tests that make a folder run no command: only those that do load all of lib.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { run: runHere } = require('../lib/cli/run') as typeof CommandLine;
  const [stdout, stderr] = [kept(columns), kept(columns)];
  const io = {
    resolve: (path: string) => resolve(root, path),
    stdinIsTerminal: () => columns !== undefined,
    stdout,
    stderr,
  };
  const status = surrounded(env, input, () => runHere(args, io));
  checkPrinted(args, stdout.text());
  return { status, out: stdout.text(), err: stderr.text() };
}

/** Runs the built binary. */
export function binary(
  root: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
  input?: string,
): Ran {
  return run(root, 'build/cli/main.js', args, env, input);
}

/** Runs `cdk8s synth` in a project that is linked. */
export function cdk8s(root: string, args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Ran {
  return run(root, 'node_modules/cdk8s-cli/bin/cdk8s', ['synth', '--check-upgrade=false', ...args], env);
}

/** Every file below a folder with its bytes, but for git's own and the packages. */
export function snapshot(root: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  const visit = (inside: string) => {
    for (const entry of readdirSync(join(root, inside), { withFileTypes: true })) {
      const path = join(inside, entry.name);
      if (entry.isDirectory() && !['.git', 'node_modules', '.cdk8s-staging'].includes(entry.name))
        visit(path);
      else if (entry.isFile()) files.set(path, readFileSync(join(root, path), 'latin1'));
    }
  };
  visit('');
  return files;
}
