import { runtimeClassCarriedOver as rule } from '../../../lib/judge/rules/runtime-class-carried-over';
import { FACTS, find, state } from '../given';

const web = (spec: string, metadata = '{}', kind = 'Deployment') =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: web, namespace: shop }\n` +
  `spec: { template: { metadata: ${metadata}, spec: ${spec} } }\n`;
const facts = (name: string, chart = name) => ({ ...FACTS, runtimeClass: { name, chart } });
const VIRTUAL = '{ runtimeClassName: virtual }';

test("finds pods of Liqo's class under another name", () => {
  expect(find(rule, state(web(VIRTUAL)), state(), facts('virtual'))).toMatchObject([
    { namespace: 'shop', message: expect.stringContaining("'shop/web' takes the RuntimeClass 'virtual'") },
  ]);
});

test("finds pods of the chart's own class beside a managed one", () => {
  expect(find(rule, state(web(VIRTUAL)), state(), facts('liqo', 'virtual'))).toHaveLength(1);
});

test('an empty annotation names nothing', () => {
  const text = web(VIRTUAL, "{ annotations: { liqo.io/remote-runtime-class-name: '' } }");
  expect(find(rule, state(text), state(), facts('virtual'))).toHaveLength(1);
});

test.each([
  ['a class of the provider', web(VIRTUAL, '{ annotations: { liqo.io/remote-runtime-class-name: runc } }')],
  ['the name liqo', web('{ runtimeClassName: liqo }')],
  ['a class that is none of Liqo', web('{ runtimeClassName: gvisor }')],
  ['no class', web('{}')],
  ['a kind without pods', web(VIRTUAL, '{}', 'ControllerRevision')],
])('passes over %s', (_, text) => {
  expect(find(rule, state(text), state(), facts('virtual', 'liqo'))).toEqual([]);
});

test('knows of no class without a config', () => {
  expect(find(rule, state(web(VIRTUAL)))).toEqual([]);
});
