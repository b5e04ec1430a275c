import { reflectionWidened as rule } from '../../../lib/judge/rules/reflection-widened';
import { FACTS, fieldFor, find, namespace, offloading, state } from '../given';
import { PARTIAL, termsOf, VENICE, type Inventories } from '../inventories';

const SKIP = 'liqo.io/skip-reflection: "true"';
const ALLOW = 'liqo.io/allow-reflection: "true"';
const object = (annotations: string, { kind = 'Secret', data = 'x', name = 's' } = {}) =>
  `apiVersion: v1\nkind: ${kind}\nmetadata: { name: ${name}, namespace: shop, annotations: { ${annotations} } }\ndata: { a: ${data} }\n`;
const offloaded = (pods = 'LocalAndRemote', ...selectors: string[]) =>
  offloading(
    'shop',
    `{ podOffloadingStrategy: ${pods}, clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`,
  );
const found = (was: string, is: string, around = offloaded(), inventories: Inventories = { after: VENICE }) =>
  find(rule, state(around, is), state(around, was), { ...FACTS, inventories });

test('finds a Secret that loses the annotation, and names where it goes', () => {
  const problems = found(object(SKIP), object(''));
  expect(problems).toMatchObject([
    {
      namespace: 'shop',
      message: "Secret 's' in 'shop' loses liqo.io/skip-reflection: Liqo copies it to florence and naples.",
      clusters: ['florence', 'naples'],
    },
  ]);
  expect(problems.map(fieldFor)).toEqual(['metadata.annotations']);
});

test.each<[string, string, string]>([
  ['a value that undoes it', object(SKIP), object('liqo.io/skip-reflection: "False"')],
  ['a ConfigMap', object(SKIP, { kind: 'ConfigMap' }), object('', { kind: 'ConfigMap' })],
  ['any value of it', object('liqo.io/skip-reflection: ""'), object('')],
  ['the annotation of an AllowList', object(''), object(ALLOW)],
  ['one that was undone', object('liqo.io/allow-reflection: "false"'), object(ALLOW)],
])('finds %s', (_, was, is) => {
  expect(found(was, is)).toHaveLength(1);
});

test('a Local namespace has twins as well; what nobody declares may be offloaded', () => {
  expect(found(object(SKIP), object(''), offloaded('Local'))).toHaveLength(1);
  expect(found(object(SKIP), object(''), '# nothing\n')).toMatchObject([
    { message: expect.stringContaining('every provider that the namespace selects, if it is offloaded') },
  ]);
});

test('says what an incomplete inventory knows, and that there may be more', () => {
  expect(
    found(object(SKIP), object(''), offloaded('Remote', 'region=south'), { after: PARTIAL }),
  ).toMatchObject([{ message: expect.stringContaining('to naples, and perhaps on clusters') }]);
  expect(found(object(SKIP), object(''), offloaded(), {})).toMatchObject([
    { message: expect.stringContaining('to every provider that the namespace selects.') },
  ]);
});

test.each<[string, string, string, string]>([
  ['other data', object(SKIP), object(SKIP, { data: 'y' }), offloaded()],
  ['an annotation that comes', object(''), object(SKIP), offloaded()],
  ['other annotations', object(SKIP), object(`${SKIP}, team: a`), offloaded()],
  ['one allowed and kept at home', object(SKIP), object(`${SKIP}, ${ALLOW}`), offloaded()],
  ['one that was undone already', object('liqo.io/skip-reflection: "false"'), object(''), offloaded()],
  ['a namespace that is not offloaded', object(SKIP), object(''), namespace('shop')],
  ['one that selects no cluster', object(SKIP), object(''), offloaded('Remote', 'region=west')],
  ['a Service', object(SKIP, { kind: 'Service' }), object('', { kind: 'Service' }), offloaded()],
  ['a Secret that is new', object(SKIP, { name: 'other' }), object(''), offloaded()],
])('is silent about %s', (_, was, is, around) => {
  expect(found(was, is, around)).toEqual([]);
});
