import { runtimeClassCarriedOver as rule } from '../../../lib/judge/rules/runtime-class-carried-over';
import { FACTS, find, runtimeClass, state } from '../given';

const web = (spec: string, metadata = '{}', kind = 'Deployment') =>
  `apiVersion: apps/v1\nkind: ${kind}\nmetadata: { name: web, namespace: shop }\n` +
  `spec: { template: { metadata: ${metadata}, spec: ${spec} } }\n`;
const facts = (liqoRuntimeClass: string) => ({ ...FACTS, liqoRuntimeClass });
const VIRTUAL = '{ runtimeClassName: virtual }';

test("finds pods of Liqo's class under another name", () => {
  expect(find(rule, state(web(VIRTUAL)), state(), facts('virtual'))).toMatchObject([
    {
      namespace: 'shop',
      message: expect.stringContaining(
        "Deployment 'shop/web' keeps the RuntimeClass 'virtual' on the provider",
      ),
    },
  ]);
});

const managed = (name: string, type = 'virtual-node') =>
  `${runtimeClass(name)}scheduling: { nodeSelector: { liqo.io/type: ${type} } }
`;

test('finds pods of a class in Git that leads to virtual nodes', () => {
  expect(find(rule, state(managed('virtual'), web(VIRTUAL)))).toHaveLength(1);
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
  expect(find(rule, state(text), state(), facts('virtual'))).toEqual([]);
});

test.each([
  ['a class of another name', web(VIRTUAL)],
  [
    'a class in Git for other nodes',
    `${managed('virtual', 'gpu')}---
${web(VIRTUAL)}`,
  ],
  [
    'a class in Git that is called liqo',
    `${managed('liqo')}---
${web('{ runtimeClassName: liqo }')}`,
  ],
])("passes over %s where Liqo's is liqo", (_, text) => {
  expect(find(rule, state(text))).toEqual([]);
});
