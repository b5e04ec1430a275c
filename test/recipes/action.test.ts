// action.yml, its steps run as a runner runs them: in a job that judges, and in one that reports and runs nothing of the change.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { commit, folder, git, PROJECT, write, type Ran } from '../scratch';
import { evaluated, GH, type Comment, type Event, type Step } from './github';
import { programs, Remote, shell } from './machine';
import { APPROVED, FILES, NARROWED } from './project';

const text = (file: string) => readFileSync(join(PROJECT, file), 'utf8');

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}
const ACTION = parse(text('action.yml')) as Action;

/** Runs the steps; artifacts and comments outlive a job. */
class Runner {
  readonly place = folder({ 'comments.json': '[]', 'summary.md': '', output: '' });
  readonly uploads: string[] = [];
  private readonly path = `${programs({ npm: '#!/bin/sh\ntest "$*" = ci\n', gh: GH })}:${process.env['PATH'] ?? ''}`;

  get comments(): readonly Comment[] {
    return JSON.parse(readFileSync(join(this.place, 'comments.json'), 'utf8')) as Comment[];
  }

  run(root: string, event: Event, given: Readonly<Record<string, string>>): Ran {
    const defaults = Object.entries(ACTION.inputs).map(([name, { default: value = '' }]) => [
      name,
      evaluated(value, event),
    ]);
    const inputs: Event = { ...Object.fromEntries(defaults), ...given };
    const value = (written: string) => evaluated(written, event, inputs, root);
    let ran: Ran = { status: 0, out: '', err: '' };
    for (const step of ACTION.runs.steps) {
      const condition = step.if ?? '';
      const isWanted = condition === '' || value(condition) === 'true';
      if (!isWanted || (ran.status !== 0 && !condition.includes('!cancelled()'))) continue;
      if (step.uses !== undefined) this.use(step, root, value);
      else {
        const env = Object.entries(step.env ?? {}).map(([key, one]) => [key, value(one)] as const);
        const { status, out, err } = shell(root, step.run ?? '', {
          ...Object.fromEntries(env),
          PATH: this.path,
          COMMENTS_FILE: join(this.place, 'comments.json'),
          GITHUB_STEP_SUMMARY: join(this.place, 'summary.md'),
          GITHUB_OUTPUT: join(this.place, 'output'),
        });
        ran = { status, out: ran.out + out, err: ran.err + err };
      }
    }
    return ran;
  }

  private use({ uses = '', with: inputs = {} }: Step, root: string, value: (text: string) => string): void {
    const [action = ''] = uses.split('@');
    const artifact = join(this.place, 'artifact');
    if (action === 'actions/upload-artifact')
      cpSync(value(inputs['path'] ?? ''), artifact, { recursive: true });
    else if (action === 'actions/download-artifact')
      cpSync(artifact, join(root, inputs['path'] ?? ''), { recursive: true });
    else if (action === 'github/codeql-action/upload-sarif')
      this.uploads.push(readFileSync(join(root, inputs['sarif_file'] ?? ''), 'utf8'));
    else expect(action).toBe('actions/setup-node');
  }
}

const head = { repo: { full_name: 'example/platform' } };
const PULL_REQUEST: Event = {
  event_name: 'pull_request',
  base_ref: 'main',
  repository: 'example/platform',
  token: 'token',
  event: { number: 7, before: 'HEAD', pull_request: { head } },
};

/** A clone in a folder of its own, as a runner has it, on a branch with the files. */
function changed(remote: Remote, ...changes: (typeof FILES)[]): string {
  const root = remote.clone();
  git(root, 'checkout', '-q', '-b', 'change');
  for (const files of changes) write(root, files);
  commit(root);
  return root;
}

