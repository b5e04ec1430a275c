// Two synths at once on one dist.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { CLEAN, cli, PROJECT } from '../../scratch';
import { begun, distOf, isTemporary, TRIALS } from './project';

interface Ended {
  readonly status: number | null;
  readonly err: string;
}

const synth = (root: string): Promise<Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(PROJECT, 'build/cli/main.js'), 'synth'], {
      cwd: root,
      env: CLEAN,
    });
    let err = '';
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.stdout.resume();
    child.on('close', (status) => {
      resolve({ status, err });
    });
  });

test(
  'each ends well or says why not, no file is torn, and the next run heals',
  async () => {
    const a = distOf(begun());
    const after = begun();
    expect(cli(after, ['synth']).status).toBe(0);
    const b = distOf(after);
    for (let i = 0; i < TRIALS; i += 1) {
      const root = begun();
      const ended = await Promise.all([synth(root), synth(root)]);
      for (const { status, err } of ended) {
        expect([0, 2]).toContain(status);
        if (status === 2) expect(err).toMatch(/^error: /);
        expect(err).not.toMatch(/^\s+at .*:\d+:\d+/m);
      }
      const dist = distOf(root);
      const torn = [...dist].filter(
        ([path, text]) => !isTemporary(path) && text !== a.get(path) && text !== b.get(path),
      );
      expect(torn).toEqual([]);
      if (ended.every(({ status }) => status === 0)) expect(dist).toEqual(b);
      expect(cli(root, ['synth']).status).toBe(0);
      expect(distOf(root)).toEqual(b);
    }
  },
  TRIALS * 20_000,
);
