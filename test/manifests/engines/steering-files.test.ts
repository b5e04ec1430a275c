import { steeringIn } from '../../../lib/manifests/engines/steering-files';
import { folder } from '../../scratch';

const FILES = {
  'kustomization.yaml':
    '{patches: [{path: p.txt}, {path: x/q.txt}, {path: ../outside.txt}, {path: gone.txt}, {path: x/.sourceignore}]}',
  'p.txt': 'p',
  'x/q.txt': 'q',
  'x/.sourceignore': '*',
  'shop.yaml': 'a: 1',
  'README.md': '',
};

test('reads what decides by its name, and what that names, each once', () => {
  const root = folder({ ...FILES, '../outside.txt': undefined });
  const read = steeringIn(root, (file) => `apps/${file}`);
  expect(read.map(({ path }) => path).sort()).toEqual([
    'apps/kustomization.yaml',
    'apps/p.txt',
    'apps/x/.sourceignore',
    'apps/x/q.txt',
  ]);
  expect(read.find(({ path }) => path === 'apps/x/q.txt')?.text).toBe('q');
});

test('a file that is no text is shown where people find it', () => {
  const root = folder({ 'kustomization.yaml': Buffer.from([0xff, 0xfe]) });
  expect(() =>
    steeringIn(
      root,
      (file) => `apps/${file}`,
      (file) => `old/${file}`,
    ),
  ).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ file: 'old/kustomization.yaml' })] }),
  );
});
