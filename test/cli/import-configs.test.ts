import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { writeConfigs } from '../../lib/cli/import-configs';
import { InputError } from '../../lib/input/error';
import { folder, snapshot, write } from '../scratch';

const adopted = (...files: string[]) =>
  files.map((file) => ({ name: 'x', file, text: `// ${file}\n`, managed: true, expected: [] }));

test('what was written can be taken back, with the folders that were made', () => {
  const root = folder({ 'config/namespaces/old/a.ts': 'mine' });
  const undo = writeConfigs(root, adopted('config/namespaces/old/b.ts', 'config/namespaces/new/deep/c.ts'));
  expect([...snapshot(root).keys()].sort()).toEqual([
    'config/namespaces/new/deep/c.ts',
    'config/namespaces/old/a.ts',
    'config/namespaces/old/b.ts',
  ]);
  undo();
  expect([...snapshot(root)]).toEqual([['config/namespaces/old/a.ts', 'mine']]);
  expect(existsSync(join(root, 'config/namespaces/new'))).toBe(false);
});

test('a file that came meanwhile is not overwritten, and nothing else is left', () => {
  const root = folder({ 'config/b.ts': 'came meanwhile' });
  expect(() => writeConfigs(root, adopted('config/new/a.ts', 'config/b.ts', 'config/c.ts'))).toThrow(
    InputError,
  );
  expect([...snapshot(root)]).toEqual([['config/b.ts', 'came meanwhile']]);
  expect(existsSync(join(root, 'config/new'))).toBe(false);
});

test('a folder into which somebody put something stays', () => {
  const root = folder();
  const undo = writeConfigs(root, adopted('config/new/a.ts'));
  write(root, { 'config/new/mine.ts': 'mine' });
  undo();
  expect([...snapshot(root)]).toEqual([['config/new/mine.ts', 'mine']]);
});
