import { isSteering, steeringIn } from '../../../lib/manifests/engines/steering-files';
import { folder } from '../../scratch';

const FILES = {
  'kustomization.yaml': '{patches: [{path: p.yaml}]}',
  'p.yaml': 'p',
  'x/.sourceignore': '*',
  'x/Chart.yaml': '',
  'README.md': '',
};

test('reads what decides by its name', () => {
  const read = steeringIn(folder(FILES), (file) => `apps/${file}`);
  expect(read.map(({ path }) => path)).toEqual([
    'apps/kustomization.yaml',
    'apps/x/.sourceignore',
    'apps/x/Chart.yaml',
  ]);
  expect(read[1]?.text).toBe('*');
});

test('a file that is no text is shown where people find it', () => {
  const root = folder({ 'kustomization.yaml': Buffer.from([0xff, 0xfe]) });
  const read = () =>
    steeringIn(
      root,
      (file) => `apps/${file}`,
      (file) => `old/${file}`,
    );
  expect(read).toThrow(
    expect.objectContaining({ problems: [expect.objectContaining({ file: 'old/kustomization.yaml' })] }),
  );
});

test.each([
  ...['kustomization.yaml', 'a/kustomization.yml', 'Kustomization', 'x/MyChart.yaml', 'a.jsonnet'],
  ...['.argocd-source.yaml', 'a/.argocd-source-shop.yaml'],
])('%s is a file of a tool', (path) => {
  expect(isSteering(path)).toBe(true);
});
test.each(['my-kustomization.yaml', 'Chart.yml', 'kustomization.yaml/shop.yaml', 'a.jsonnet.yaml'])(
  '%s is none',
  (path) => {
    expect(isSteering(path)).toBe(false);
  },
);
