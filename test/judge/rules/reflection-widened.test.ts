import { reflectionWidened as rule } from '../../../lib/judge/rules/reflection-widened';
import { application, helmRelease } from '../chart';
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
  ['a Secret that is new', object(SKIP, { name: 'other' }), object('', { data: 'y, b: z' }), offloaded()],
])('is silent about %s', (_, was, is, around) => {
  expect(found(was, is, around)).toEqual([]);
});

const made = (apiVersion: string, kind: string, spec: string, annotations = '') =>
  `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata: { name: s, namespace: shop, annotations: { ${annotations} } }\nspec: ${spec}\n`;
const sealed = (annotations: string, own = '') =>
  made(
    'bitnami.com/v1alpha1',
    'SealedSecret',
    `{ template: { metadata: { annotations: { ${annotations} } } } }`,
    own,
  );
const external = (target: string, own = '') =>
  made('external-secrets.io/v1', 'ExternalSecret', `{ target: { ${target} } }`, own);
const template = (annotations: string) => `template: { metadata: { annotations: { ${annotations} } } }`;
const certificate = (annotations: string) =>
  made(
    'cert-manager.io/v1',
    'Certificate',
    `{ secretName: tls, secretTemplate: { annotations: { ${annotations} } } }`,
  );

test.each<[string, string, string, string]>([
  ['a SealedSecret', sealed(SKIP), sealed(''), 'spec.template.metadata.annotations'],
  [
    'an ExternalSecret',
    external(template(SKIP)),
    external(template('')),
    'spec.target.template.metadata.annotations',
  ],
  ['an ExternalSecret without a template', external('', SKIP), external(''), 'metadata.annotations'],
  [
    'a template that comes without it',
    external('', SKIP),
    external(template('a: b'), SKIP),
    'spec.target.template.metadata.annotations',
  ],
  ['a Certificate', certificate(SKIP), certificate(''), 'spec.secretTemplate.annotations'],
])('finds the Secret of %s', (_, was, is, field) => {
  const problems = found(was, is);
  expect(problems).toMatchObject([
    { message: expect.stringMatching(/^The Secret of \w+ 's' in 'shop' loses/) },
  ]);
  expect(problems.map(fieldFor)).toEqual([field]);
});

test.each<[string, string, string]>([
  ['annotations of a SealedSecret itself', sealed(SKIP, SKIP), sealed(SKIP)],
  ['an ExternalSecret that gains a template with it', external('', SKIP), external(template(SKIP))],
  [
    'a template of another kind',
    made('example.com/v1', 'SealedSecret', `{ ${template(SKIP)} }`),
    made('example.com/v1', 'SealedSecret', '{}'),
  ],
])('is silent about %s', (_, was, is) => {
  expect(found(was, is)).toEqual([]);
});

const reflection = (secret: string) => `{ offloading: { reflection: { secret: { ${secret} } } } }`;
const release = (secret: string) => helmRelease(`values: ${reflection(secret)}`);
const options = (secret: string) =>
  `apiVersion: offloading.liqo.io/v1beta1\nkind: VkOptionsTemplate\nmetadata: { name: virtual-kubelet-default, namespace: liqo }\nspec: { reflectorsConfig: { secret: { workers: 3, ${secret} } } }\n`;

test.each<[string, string, string, string]>([
  ['a value of a HelmRelease', release('type: AllowList'), release('type: DenyList'), "HelmRelease 'liqo'"],
  [
    'a value that goes',
    release('type: AllowList'),
    helmRelease(),
    'every Secret without liqo.io/skip-reflection',
  ],
  [
    'a value of an Application',
    application(`{ valuesObject: ${reflection('type: AllowList')} }`),
    application(),
    "Application 'liqo'",
  ],
  [
    'workers',
    release('workers: 0'),
    release('workers: 3'),
    "The HelmRelease 'liqo' makes Liqo copy more: the providers get every Secret without liqo.io/skip-reflection of 'shop'",
  ],
  [
    'workers beside an AllowList',
    release('workers: 0'),
    release('type: AllowList'),
    'every Secret with liqo.io/allow-reflection',
  ],
  ['a VkOptionsTemplate', options('type: AllowList'), options('type: DenyList'), 'VkOptionsTemplate'],
  [
    'ConfigMaps',
    release('type: AllowList').replace('secret', 'configmap'),
    helmRelease(),
    'every ConfigMap without',
  ],
])('finds a reflector that copies more by %s', (_, was, is, words) => {
  expect(found(was, is)).toMatchObject([{ message: expect.stringContaining(words) }]);
});

