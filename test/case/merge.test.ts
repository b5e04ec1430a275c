// A branch that is behind main is judged as the merge that git would make of it: `check` on it finds what `git merge` and then
// `check` finds. CDK8S_LIQO_DRAWS draws more pairs of edits (`npm run test:merges`: 100 of each kind), CDK8S_LIQO_SEED others.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { examine } from '../../lib/case/examine';
import { readProject, published } from '../../lib/case/project';
import { workTree } from '../../lib/case/checkout';
import { InputError } from '../../lib/input/error';
import { compareDist, publish } from '../../lib/manifests/dist';
import { Repository } from '../../lib/manifests/git';
import type { Finding } from '../../lib/judge/finding';
import { commit, folder, git, write, type Files } from '../scratch';
import { asConfigs, asManifests, edited, FIRST, random } from './draws';

const DRAWS = Number(process.env['CDK8S_LIQO_DRAWS'] ?? 6);
const SEED = Number(process.env['CDK8S_LIQO_SEED'] ?? 16);
const quiet = () => undefined;

function synth(root: string): void {
  const { compiled, disk } = readProject(workTree(root, Repository.around(root)), root, quiet);
  publish(disk, published(compiled), compareDist(disk, published(compiled)));
}

/** The work tree holds these files and no others; dist is what configs give, where there are any. */
function become(root: string, files: Files, isProject: boolean): void {
  for (const one of ['config', 'deploy', '.sourceignore'])
    rmSync(join(root, one), { recursive: true, force: true });
  write(root, files);
  if (isProject) synth(root);
  commit(root);
}

/** What a reader sees of findings; an error that stops everything is one too. */
function findings(root: string, dir: string | undefined): readonly Finding[] | string {
  try {
    const { verdict } = examine({ root, against: 'main', progress: quiet }, dir);
    return verdict.findings;
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.message;
    throw thrown;
  }
}

/** Merges main; undefined where git cannot, other than in what is generated. */
function merged(root: string, isProject: boolean): boolean {
  try {
    git(root, 'merge', '-q', '--no-edit', 'main');
    return true;
  } catch {
    const conflicts = git(root, 'diff', '--name-only', '--diff-filter=U').split('\n');
    if (!isProject || !conflicts.every((path) => path.startsWith('dist/'))) return false;
    rmSync(join(root, 'dist'), { recursive: true, force: true });
    synth(root);
    git(root, 'add', '-A');
    git(root, 'commit', '-q', '--no-edit');
    return true;
  }
}

describe.each([
  ['manifests in a folder', asManifests, 'deploy'],
  ['configs', asConfigs, undefined],
])('%s', (_, filesOf, dir) => {
  const isProject = dir === undefined;
  test.each(Array.from({ length: DRAWS }, (__, i) => SEED * 1000 + i))('draw %i', (seed) => {
    const draw = random(seed);
    const root = folder({});
    git(root, 'init', '-q', '-b', 'main');
    mkdirSync(join(root, 'node_modules'));
    write(root, { '.gitignore': 'node_modules\n' });
    const base = edited(FIRST, draw);
    become(root, filesOf(base), isProject);
    git(root, 'checkout', '-q', '-b', 'work');
    const ours = edited(base, draw);
    become(root, filesOf(ours), isProject);
    git(root, 'checkout', '-q', 'main');
    become(root, filesOf(edited(base, draw)), isProject);
    git(root, 'checkout', '-q', 'work');
    const asBranch = findings(root, dir);
    if (!merged(root, isProject))
      expect(asBranch).toMatch(/git cannot merge it|nobody can tell|not be judged/);
    else {
      const stale = (one: readonly Finding[] | string) =>
        typeof one === 'string' ? one : one.filter(({ rule }) => rule !== 'dist-stale');
      expect(stale(asBranch)).toEqual(stale(findings(root, dir)));
    }
  });
});
