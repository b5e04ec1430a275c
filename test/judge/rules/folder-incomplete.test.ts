import { folderIncomplete as rule } from '../../../lib/judge/rules/folder-incomplete';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { toolDetection } from '../../../lib/manifests/engines/tool-detection';
import { FACTS, find, state } from '../given';

const found = (before: string, after: string, file = 'kustomization.yaml', engines: Engine[] = []) => {
  const tools = (text: string) => toolDetection('apps', text === '' ? [] : [{ path: `apps/${file}`, text }]);
  return find(rule, state(), state(), {
    ...FACTS,
    engines,
    tools: { before: tools(before), after: tools(after) },
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
      message: 'What a tool makes of the folder was not judged: it takes in base, more, beside the folder.',
    }),
  ]);
});

test('passes over one that takes in what lies in the folder, or is fetched from elsewhere', () => {
  expect(found(PLAIN, PLAIN)).toEqual([]);
});

test('finds a chart where Argo CD may be the engine', () => {
  expect(found('', 'name: x', 'Chart.yaml')).toHaveLength(1);
  expect(found('', 'name: x', 'Chart.yaml', ['argocd'])).toHaveLength(1);
  expect(found('', 'name: x', 'Chart.yaml', ['flux'])).toEqual([]);
});
