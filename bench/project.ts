// A project of any size in a Git repository of its own: one config file a namespace, five hundred files a folder.
import { spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { parseAllDocuments } from 'yaml';

const PACKAGE = join(__dirname, '..');
const REGIONS = ['north', 'south', 'center', 'west'];

/** How many namespaces differ from the baseline. */
export const CHANGED = 10;

/** A branch that is one commit ahead of the project's. */
export const AHEAD = 'ahead';

/** The binary as it is built. */
export const BINARY = join(PACKAGE, 'build/cli/main.js');

/** Files of a project that hold what the others are to read and write. */
export const TEXTS_ALL = 'all.json';
export const TEXTS_CHANGED = 'changed.json';
export const OBJECTS = 'objects.json';

const nameOf = (i: number) => `tenant-${String(i).padStart(5, '0')}`;
const fileOf = (i: number) => `config/namespaces/group-${Math.floor(i / 500)}/${nameOf(i)}.ts`;

function config(i: number, owner: string): string {
  const region = REGIONS[i % REGIONS.length] ?? '';
  return `import { defineNamespace } from 'cdk8s-liqo';

export default defineNamespace({
  name: '${nameOf(i)}',
  labels: { owner: '${owner}', tier: '${i % 3 === 0 ? 'gold' : 'standard'}' },
  annotations: { 'example.com/contact': 'platform@example.com' },
  offloading: {
    namespaceMappingStrategy: 'EnforceSameName',
    podOffloadingStrategy: 'LocalAndRemote',
    clusterSelector: ['topology.liqo.io/region in (${region},islands),!maintenance', 'tenant=${i}'],
  },
});
`;
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function run(root: string, command: string, ...args: string[]): void {
  const env = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const { status, stderr } = spawnSync(command, args, { cwd: root, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`);
}

const commit = (root: string, message: string) => {
  const author = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.com'];
  run(root, 'git', ...author, 'commit', '-q', '-m', message);
};

const synth = (root: string, against: string) => {
  run(root, process.execPath, BINARY, 'synth', '--against', against);
};

function distOf(root: string): Map<string, string> {
  const files = readdirSync(join(root, 'dist'), { recursive: true, encoding: 'utf8' });
  const yaml = files.filter((file) => file.endsWith('.yaml')).sort();
  return new Map(yaml.map((file) => [file, readFileSync(join(root, 'dist', file), 'utf8')]));
}

/** What plain cdk8s and kustomize are given: the objects and the files that our own dist holds. */
function writeInputsOfOthers(root: string, before: Map<string, string>, after: Map<string, string>): void {
  const objects = [...after].map(([file, text]) => [
    basename(file, '.yaml'),
    parseAllDocuments(text).map((document) => document.toJS() as unknown),
  ]);
  const changed = [...after].filter(([file, text]) => before.get(file) !== text);
  write(root, OBJECTS, JSON.stringify(Object.fromEntries(objects)));
  write(root, TEXTS_ALL, JSON.stringify(Object.fromEntries(after)));
  write(root, TEXTS_CHANGED, JSON.stringify(Object.fromEntries(changed)));
  for (const [file, text] of after) write(root, `kustomize/${file}`, text);
  const resources = [...after.keys()].map((file) => `  - ${file}\n`).join('');
  write(root, 'kustomize/kustomization.yaml', `resources:\n${resources}`);
}

/**
 * Writes a project whose dist is committed, then changes {@link CHANGED} of its configs.
 * @returns the absolute path of its folder
 */
export function makeProject(size: number): string {
  const root = mkdtempSync(join(tmpdir(), `cdk8s-liqo-bench-${size}-`));
  write(root, 'package.json', '{ "name": "bench", "private": true }\n');
  write(
    root,
    'config/cluster.ts',
    "import { defineCluster } from 'cdk8s-liqo';\nexport default defineCluster({ id: 'venice' });\n",
  );
  for (let i = 0; i < size; i += 1) write(root, fileOf(i), config(i, 'platform'));
  symlinkSync(join(PACKAGE, 'node_modules'), join(root, 'node_modules'));
  synth(root, 'none');
  run(root, 'git', 'init', '-q', '-b', 'main');
  run(root, 'git', 'add', 'config', 'dist');
  commit(root, 'all');
  run(root, 'git', 'switch', '-q', '-c', AHEAD);
  write(root, 'README.md', 'Main went on.\n');
  run(root, 'git', 'add', 'README.md');
  commit(root, 'ahead');
  run(root, 'git', 'switch', '-q', 'main');
  const before = distOf(root);
  for (let i = 0; i < CHANGED; i += 1) {
    const changed = Math.floor((i * size) / CHANGED);
    write(root, fileOf(changed), config(changed, 'somebody-else'));
  }
  synth(root, 'HEAD');
  writeInputsOfOthers(root, before, distOf(root));
  return root;
}

/** Puts dist on disk back to what the baseline holds. */
export function restoreDist(root: string): void {
  run(root, 'git', 'checkout', '-q', '--', 'dist');
}

export function remove(root: string, path: string): void {
  rmSync(join(root, path), { recursive: true, force: true });
}
