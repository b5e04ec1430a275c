// GitHub Actions, as far as the recipe asks: expressions, steps, artifacts, and `gh api` over a pull request's comments.
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { folder, write, type Ran } from '../scratch';
import { programs, shell } from './machine';

export interface Step {
  readonly uses?: string;
  readonly if?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job {
  readonly if?: string;
  readonly steps: readonly Step[];
}

/** The `github` context of an event. */
export type Event = Readonly<Record<string, unknown>>;

/** Comments, and `gh api` that lists them through a filter of jq, adds one, or writes over one. */
export const GH = `#!/usr/bin/env node
const { execFileSync } = require('node:child_process');
const { readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const after = (name) => args[args.indexOf(name) + 1];
const state = process.env.COMMENTS_FILE;
const comments = JSON.parse(readFileSync(state, 'utf8'));
if (args[0] !== 'api' || !process.env.GH_TOKEN) process.exit(4);
if (args.includes('--jq')) {
  if (args[2] !== 'repos/example/platform/issues/7/comments') process.exit(5);
  process.stdout.write(execFileSync('jq', ['-r', after('--jq')], { input: JSON.stringify(comments) }));
} else {
  const body = readFileSync(after('--field').replace('body=@', ''), 'utf8');
  const url = args[3];
  const user = { login: 'github-actions[bot]' };
  if (after('--method') === 'POST' && url === 'repos/example/platform/issues/7/comments')
    comments.push({ id: 100 + comments.length, user, body });
  else if (after('--method') === 'PATCH')
    comments.find(({ id }) => url === \`repos/example/platform/issues/comments/\${id}\`).body = body;
  else process.exit(6);
  writeFileSync(state, JSON.stringify(comments));
}
`;

export interface Comment {
  readonly id: number;
  readonly user: { readonly login: string };
  readonly body: string;
}

export class Actions {
  private readonly place: string;
  private readonly path: string;
  private readonly workflow: { jobs: Readonly<Record<string, Job>> };

  constructor(workflow: string, comments: readonly Comment[]) {
    this.workflow = parse(workflow) as typeof this.workflow;
    this.place = folder({ 'comments.json': JSON.stringify(comments) });
    this.path = `${programs({ npm: '#!/bin/sh\ntest "$*" = ci\n', gh: GH })}:${process.env['PATH'] ?? ''}`;
  }

  get comments(): readonly Comment[] {
    return JSON.parse(readFileSync(join(this.place, 'comments.json'), 'utf8')) as Comment[];
  }

  /** Runs a job in a clone; undefined where its condition does not hold. */
  run(name: string, root: string, event: Event): Ran | undefined {
    const job = this.workflow.jobs[name];
    if (job === undefined) throw new Error(`no job ${name}`);
    if (job.if !== undefined && evaluated(job.if, event) !== 'true') return undefined;
    let ran: Ran = { status: 0, out: '', err: '' };
    for (const step of job.steps) {
      const condition = step.if === undefined ? ran.status === 0 : evaluated(step.if, event) === 'true';
      if (!condition) continue;
      const next = step.uses === undefined ? this.script(step, root, event) : this.action(step, root);
      ran = {
        status: ran.status === 0 ? next.status : ran.status,
        out: ran.out + next.out,
        err: ran.err + next.err,
      };
    }
    return ran;
  }

  private script({ run = '', env = {} }: Step, root: string, event: Event): Ran {
    const values = Object.entries(env).map(([key, value]) => [key, evaluated(value, event)] as const);
    return shell(root, run, {
      ...Object.fromEntries(values),
      PATH: this.path,
      COMMENTS_FILE: join(this.place, 'comments.json'),
      GITHUB_STEP_SUMMARY: join(this.place, 'summary.md'),
    });
  }

  private action({ uses = '', with: inputs = {} }: Step, root: string): Ran {
    const [action = ''] = uses.split('@');
    if (action === 'actions/upload-artifact')
      copyFileSync(join(root, inputs['path'] ?? ''), join(this.place, inputs['name'] ?? ''));
    else if (action === 'actions/download-artifact')
      write(root, { 'report.md': readFileSync(join(this.place, inputs['name'] ?? '')) });
    else if (!['actions/checkout', 'actions/setup-node'].includes(action))
      throw new Error(`no action ${uses}`);
    return { status: 0, out: '', err: '' };
  }

  get summary(): string {
    return readFileSync(join(this.place, 'summary.md'), 'utf8');
  }
}

/** The text with its expressions in place. They are JavaScript, as far as the recipe goes; what is falsy is empty. */
export function evaluated(text: string, event: Event, inputs: Event = {}, root = ''): string {
  const format = (pattern: string, value: string) => pattern.replace('{0}', value);
  return text.replace(/\$\{\{(.*?)\}\}/gs, (_, expression: string) => {
    // What a context lacks is empty, however deep.
    const optional = expression.replace(/\bgithub(\.\w+)+/g, (path) => path.replaceAll('.', '?.'));
    const body = `return ${optional.trim().replaceAll('\n', ' ')};`;
    // eslint-disable-next-line @typescript-eslint/no-implied-eval
    const evaluate = new Function('github', 'format', 'cancelled', 'inputs', 'runner', 'hashFiles', body) as (
      ...given: unknown[]
    ) => unknown;
    const hashFiles = (path: string) => (existsSync(join(root, path)) ? 'hash' : '');
    const value = evaluate(event, format, () => false, inputs, { temp: join(root, '../temp') }, hashFiles);
    return typeof value === 'string' || typeof value === 'number' || value === true ? String(value) : '';
  });
}
