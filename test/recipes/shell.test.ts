// The plain script and the Git hook of docs/ci.md.
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { namespace, offloading } from '../judge/given';
import { commit, git, write } from '../scratch';
import { programs, recipe, Remote, shell } from './machine';
import { FILES, HARMLESS, NARROWED } from './project';

const path = `${programs({ npm: '#!/bin/sh\ntest "$*" = ci\n' })}:${process.env['PATH'] ?? ''}`;

test.each([
  ['narrowing', NARROWED, 1],
  ['a harmless one', HARMLESS, 0],
])('ci/liqo.sh judges %s', (_, files, status) => {
  const remote = new Remote({ ...FILES, 'ci/liqo.sh': recipe('ci/liqo.sh') });
  const root = remote.clone();
  git(root, 'checkout', '-q', '-b', 'work');
  write(root, files);
  shell(root, 'npx --no-install cdk8s-liqo synth || true');
  commit(root);
  git(root, 'update-ref', '-d', 'refs/remotes/origin/main');
  const ran = shell(root, '. ci/liqo.sh', { PATH: path }, 'sh');
  expect(ran.err).toContain('the branch that the change goes to');
  expect(shell(root, 'sh ci/liqo.sh main', { PATH: path }, 'sh')).toMatchObject({ status });
  expect(readFileSync(join(root, 'report.md'), 'utf8')).toMatch(status === 0 ? /passed/ : /rejected/);
});

const KUBECTL = spawnSync('kubectl', ['version', '--client']).status === 0;
(KUBECTL ? test : test.skip)('ci/liqo-rendered.sh judges what kustomize makes of an overlay', () => {
  const kustomization = (...entries: string[]) =>
    `kind: Kustomization\nresources: ${JSON.stringify(entries)}\n`;
  const remote = new Remote({
    ...FILES,
    'ci/liqo-rendered.sh': recipe('ci/liqo-rendered.sh'),
    'base/kustomization.yaml': kustomization('shop.yaml', 'offloading.yaml'),
    'base/shop.yaml': namespace('shop'),
    'base/offloading.yaml': offloading('shop', '{ clusterSelector: { nodeSelectorTerms: [] } }'),
    'overlays/venice/kustomization.yaml': kustomization('../../base'),
  });
  const root = remote.clone();
  const judged = () => {
    const { status, out } = shell(root, 'sh ci/liqo-rendered.sh overlays/venice main', { PATH: path }, 'sh');
    return [status, /unoffload|namespace-removed/.exec(out)?.[0]];
  };
  expect(judged()).toEqual([0, undefined]);
  write(root, { 'overlays/rome/kustomization.yaml': kustomization('../../base') });
  const rome = shell(root, 'sh ci/liqo-rendered.sh overlays/rome main', { PATH: path }, 'sh');
  expect(rome).toMatchObject({
    status: 0,
    out: expect.stringContaining('Judged against nothing: --against none'),
  });
  write(root, { 'base/kustomization.yaml': kustomization('shop.yaml') });
  expect(judged()).toEqual([1, 'unoffload']);
  write(root, { overlays: undefined });
  expect(judged()).toEqual([1, 'namespace-removed']);
  write(root, { 'overlays/venice/kustomization.yaml': kustomization('../../base') });
  expect(git(root, 'worktree', 'list').split('\n')).toHaveLength(1);
  expect(shell(root, 'npx cdk8s-liqo check overlays/venice', { PATH: path })).toMatchObject({
    status: 1,
    out: expect.stringContaining('folder-incomplete'),
  });
});

test('the hook lets only through what passes, and only where all of it is staged', () => {
  const root = new Remote({ ...FILES, '.githooks/pre-commit': recipe('.githooks/pre-commit') }).clone();
  chmodSync(join(root, '.githooks/pre-commit'), 0o755);
  git(root, 'config', 'core.hooksPath', '.githooks');
  const tried = (command: string) => shell(root, command, { PATH: path });
  const head = () => git(root, 'rev-parse', 'HEAD');
  const before = head();

  write(root, NARROWED);
  expect(tried('git commit -q -a -m narrow')).toMatchObject({
    status: 1,
    err: expect.stringContaining('clusters-deselected'), // where git sends what a hook prints
  });
  git(root, 'checkout', '-q', 'HEAD', '--', 'config');

  write(root, HARMLESS);
  expect(tried('npx cdk8s-liqo synth && git add dist && git commit -q -m half')).toMatchObject({
    status: 1,
    err: expect.stringContaining('not staged'),
  });
  write(root, { 'gitops/flux/venice.yaml': 'a: 1\n' });
  expect(tried('git add config dist && git commit -q -m half')).toMatchObject({
    status: 1,
    err: expect.stringContaining('not staged'),
  });
  rmSync(join(root, 'gitops'), { recursive: true });
  expect(head()).toBe(before);
  expect(tried('git add config dist && git commit -q -m whole')).toMatchObject({ status: 0 });
  expect(head()).not.toBe(before);
});
