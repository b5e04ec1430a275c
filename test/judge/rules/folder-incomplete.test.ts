import { folderIncomplete as rule } from '../../../lib/judge/rules/folder-incomplete';
import { toolDetection } from '../../../lib/manifests/tool-detection';
import { FACTS, find, state } from '../given';

const found = (before: string, after: string) => {
  const tools = (text: string) => toolDetection('apps', [{ path: 'apps/kustomization.yaml', text }]);
  return find(rule, state(), state(), { ...FACTS, tools: { before: tools(before), after: tools(after) } });
};

test('finds a kustomization that takes in what lies beside the folder, whether or not it is new', () => {
  const overlay = '{resources: [a.yaml, ../base], components: [../more]}';
  expect(found(overlay, overlay)).toEqual([
    expect.objectContaining({
      file: 'apps/kustomization.yaml',
      message: expect.stringContaining('takes in base, more, beside the folder'),
    }),
  ]);
});

test('passes over one that takes in what lies in the folder, or is fetched from elsewhere', () => {
  expect(found('{resources: [../base]}', '{resources: [a.yaml, b, https://x.example/crds.yaml]}')).toEqual(
    [],
  );
});