test('a pull request is judged against its target, without a token, and told once', () => {
  const remote = new Remote(FILES);
  const runner = new Runner();
  const rejected = runner.run(changed(remote, NARROWED), PULL_REQUEST, {});
  expect(rejected).toMatchObject({
    status: 1,
    out: expect.stringMatching(/^::error .*clusters-deselected/m),
    err: '',
  });
  expect(readFileSync(join(runner.place, 'output'), 'utf8')).toBe('status=1\n');
  expect(runner.comments).toEqual([]);

  const elsewhere = folder();
  expect(runner.run(elsewhere, PULL_REQUEST, { run: 'report' })).toMatchObject({ status: 0, err: '' });
  expect(readdirSync(elsewhere)).toEqual(['liqo-report']); // nothing of the change was checked out
  expect(runner.comments.map(({ body }) => body)).toEqual([expect.stringContaining('rejected')]);
  expect(runner.uploads).toEqual([expect.stringContaining('clusters-deselected')]);

  const approved = changed(remote, NARROWED, APPROVED);
  shell(approved, 'npx --no-install cdk8s-liqo synth');
  commit(approved);
  expect(runner.run(approved, PULL_REQUEST, {}).status).toBe(0);
  runner.run(folder(), PULL_REQUEST, { run: 'report' });
  expect(runner.comments.map(({ body }) => body)).toEqual([expect.stringContaining('PLAT-123 moved')]);
});

test('a push is judged as it is, against what the branch was; a queue against its base', () => {
  const remote = new Remote(FILES);
  const before = remote.head();
  const root = changed(remote, NARROWED);
  const push = { event_name: 'push', base_ref: '', event: { before } };
  expect(new Runner().run(root, push, {}).out).toContain('clusters-deselected');
  const queue = { event_name: 'merge_group', base_ref: '', event: { merge_group: { base_sha: before } } };
  expect(new Runner().run(root, queue, {}).out).toContain('clusters-deselected');
  expect(new Runner().run(root, push, { against: 'HEAD' }).out).toContain('judged against HEAD');
});

test('what could not be judged is commented, and closes no alert', () => {
  const runner = new Runner();
  const event = { event_name: 'push', base_ref: '', event: { before: '0'.repeat(40) } };
  const { status } = runner.run(changed(new Remote(FILES)), event, {});
  expect(status).toBe(2);
  expect(existsSync(join(runner.place, 'artifact/liqo.sarif'))).toBe(false);
  runner.run(folder(), PULL_REQUEST, { run: 'report' });
  expect([runner.uploads, runner.comments.map(({ body }) => body)]).toEqual([
    [],
    [expect.stringContaining('could not judge')],
  ]);
});

test('names from outside are data', () => {
  const root = folder();
  mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
  const evil = '"; touch ran; echo "$(touch ran)';
  const event = { ...PULL_REQUEST, base_ref: evil };
  new Runner().run(root, event, { folder: evil, manifests: evil });
  expect(existsSync(join(root, 'ran'))).toBe(false);
});

test('a fork gets no comment', () => {
  const runner = new Runner();
  mkdirSync(join(runner.place, 'artifact'));
  const fork = {
    ...PULL_REQUEST,
    event: { number: 7, pull_request: { head: { repo: { full_name: 'a/b' } } } },
  };
  expect(runner.run(folder(), fork, { run: 'report' })).toMatchObject({ status: 0 });
  expect(runner.comments).toEqual([]);
});

const WORKFLOWS = readdirSync(join(PROJECT, '.github/workflows')).map((name) => `.github/workflows/${name}`);
const PAGES = ['action.yml', 'docs/ci.md', 'templates/check.yml', ...WORKFLOWS];

test.each(PAGES)('%s pins every action to a commit, and hands scripts no expression', (page) => {
  const lines = text(page).split('\n');
  const uses = lines.filter((line) => /^\s*(- )?uses: (?!\.\/|OWNER\/)/.test(line));
  expect(uses.filter((line) => !/@[0-9a-f]{40} # v\d/.test(line))).toEqual([]);
  const scripts = text(page).matchAll(/^( *)(?:- )?run: [|>]?-?\n?((?:.*\n)(?:\1 {2,}.*\n)*)/gm);
  expect([...scripts].map(([all]) => all).filter((script) => script.includes('${{'))).toEqual([]);
});
