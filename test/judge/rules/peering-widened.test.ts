import { peeringWidened as rule } from '../../../lib/judge/rules/peering-widened';
import { node, of, provider, termsOf } from '../inventories';
import { FACTS, find, offloading, state } from '../given';
import { resourceSlice, virtualNode } from '../peering';

const SOUTH = offloading('shop', `{ clusterSelector: { nodeSelectorTerms: ${termsOf(['region=south'])} } }`);
const change = (stays: string, was: readonly string[], is: readonly string[], facts = FACTS) =>
  find(rule, state(stays, ...is), state(stays, ...was), facts);

test.each<[string, string, string[], string[]]>([
  ['a virtual node more', offloading('shop'), [], [virtualNode()]],
  ['a ResourceSlice that makes one', offloading('shop'), [], [resourceSlice()]],
  ['a label that is asked for', SOUTH, [virtualNode('region: west')], [virtualNode('region: south')]],
])('says that %s is selected', (_, stays, was, is) => {
  expect(change(stays, was, is)).toMatchObject([
    {
      clusters: ['naples'],
      message: expect.stringContaining(
        "'shop' now select 'naples': Liqo creates twin namespaces there and reflects Secrets and ConfigMaps into them",
      ),
    },
  ]);
});

test.each<[string, string, string[], string[]]>([
  ['one that does not match', SOUTH, [], [virtualNode('region: west')]],
  ['one that matched before', SOUTH, [virtualNode('region: south')], [virtualNode('region: south, a: b')]],
  ['one that goes', offloading('shop'), [virtualNode()], []],
])('passes over %s', (_, stays, was, is) => {
  expect(change(stays, was, is)).toEqual([]);
});

test('passes over one that the inventory knows already', () => {
  const before = of(true, provider('naples', node('naples', '', 'naples')));
  expect(change(offloading('shop'), [], [virtualNode()], { ...FACTS, inventories: { before } })).toEqual([]);
});
