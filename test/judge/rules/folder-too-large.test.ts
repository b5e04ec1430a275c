import { folderTooLarge as rule } from '../../../lib/judge/rules/folder-too-large';
import { State } from '../../../lib/judge/state';
import { FACTS, find, manifests, namespace, offloading } from '../given';

/** Namespaces with their offloadings, one file each. */
const many = (count: number, folder: string) =>
  Array.from({ length: count }, (_, i) =>
    manifests(`${namespace(`n${i}`)}---\n${offloading(`n${i}`)}`, `${folder}/n${i}.yaml`),
  ).flat();
const FLUX = { ...FACTS, engines: ['flux'] } as const;
const ARGO = { ...FACTS, engines: ['argocd'] } as const;

test('finds a folder with a namespace too many', () => {
  expect(find(rule, new State(many(1001, 'dist/namespaces/a')))).toMatchObject([
    { message: expect.stringContaining('dist/namespaces/a holds more than 1,000 namespaces') },
  ]);
  expect(find(rule, new State(many(1001, 'deploy')), undefined, FLUX)).toHaveLength(1);
});

test('passes over a folder that is full, however many objects it has', () => {
  expect(find(rule, new State(many(1000, 'dist/namespaces/a')))).toEqual([]);
});

test('for Flux folders below count as well, for Argo CD they do not', () => {
  const state = new State([
    ...many(600, 'dist/namespaces/a'),
    ...manifests(namespace('x'), 'dist/namespaces/a/b/x.yaml'),
    ...many(600, 'dist/namespaces/c').map((one) => ({
      ...one,
      name: `c-${one.name}`,
      namespace: `c-${one.namespace}`,
    })),
  ]);
  expect(find(rule, state, undefined, FLUX)).toEqual([]);
  const nested = new State([
    ...many(600, 'dist/namespaces/a'),
    ...many(1200, 'dist/namespaces/a/b').slice(1200),
  ]);
  expect(find(rule, nested, undefined, ARGO)).toEqual([]);
  expect(find(rule, nested)).toEqual([]);
  expect(find(rule, nested, undefined, FLUX)).toMatchObject([
    { message: expect.stringContaining('dist/namespaces/a holds') },
  ]);
});