test.each<[string, string, string]>([
  ['a narrower one', release('type: DenyList'), release('type: AllowList')],
  ['one that copies nothing', release('workers: 0, type: AllowList'), release('workers: 0')],
  ['other workers', release('workers: 3'), release('workers: 5')],
  ['the default written out', helmRelease(), release('type: DenyList')],
  ['a new installation', '', release('type: DenyList')],
  [
    'another chart',
    release('type: AllowList').replace('chart: liqo', 'chart: x'),
    release('type: DenyList').replace('chart: liqo', 'chart: x'),
  ],
])('is silent about %s', (_, was, is) => {
  expect(found(was, is)).toEqual([]);
});

describe('what another object kept at home', () => {
  const text = (data: string, annotations = '') =>
    `apiVersion: v1\nkind: Secret\nmetadata: { name: new, namespace: shop, annotations: { ${annotations} } }\nstringData: { ${data} }\n`;
  const old = object(SKIP, { data: 'c2VjcmV0' });

  test.each<[string, string, string]>([
    ['under another name', old, object('', { name: 'new', data: 'c2VjcmV0' })],
    ['in other words', old, text('a: secret')],
    ['with more beside', old, text('a: secret, b: x')],
    ['copied, while the first one stays', old, `${old}---\n${text('a: secret')}`],
    ['under another name with a new value', old, text('a: rotated')],
    ['moved into one that was there', `${old}---\n${text('b: x')}`, text('a: secret, b: x')],
    [
      'sealed instead',
      old,
      sealed('').replace('spec: {', 'spec: { encryptedData: { a: AgB3 },').replace('name: s', 'name: new'),
    ],
    [
      'fetched instead, under another name',
      external('name: s')
        .replace('spec: {', 'spec: { data: [{ secretKey: a, remoteRef: { key: x } }],')
        .replace('annotations: {', `annotations: { ${SKIP}`)
        .replace(
          'target: { name: s }',
          `target: { name: s, template: { metadata: { annotations: { ${SKIP} } } } }`,
        ),
      external('name: s')
        .replace('spec: {', 'spec: { data: [{ secretKey: a, remoteRef: { key: x } }],')
        .replace('name: s,', 'name: new,'),
    ],
  ])('finds it %s', (_, was, is) => {
    expect(found(was, is)).toMatchObject([
      {
        namespace: 'shop',
        message: expect.stringContaining(
          'kept from providers with liqo.io/skip-reflection, but lacks that annotation',
        ),
        clusters: ['florence', 'naples'],
      },
    ]);
  });

  test('finds it in another namespace', () => {
    const other = old.replace('namespace: shop', 'namespace: home');
    expect(found(other, object('', { data: 'c2VjcmV0' }))).toMatchObject([
      {
        message: expect.stringContaining(
          "Secret 's' in 'shop' holds the data that Secret 's' in 'home' kept from providers with liqo.io/skip-reflection",
        ),
      },
    ]);
  });

  test.each<[string, string, string]>([
    ['that still has the annotation', old, text('a: secret', SKIP)],
    ['that shares one entry of two', object(SKIP, { data: 'c2VjcmV0, b: eA==' }), text('a: secret')],
    ['with other keys', old, text('b: rotated')],
    ['with other values, while the first one stays', old, `${old}---\n${text('a: rotated')}`],
    ['that held it before', `${old}---\n${text('a: secret')}`, `${old}---\n${text('a: secret, b: new')}`],
    ['that holds nothing', object(SKIP).replace('data: { a: x }', 'data: {}'), text('')],
    [
      'as a Secret, of what a ConfigMap had for other keys',
      object(SKIP, { kind: 'ConfigMap' }),
      text('b: x'),
    ],
  ])('is silent about one %s', (_, was, is) => {
    expect(found(was, is)).toEqual([]);
  });
});
