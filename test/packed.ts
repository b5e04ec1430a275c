// The package as npm packs it, and a project that has it installed with all that it and cdk8s depend on, without a network.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { CLEAN, folder, PROJECT } from './scratch';

export interface Packed {
  /** Absolute path. */
  readonly tarball: string;
  /** The paths in it. */
  readonly files: readonly string[];
}

/** Packs the build as it is. */
export function pack(): Packed {
  const out = folder();
  const printed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', out], {
    cwd: PROJECT,
    env: CLEAN,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [packed] = JSON.parse(printed) as { filename: string; files: { path: string }[] }[];
  return {
    tarball: join(out, packed?.filename ?? ''),
    files: packed?.files.map(({ path }) => path) ?? [],
  };
}

/** Unpacks the package into node_modules of a project, beside links to every package of this one. */
export function install({ tarball }: Packed, project: string): void {
  const modules = join(project, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const name of readdirSync(join(PROJECT, 'node_modules'))) {
    if (!name.startsWith('.')) symlinkSync(join(PROJECT, 'node_modules', name), join(modules, name));
  }
  const own = join(modules, 'cdk8s-liqo');
  mkdirSync(own);
  execFileSync('tar', ['-xzf', tarball, '--strip-components=1', '-C', own]);
  chmodSync(join(own, 'build/cli/main.js'), 0o755); // as npm does for each bin
  symlinkSync('../cdk8s-liqo/build/cli/main.js', join(modules, '.bin/cdk8s-liqo'));
  symlinkSync('../cdk8s-cli/bin/cdk8s', join(modules, '.bin/cdk8s'));
}
