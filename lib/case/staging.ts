// The folder that cdk8s wants output in. It empties that folder before it starts the app, so it must never be dist.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parse } from 'yaml';
import { codeOf, InputError, messageOf } from '../input/error';
import { isWithin, realPath } from '../manifests/folder';

export interface Staging {
  /** Absolute path; undefined where cdk8s did not start us. */
  readonly folder: string | undefined;
  /** Whether dist is published: not where cdk8s was told to write somewhere else. */
  readonly publishes: boolean;
}

/** What cdk8s.yaml names as output; cdk8s itself falls back to dist. */
export function configuredOutput(root: string): string {
  const file = join(root, 'cdk8s.yaml');
  if (!existsSync(file)) return 'dist';
  const config: unknown = parse(readFileSync(file, 'utf8'));
  const output =
    typeof config === 'object' && config !== null && 'output' in config ? config.output : undefined;
  return typeof output === 'string' ? output : 'dist';
}

/** cdk8s always says where it wants output. */
const outputFolder = (): string => process.env['CDK8S_OUTDIR'] ?? '';
export const isStartedByCdk8s = (): boolean => outputFolder() !== '';

/**
 * What the environment of cdk8s asks for.
 * @throws InputError where the output is dist, holds it or lies in it: cdk8s has emptied it by then
 */
export function stagingOf(root: string): Staging {
  const outdir = outputFolder();
  if (outdir === '') return { folder: undefined, publishes: true };
  const folder = realPath(resolve(root, outdir));
  const dist = realPath(join(root, 'dist'));
  if (isWithin(folder, dist) || isWithin(dist, folder)) {
    throw new InputError({
      message: `cdk8s is set to write to '${relative(root, folder) || '.'}', which overlaps dist and which it empties before it starts the app`,
      file: 'cdk8s.yaml',
      remedy:
        "Nothing was judged. Restore dist with `git restore dist` (or `git checkout HEAD -- dist`), keep 'output: .cdk8s-staging' in cdk8s.yaml, and do not set -o or CDK8S_OUTPUT.",
    });
  }
  return { folder, publishes: folder === realPath(resolve(root, configuredOutput(root))) };
}

/** One file with everything: cdk8s lists each file that it finds. @throws InputError where it cannot be written */
export function writeStaging(folder: string, files: ReadonlyMap<string, string>): void {
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk8s-liqo.k8s.yaml'), [...files.values()].join(''));
  } catch (thrown) {
    if (codeOf(thrown) === undefined) throw thrown;
    throw new InputError({
      code: 'output-failed',
      message: `the output for cdk8s cannot be written: ${messageOf(thrown)}`,
      file: folder,
    });
  }
}
