import { folderIncomplete as rule } from '../../../lib/judge/rules/folder-incomplete';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { FACTS, find, seen, state } from '../given';

const found = (before: string, after: string, file = 'kustomization.yaml', engines: Engine[] = []) => {
  const files = (text: string) => (text === '' ? {} : { [`apps/${file}`]: text });
  return find(rule, state(), state(), {
    ...FACTS,
    ...seen({ known: engines, before: files(before), after: files(after) }),
  });
};
const OVERLAY = '{resources: [a.yaml, ../base, ../more]}';
const PLAIN = '{resources: [a.yaml, https://x.example/crds.yaml]}';

test.each([
  ['on both sides', OVERLAY, OVERLAY],
  ['anew', PLAIN, OVERLAY],
  ['at the baseline', OVERLAY, PLAIN],
])('finds, once, a kustomization that takes in what lies beside the folder: %s', (_, before, after) => {
  expect(found(before, after)).toEqual([
    expect.objectContaining({
      file: 'apps/kustomization.yaml',
      message:
        'Cannot tell what `kubectl kustomize` renders here: it includes base, more from outside the folder.',
    }),
  ]);
});

test('passes over one that takes in what lies in the folder, or is fetched from elsewhere', () => {
  expect(found(PLAIN, PLAIN)).toEqual([]);
});

test('finds a chart, whichever the engine is', () => {
  expect(found('', 'name: x', 'Chart.yaml')).toHaveLength(1);
  expect(found('', 'name: x', 'Chart.yaml', ['argocd'])).toHaveLength(1);
  expect(found('', 'name: x', 'Chart.yaml', ['flux'])).toHaveLength(1);
});
