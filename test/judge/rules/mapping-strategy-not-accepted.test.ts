import { mappingStrategyNotAccepted as rule } from '../../../lib/judge/rules/mapping-strategy-not-accepted';
import { FACTS, fieldFor, find, lineFor, offloading, state } from '../given';
import { of, termsOf } from '../inventories';

const after = of(
  true,
  '- { id: naples, acceptedMappingStrategies: [DefaultName], virtualNodes: [{ name: liqo-n, labels: { region: south } }] }',
  '- { id: florence, virtualNodes: [{ name: liqo-f, labels: { region: center } }] }',
);
const found = (strategy: string, ...selectors: string[]) =>
  find(
    rule,
    state(
      offloading(
        'shop',
        `{ namespaceMappingStrategy: ${strategy}, clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`,
      ),
    ),
    undefined,
    { ...FACTS, inventories: { after } },
  );

test('finds a strategy that a selected provider does not accept', () => {
  const problems = found('EnforceSameName');
  expect(problems).toMatchObject([
    {
      namespace: 'shop',
      clusters: ['naples'],
      message: expect.stringContaining('with EnforceSameName to naples'),
    },
  ]);
  expect(problems.map(lineFor)).toEqual([4]);
  expect(problems.map(fieldFor)).toEqual(['spec.namespaceMappingStrategy']);
  expect(found('EnforceSameName', 'region=south')).toHaveLength(1);
});

test.each([
  ['one that it accepts', 'DefaultName', []],
  ['a provider that is not selected', 'EnforceSameName', ['region=center']],
  ['a value that schema-invalid refuses', 'Same', []],
])('passes over %s', (_, strategy, selectors) => {
  expect(found(strategy, ...selectors)).toEqual([]);
});

test('passes over no inventory', () => {
  expect(find(rule, state(offloading('shop', '{ namespaceMappingStrategy: EnforceSameName }')))).toEqual([]);
});
