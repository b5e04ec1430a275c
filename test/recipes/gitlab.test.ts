// The pipeline of docs/ci.md, run with the variables that GitLab gives, and `curl` over a merge request's notes.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { commit, folder, git, write } from '../scratch';
import { programs, recipe, Remote, shell } from './machine';
import { FILES, NARROWED } from './project';

const PIPELINE = parse(recipe('.gitlab-ci.yml')) as Readonly<Record<string, { script: string[] }>>;
const script = (job: string) => PIPELINE[job]?.script.join('\n') ?? 'false';

/** Lists notes, adds one, or writes over one. The user of the token is 7. */
const CURL = `#!/usr/bin/env node
const { readFileSync, writeFileSync } = require('node:fs');
const args = process.argv.slice(2);
const notes = JSON.parse(readFileSync(process.env.NOTES_FILE, 'utf8'));
const after = (name) => args[args.indexOf(name) + 1];
const url = args.find((arg) => arg.startsWith('https://'));
if (after('--header') !== 'PRIVATE-TOKEN: token') process.exit(22);
const all = 'https://gitlab.test/api/v4/projects/3/merge_requests/7/notes';
const body = () => readFileSync(after('--data-urlencode').replace('body@', ''), 'utf8');
if (url === 'https://gitlab.test/api/v4/user') console.log('{ "id": 7 }');
else if (url === all + '?per_page=100&sort=asc') console.log(JSON.stringify(notes));
else if (url === all && after('--request') === 'POST') notes.push({ id: 50, author: { id: 7 }, body: body() });
else if (url === all + '/50' && after('--request') === 'PUT') notes.find(({ id }) => id === 50).body = body();
else process.exit(22);
writeFileSync(process.env.NOTES_FILE, JSON.stringify(notes));
`;

const withJq = spawnSync('jq', ['--version']).status === 0 ? test : test.skip;
const path = `${programs({ npm: '#!/bin/sh\ntest "$*" = ci\n', curl: CURL })}:${process.env['PATH'] ?? ''}`;

withJq('a merge request is judged against its target, and its report renewed', () => {
  const remote = new Remote(FILES);
  const root = remote.clone();
  git(root, 'checkout', '-q', '-b', 'narrow');
  write(root, NARROWED);
  commit(root);
  // GitLab says 0000… of a merge request, and knows no origin/main but what is fetched.
  git(root, 'update-ref', '-d', 'refs/remotes/origin/main');
  git(root, 'symbolic-ref', '--delete', 'refs/remotes/origin/HEAD');
  const notes = join(
    folder({ notes: JSON.stringify([{ id: 1, author: { id: 9 }, body: '<!-- cdk8s-liqo -->' }]) }),
    'notes',
  );
  const env = {
    PATH: path,
    NOTES_FILE: notes,
    LIQO_REPORT_TOKEN: 'token',
    CI_API_V4_URL: 'https://gitlab.test/api/v4',
    CI_PROJECT_ID: '3',
    CI_MERGE_REQUEST_IID: '7',
    CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
    CI_COMMIT_BEFORE_SHA: '0'.repeat(40),
  };
  expect(shell(root, script('liqo'), env)).toMatchObject({
    status: 1,
    out: expect.stringContaining('clusters-deselected'),
  });
  expect(readFileSync(join(root, 'junit.xml'), 'utf8')).toContain('clusters-deselected');
  for (const body of [readFileSync(join(root, 'report.md'), 'utf8'), '<!-- cdk8s-liqo -->\nrenewed\n']) {
    write(root, { 'report.md': body });
    expect(shell(root, script('liqo-comment'), env)).toEqual({ status: 0, out: '', err: '' });
    expect(JSON.parse(readFileSync(notes, 'utf8'))).toEqual([
      { id: 1, author: { id: 9 }, body: '<!-- cdk8s-liqo -->' },
      { id: 50, author: { id: 7 }, body },
    ]);
  }
});

test('a push to the default branch is judged against the commit before it', () => {
  const remote = new Remote(FILES);
  const root = remote.clone();
  write(root, NARROWED);
  commit(root);
  git(root, 'push', '-q', 'origin', 'HEAD:main');
  const push = (before: string) =>
    shell(root, script('liqo'), { PATH: path, CI_COMMIT_BEFORE_SHA: git(root, 'rev-parse', before) });
  expect(push('HEAD~1')).toMatchObject({ status: 1, out: expect.stringContaining('clusters-deselected') });
  expect(existsSync(join(root, 'report.md'))).toBe(true);
});
