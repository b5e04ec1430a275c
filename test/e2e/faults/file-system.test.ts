// A dist that is a file system of its own, as in a container with a volume, and a small one that is full. Mounting needs a name
// space of its own: where the machine gives none, the tests are skipped.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CLEAN, PROJECT, type Ran } from '../../scratch';
import { begun } from './project';

const mayMount =
  spawnSync('unshare', ['-Urm', 'sh', '-c', 'mount -t tmpfs tmpfs /mnt']).status === 0 ? test : test.skip;

/** Runs synth where dist, with all it holds, lies on a file system of so many bytes; says then what dist holds. */
function synthOn(root: string, size: string): Ran {
  const script = `cp -r dist dist.copy && mount -t tmpfs -o size=${size} tmpfs dist && cp -r dist.copy/. dist && rm -r dist.copy
"$0" "$1" synth; status=$?
find dist -name '*.cdk8s-liqo.tmp'; cat dist/namespaces/many/n20.yaml; exit $status`;
  const { status, stdout, stderr } = spawnSync(
    'unshare',
    ['-Urm', 'sh', '-c', script, process.execPath, join(PROJECT, 'build/cli/main.js')],
    { cwd: root, env: CLEAN, encoding: 'utf8' },
  );
  return { status, out: stdout, err: stderr };
}

mayMount('dist on another file system', () => {
  const ran = synthOn(begun(), '8m');
  expect([ran.status, ran.err]).toEqual([0, '']);
  expect(ran.out).toContain('dist: 10 added, 30 changed, 10 removed, 2 unchanged');
  expect(ran.out).toContain('state: b');
});

mayMount('dist on a file system that is full is as it was', () => {
  const ran = synthOn(begun(), '250k');
  expect(ran).toMatchObject({
    status: 2,
    err: expect.stringMatching(/^error: dist cannot be written: ENOSPC/),
  });
  expect(ran.out).toContain('state: a');
  expect(ran.out).not.toContain('.cdk8s-liqo.tmp');
});
