import { appliedOf } from '../../lib/judge/applied';
import { State } from '../../lib/judge/state';
import { fluxArtifact } from '../../lib/manifests/engines/flux-artifact';
import type { Engine } from '../../lib/manifests/engines/engines';
import { toolDetection } from '../../lib/manifests/engines/tool-detection';
import { FACTS, manifests, namespace } from './given';

const at = (...files: string[]) => files.flatMap((file) => manifests(namespace('shop'), file));
const files = (steering: Readonly<Record<string, string>>, given: State, engines: readonly Engine[] = []) => {
  const all = Object.entries(steering).map(([path, text]) => ({ path, text }));
  const facts = {
    ...FACTS,
    engines,
    artifact: { ...FACTS.artifact, after: fluxArtifact(all.filter(({ path }) => path.endsWith('ignore'))) },
    tools: { ...FACTS.tools, after: toolDetection('apps', all) },
  };
  return appliedOf(given, facts, 'after').manifests.map(({ source }) => source.file);
};
const BOTH = ['apps/a/x.yaml', 'apps/b/x.yaml'];
const two = new State(at(...BOTH));

test('of copies, those count that a kustomization takes in', () => {
  const list = { 'apps/kustomization.yaml': '{resources: [b/x.yaml]}' };
  expect(files(list, two)).toEqual(['apps/b/x.yaml']);
  expect(files({ 'apps/kustomization.yaml': '{resources: []}' }, two)).toEqual(BOTH);
  expect(files(list, new State(at('apps/a/x.yaml')))).toEqual(['apps/a/x.yaml']);
});

test('of copies, those count that Flux fetches, where it may be the engine', () => {
  const ignore = { '.sourceignore': '/apps/a' };
  expect(files(ignore, two)).toEqual(['apps/b/x.yaml']);
  expect(files(ignore, two, ['flux'])).toEqual(['apps/b/x.yaml']);
  expect(files(ignore, two, ['argocd'])).toEqual(BOTH);
});

test('of copies, those count that say nothing against it', () => {
  const local = manifests(
    namespace('shop', 'annotations: { config.kubernetes.io/local-config: "true" }'),
    'apps/local.yaml',
  );
  expect(files({}, new State([...local, ...at('apps/a/x.yaml')]))).toEqual(['apps/a/x.yaml']);
  expect(files({}, two)).toEqual(BOTH);
});
