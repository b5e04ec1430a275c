import { runtimeClassOwnedTwice as rule } from '../../../lib/judge/rules/runtime-class-owned-twice';
import { FACTS, find, lineFor, runtimeClass, state } from '../given';

const facts = (chart: string) => ({ ...FACTS, liqoRuntimeClass: chart });

test("finds the class of the chart's default name, without a config", () => {
  const found = find(rule, state(runtimeClass('liqo')));
  expect(found).toMatchObject([{ message: expect.stringContaining('Helm refuses one') }]);
  expect(found.map(lineFor)).toEqual([3]);
});

test.each(['liqo', 'virtual'])("finds the class of the chart's name %s", (name) => {
  expect(find(rule, state(runtimeClass(name)), state(), facts(name))).toHaveLength(1);
});

test.each([
  ['a class of another name', runtimeClass('gvisor'), facts('liqo')],
  ["a class beside the chart's renamed one", runtimeClass('liqo'), facts('liqo-chart')],
  ['a kind of another group', runtimeClass('liqo', 'liqo', 'example.com/v1'), facts('liqo')],
])('passes over %s', (_, text, given) => {
  expect(find(rule, state(text), state(), given)).toEqual([]);
});
