import { Document } from 'yaml';
import { InputError } from '../../lib/input/error';
import { labelsOf, selects, type Provider } from '../../lib/liqo/inventory';
import { parseInventory } from '../../lib/manifests/inventory';
import { parseSelector } from '../../lib/selector/parse';

const parse = (text: string) => parseInventory('config/inventory.yaml', text);

test('reads what DESIGN shows', () => {
  expect(
    parse(`complete: true
providers:
  - id: naples
    acceptedMappingStrategies: [DefaultName, EnforceSameName]
    virtualNodes: [{ name: liqo-naples, labels: { topology.liqo.io/region: south } }]
`),
  ).toEqual({
    complete: true,
    providers: [
      {
        id: 'naples',
        acceptedMappingStrategies: ['DefaultName', 'EnforceSameName'],
        virtualNodes: [
          { name: 'liqo-naples', labels: { 'topology.liqo.io/region': 'south' }, createNode: true },
        ],
      },
    ],
  });
});

test('an empty file is none, and complete must be said', () => {
  expect(parse('# nothing yet\n')).toBeUndefined();
  expect(parse('providers: []\n')).toEqual({ complete: false, providers: [] });
});

test.each([
  ['a misspelt key', 'providers: []\nprovider: []\n', '/provider', 2],
  [
    'a provider without virtual nodes',
    'providers:\n  - { id: a, virtualNodes: [] }\n',
    '/providers/0/virtualNodes',
    2,
  ],
  [
    'a cluster ID that is none',
    'providers:\n  - { id: A, virtualNodes: [{ name: a }] }\n',
    '/providers/0/id',
    2,
  ],
  [
    'a strategy that is none',
    'providers:\n  - id: a\n    virtualNodes: [{ name: a }]\n    acceptedMappingStrategies: [Same]\n',
    '/providers/0/acceptedMappingStrategies/0',
    4,
  ],
  [
    'a provider twice',
    'providers:\n  - { id: a, virtualNodes: [{ name: a }] }\n  - { id: a, virtualNodes: [{ name: b }] }\n',
    '/providers/1',
    3,
  ],
  [
    'a virtual node twice',
    'providers:\n  - { id: a, virtualNodes: [{ name: a }] }\n  - { id: b, virtualNodes: [{ name: a }] }\n',
    '/providers/1/virtualNodes/0',
    3,
  ],
  [
    'a label that is none',
    'providers:\n  - id: a\n    virtualNodes:\n      - name: a\n        labels: { "a b": x }\n',
    '/providers/0/virtualNodes/0/labels',
    5,
  ],
  [
    'a label that YAML reads as a boolean',
    'providers:\n  - id: a\n    virtualNodes:\n      - name: a\n        labels: { a: yes }\n',
    '/providers/0/virtualNodes/0/labels/a',
    5,
  ],
])('refuses %s, with its line', (_, text, path, line) => {
  expect(() => parse(text)).toThrow(InputError);
  expect(() => parse(text)).toThrow(
    expect.objectContaining({
      problems: [expect.objectContaining({ path, line, file: 'config/inventory.yaml' })],
    }),
  );
});

test('refuses a second document', () => {
  expect(() => parse('providers: []\n---\nproviders: []\n')).toThrow('a single document');
});

const provider = (createNode: boolean): Provider => ({
  id: 'naples',
  virtualNodes: [
    { name: 'liqo-naples', labels: { region: 'south', 'liqo.io/remote-cluster-id': 'x' }, createNode },
  ],
});
const labels = (one: Provider) => one.virtualNodes.map((node) => labelsOf(one, node))[0];

test('a Node has labels of its own; the cluster ID is always right', () => {
  expect(labels(provider(true))).toMatchObject({
    region: 'south',
    'liqo.io/type': 'virtual-node',
    'liqo.io/remote-cluster-id': 'naples',
    'kubernetes.io/hostname': 'liqo-naples',
  });
  expect(labels(provider(false))).toEqual({ region: 'south', 'liqo.io/remote-cluster-id': 'naples' });
});

test('no terms select everybody, matchFields look at the name', () => {
  const term = (text: string) => [{ matchExpressions: parseSelector(text), matchFields: [] }];
  const named = (name: string) => [
    {
      matchExpressions: [],
      matchFields: [{ key: 'metadata.name', operator: 'In', values: [name] } as const],
    },
  ];
  expect(selects([], provider(true))).toBe('yes');
  expect(selects(term('region=south'), provider(true))).toBe('yes');
  expect(selects(term('region=north'), provider(true))).toBe('no');
  expect(selects(named('liqo-naples'), provider(true))).toBe('yes');
  expect(selects(named('liqo-rome'), provider(true))).toBe('no');
});

test('of very many mistakes only the first are looked up', () => {
  const lookups = jest.spyOn(Document.prototype, 'getIn');
  const labels = Array.from({ length: 5000 }, (_, i) => `k${i}: ${i}`).join(', ');
  const text = `providers: [{ id: a, virtualNodes: [{ name: b, labels: { ${labels} } }] }]\n`;
  expect(() => parseInventory('config/inventory.yaml', text)).toThrow(InputError);
  expect(lookups.mock.calls.length).toBeLessThan(200);
});
