import { runtimeClassMissing as rule } from '../../../lib/judge/rules/runtime-class-missing';
import { FACTS, find, runtimeClass, state } from '../given';
import { workload } from '../workload';

const RENAMED = { ...FACTS, liqoRuntimeClass: 'virtual' };
const using = (name: string) => workload(`runtimeClassName: ${name}`);

test('finds the name that the chart no longer gives its class', () => {
  expect(find(rule, state(using('liqo')), state(), RENAMED)).toMatchObject([
    {
      namespace: 'shop',
      message: expect.stringContaining(
        "there is no RuntimeClass 'liqo', because Liqo's own is named 'virtual' here",
      ),
    },
  ]);
});

test.each([
  ['the class by its own name', [using('virtual')], RENAMED],
  ['the usual name', [using('liqo')], FACTS],
  ['a class that the manifests hold', [using('liqo'), runtimeClass('liqo')], RENAMED],
  ['a class that somebody else may have installed', [using('kata')], RENAMED],
  ['no class', [workload()], RENAMED],
])('is silent about %s', (_, texts, facts) => {
  expect(find(rule, state(...texts), state(), facts)).toEqual([]);
});
