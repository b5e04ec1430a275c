import { ApiObject, App, Chart, type ApiObjectProps } from 'cdk8s';
import fc from 'fast-check';
import { objectOf, objectsOf } from '../../lib/compile/chart';
import { namespaceObject, offloadingObject } from '../../lib/constructs/objects';
import { runtimeClassManifest } from '../../lib/liqo/runtime-class';

/** What a chart with one object gives. */
function fromChart(props: ApiObjectProps) {
  const chart = new Chart(new App(), 'chart');
  new ApiObject(chart, 'object', props);
  return objectsOf(chart);
}

const asText = (value: unknown) => JSON.stringify(value); // the order of keys counts

const key = fc.stringMatching(/^[a-z0-9]([a-z0-9./-]{0,8}[a-z0-9])?$/);
const strings = fc.option(fc.dictionary(key, fc.string({ unit: 'grapheme' }), { maxKeys: 4 }), {
  nil: undefined,
});
const requirement = fc.record({
  key,
  operator: fc.constantFrom('In' as const, 'NotIn' as const),
  values: fc.array(key, { minLength: 1, maxLength: 3 }),
});
const selector = fc.array(
  fc.record({ matchExpressions: fc.array(requirement, { minLength: 1, maxLength: 3 }) }),
  { maxLength: 3 },
);
const offloading = fc.record(
  {
    namespaceMappingStrategy: fc.constant('SelectedName' as const),
    remoteNamespaceName: key,
    podOffloadingStrategy: fc.constantFrom('Local' as const, 'Remote' as const, undefined),
    clusterSelector: fc.option(selector, { nil: undefined }),
  },
  { requiredKeys: ['namespaceMappingStrategy', 'remoteNamespaceName'] },
);

describe('an object that is data', () => {
  test('is what a chart with it gives, key by key: Namespaces and their offloadings', () => {
    fc.assert(
      fc.property(key, strings, strings, offloading, (name, labels, annotations, settings) => {
        for (const props of [
          namespaceObject({ name, labels, annotations, offloading: settings }),
          offloadingObject(name, settings),
        ])
          expect(asText([objectOf(props)])).toBe(asText(fromChart(props)));
      }),
    );
  });

  test('the RuntimeClass', () => {
    fc.assert(
      fc.property(key, strings, strings, strings, (name, labels, annotations, nodes) => {
        const props = runtimeClassManifest({ name, labels, annotations, nodeSelector: nodes });
        expect(asText([objectOf(props)])).toBe(asText(fromChart(props)));
      }),
    );
  });

  test('what no manifest can hold is refused', () => {
    const props = namespaceObject({ name: 'demo', annotations: { note: '\ud800' } });
    expect(() => objectOf(props)).toThrow("the text of 'note' contains half of a surrogate pair");
  });
});
