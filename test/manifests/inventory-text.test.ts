// The written inventory: read back as the same, and the same bytes whatever order it came in.
import fc from 'fast-check';
import { parse } from 'yaml';
import type { Inventory } from '../../lib/liqo/inventory';
import { MAPPING_STRATEGIES } from '../../lib/liqo/namespace-offloading';
import type { Provider } from '../../lib/liqo/inventory';
import { INVENTORY, inventoryText, parseInventory, renewed } from '../../lib/manifests/inventory';
import { labelValueProblem } from '../../lib/selector/labels';

const NAPLES: Inventory = {
  complete: true,
  providers: [
    {
      id: 'naples',
      acceptedMappingStrategies: ['DefaultName'],
      virtualNodes: [
        { name: 'liqo-naples', labels: { region: 'south' }, createNode: true },
        { name: 'no', labels: {}, createNode: false },
      ],
    },
  ],
};

test('reads as a person would write it', () => {
  const text = inventoryText(NAPLES);
  expect(text.replace(/^#.*\n/gm, '')).toBe(`complete: true
providers:
  - id: naples
    acceptedMappingStrategies:
      - DefaultName
    virtualNodes:
      - name: liqo-naples
        labels:
          region: south
      - name: "no"
        createNode: false
`);
  expect(text).toContain('kubectl get virtualnodes,nodes -A -o yaml | npx cdk8s-liqo import -');
  expect(text).toMatch(/^# `complete: true` claims/m);
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(120);
});

/** Values that some YAML takes for no string, and any that Kubernetes allows. */
const value = fc
  .oneof(
    fc.constantFrom(
      'yes',
      'NO',
      'on',
      'y',
      'n',
      'true',
      'null',
      'Null',
      '012',
      '0o7',
      '0x1f',
      '1e3',
      'e3',
      '1_0',
    ),
    fc.constantFrom('', '1', '-1', '1.5', '2026-01-01', '1-0', 'NaN', '0b1', '1.2.3', 'a_b', 'south'),
    fc.stringMatching(/^[A-Za-z0-9]([-A-Za-z0-9_.]{0,10}[A-Za-z0-9])?$/),
  )
  .filter((one) => labelValueProblem(one) === undefined);
const dns = fc.oneof(
  fc.constantFrom('no', 'y', 'null', '012', '1e3', 'constructor'),
  fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,8}[a-z0-9])?$/),
);
const key = fc.oneof(dns, fc.constantFrom('topology.liqo.io/region', 'on', 'a/yes', 'example.com/012'));

const inventory: fc.Arbitrary<Inventory> = fc.record({
  complete: fc.boolean(),
  providers: fc.uniqueArray(
    fc
      .record({
        id: dns,
        accepted: fc.option(fc.subarray([...MAPPING_STRATEGIES], { minLength: 1 }), { nil: undefined }),
        virtualNodes: fc.uniqueArray(
          fc.record({
            name: dns,
            labels: fc.dictionary(key, value, { noNullPrototype: true }),
            createNode: fc.boolean(),
          }),
          { minLength: 1, maxLength: 3, selector: ({ name }) => name },
        ),
      })
      .map(({ id, accepted, virtualNodes }) => ({
        id,
        ...(accepted !== undefined && { acceptedMappingStrategies: accepted }),
        virtualNodes: virtualNodes.map((one) => ({ ...one, name: `${id}.${one.name}` })),
      })),
    { maxLength: 3, selector: ({ id }) => id },
  ),
});

test('is read back as the same, by YAML 1.1 and by YAML 1.2', () => {
  fc.assert(
    fc.property(inventory, (given) => {
      const text = inventoryText(given);
      expect(parseInventory(INVENTORY, text)).toEqual(given);
      expect(parse(text, { version: '1.2' })).toEqual(parse(text, { version: '1.1' }));
    }),
  );
});

test('a name may stand twice where at most one of the two has a Node', () => {
  const text = (first: string, second: string) =>
    `providers:\n  - { id: a, virtualNodes: [{ name: x${first} }] }\n  - { id: b, virtualNodes: [{ name: x${second} }] }\n`;
  const without = ', createNode: false';
  expect(parseInventory(INVENTORY, text('', without))?.providers).toHaveLength(2);
  expect(parseInventory(INVENTORY, text(without, without))?.providers).toHaveLength(2);
  expect(() => parseInventory(INVENTORY, text('', ''))).toThrow("the virtual node 'x' is listed twice");
});

test('renewing keeps what was decided, of the list and of the providers that stay', () => {
  const rome = { id: 'rome', virtualNodes: [{ name: 'rome', labels: {}, createNode: true }] };
  const naples = { id: 'naples', virtualNodes: [{ name: 'new', labels: {}, createNode: true }] };
  const live = (...providers: Provider[]) => ({ providers, partial: false });
  expect(renewed(NAPLES, live(naples, rome))).toEqual({
    complete: true,
    providers: [{ ...naples, acceptedMappingStrategies: ['DefaultName'] }, rome],
  });
  expect(renewed(undefined, live(rome))).toEqual({ complete: false, providers: [rome] });
  // A list that may lack something is no proof that nothing else exists.
  expect(renewed(NAPLES, live(rome))).toEqual({ complete: false, providers: [rome] });
  expect(renewed(NAPLES, { providers: [naples], partial: true })).toMatchObject({ complete: false });
});
