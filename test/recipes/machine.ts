// A machine of a CI service: a bare remote, clones of it, and the commands that the recipes of docs/ci.md call.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { CLEAN, commit, folder, git, link, PROJECT, write, type Files, type Ran } from '../scratch';

/** The file of that name as docs/ci.md shows it. */
export function recipe(path: string): string {
  const page = readFileSync(join(PROJECT, 'docs/ci.md'), 'utf8');
  const [, text] = page.split(`\n\`${path}\`\n\n`)[1]?.match(/^```[a-z]*\n(.*?\n)```/s) ?? [];
  if (text === undefined) throw new Error(`docs/ci.md shows no ${path}`);
  return text;
}

/** Programs by name, put in front of those of the machine. */
export function programs(texts: Readonly<Record<string, string>>): string {
  const bin = folder(texts);
  for (const name of Object.keys(texts)) chmodSync(join(bin, name), 0o755);
  return bin;
}

/** What `npm ci` would leave: this project's packages, and the binary where npx looks. */
export function install(root: string): void {
  link(root);
  const bin = join(root, 'node_modules/.bin');
  rmSync(bin);
  mkdirSync(bin);
  const start = `#!/bin/sh\nexec "${process.execPath}" "${join(PROJECT, 'build/cli/main.js')}" "$@"\n`;
  write(bin, { 'cdk8s-liqo': start });
  chmodSync(join(bin, 'cdk8s-liqo'), 0o755);
}

export class Remote {
  readonly url = folder();

  /** A remote whose main branch holds the files and what they synthesize to. */
  constructor(files: Files) {
    git(this.url, 'init', '-q', '--bare', '-b', 'main');
    const root = this.clone();
    git(root, 'checkout', '-q', '-b', 'main');
    write(root, files);
    const { status, err } = shell(root, 'npx --no-install cdk8s-liqo synth');
    if (status !== 0) throw new Error(err);
    commit(root, 'first');
    git(root, 'push', '-q', '-u', 'origin', 'main');
  }

  /** A clone with the packages installed. */
  clone(ref = ''): string {
    const root = folder();
    git(root, 'clone', '-q', this.url, '.');
    if (ref !== '') {
      git(root, 'fetch', '-q', 'origin', ref);
      git(root, 'checkout', '-q', '--detach', 'FETCH_HEAD');
    }
    install(root);
    return root;
  }

  /** What a service makes of a pull request: its branch merged into main. */
  merge(branch: string): string {
    const root = this.clone();
    git(root, 'merge', '-q', '--no-ff', '-m', `merge ${branch}`, `origin/${branch}`);
    git(root, 'push', '-q', '--force', 'origin', `HEAD:refs/pull/${branch}/merge`);
    return `refs/pull/${branch}/merge`;
  }

  head(branch = 'main'): string {
    return git(this.url, 'rev-parse', branch);
  }
}

/** Runs a script as the services do: it ends with the first command that fails. */
export function shell(root: string, script: string, env: NodeJS.ProcessEnv = {}, program = 'bash'): Ran {
  const options = program === 'bash' ? ['--noprofile', '--norc', '-eo', 'pipefail'] : ['-e'];
  const { status, stdout, stderr } = spawnSync(program, [...options, '-c', script], {
    cwd: root,
    env: { ...CLEAN, ...env },
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}
