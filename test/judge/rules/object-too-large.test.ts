import { objectTooLarge as rule } from '../../../lib/judge/rules/object-too-large';
import type { Engine } from '../../../lib/manifests/engines/engines';
import { FACTS, find, state } from '../given';

const LIMIT = 256 * 1024;
const configMap = (data: string) =>
  `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: big, namespace: shop }\ndata: { a: ${JSON.stringify(data)} }\n`;
const json = (data: string) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: 'big', namespace: 'shop' },
    data: { a: data },
  });
const fitting = 'x'.repeat(LIMIT - json('').length);

test('finds what is a byte too large, counted in bytes', () => {
  expect(find(rule, state(configMap(`${fitting}x`)))).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining("ConfigMap 'big' is larger than 256 KiB") },
  ]);
  expect(find(rule, state(configMap(`${fitting.slice(1)}é`)))).toHaveLength(1);
  expect(find(rule, state(configMap('\u0001'.repeat(LIMIT / 6))))).toHaveLength(1);
});

test('passes over what is applied on the side of the server', () => {
  const says = (option: string) =>
    configMap(`${fitting}x`).replace(
      'namespace: shop',
      `namespace: shop, annotations: { argocd.argoproj.io/sync-options: "Prune=false,${option}" }`,
    );
  expect(find(rule, state(says('ServerSideApply=true')))).toEqual([]);
  expect(find(rule, state(says('ServerSideApply=false')))).toHaveLength(1);
});

test('counts what an alias stands for', () => {
  const aliased = (times: number) =>
    `apiVersion: v1\nkind: ConfigMap\nmetadata: { name: big, namespace: shop }\ndata:\n  a: &a ${'x'.repeat(20_000)}\n` +
    Array.from({ length: times }, (_, i) => `  b${i}: *a\n`).join('');
  expect(find(rule, state(aliased(13)))).toHaveLength(1);
  expect(find(rule, state(aliased(11)))).toEqual([]);
});

test.each<[Engine[], number]>([
  [['argocd'], 1],
  [['argocd', 'flux'], 1],
  [['flux'], 0],
])('with the engines %j it finds %i', (engines, count) => {
  expect(find(rule, state(configMap(`${fitting}x`)), state(), { ...FACTS, engines })).toHaveLength(count);
});

test('passes over what fits, and over a large file of small objects', () => {
  expect(find(rule, state(configMap(fitting)))).toEqual([]);
  const many = Array.from({ length: 30 }, () => configMap('x'.repeat(10_000))).join('---\n');
  expect(find(rule, state(many))).toEqual([]);
});
