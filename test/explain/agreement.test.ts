// `check` and `explain` answer by one model: where explain says that pods hang, check has a finding about the workload.
import fc from 'fast-check';
import { explain } from '../../lib/explain/explain';
import { RULES } from '../../lib/judge/registry';
import type { Facts } from '../../lib/judge/rule';
import { State } from '../../lib/judge/state';
import type { Inventory } from '../../lib/liqo/inventory';
import { FACTS, manifests } from '../judge/given';
import { everyProvider, pod, selector, strategy } from '../liqo/arbitrary';

const PROVIDERS = [0, 9, 21, 36].flatMap((at) => everyProvider[at] ?? []);

const inventory: fc.Arbitrary<Inventory | undefined> = fc.option(
  fc.record({ complete: fc.boolean(), providers: fc.constantFrom([], PROVIDERS) }),
  { nil: undefined },
);

/** A clusterSelector; names of nodes among its terms. */
const terms = fc
  .tuple(selector, fc.boolean())
  .map(([all, byName]) =>
    byName
      ? [
          ...all,
          { matchExpressions: [], matchFields: [{ key: 'metadata.name', operator: 'In', values: ['v9'] }] },
        ]
      : all,
  );

const offloading = fc.option(fc.record({ podOffloadingStrategy: strategy, terms }), { nil: undefined });

/** A pod spec as manifests hold it. */
const spec = fc
  .record({
    pod,
    more: fc.constantFrom({}, {}, { runtimeClassName: 'liqo' }, { nodeName: 'v9' }, { nodeName: 'worker' }),
    pinned: fc.constantFrom(false, false, true),
  })
  .map(({ pod: { required, ...rest }, more, pinned }) => {
    const pin = { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['v21'] }] };
    const all = [...(required ?? []), ...(pinned ? [pin] : [])];
    const node = { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: all } };
    return { containers: [], ...rest, ...more, ...(all.length > 0 && { affinity: { nodeAffinity: node } }) };
  });

const declared = fc.boolean();
const kind = fc.constantFrom('Deployment', 'DaemonSet', 'StatefulSet');

const metadata = (name: string) => ({ name, namespace: 'shop' });

/** What rules say of the workload itself. */
function findingsAbout(state: State, facts: Facts): string[] {
  return RULES.flatMap((rule) =>
    rule.about === 'state' ? rule.check(state, facts).filter((one) => one.manifest?.name === 'web') : [],
  ).map(({ message }) => message);
}

test('no pod hangs by explain while check is silent about it', () => {
  let hanging = 0;
  fc.assert(
    fc.property(
      declared,
      offloading,
      kind,
      spec,
      inventory,
      (isDeclared, offloaded, kindName, pods, known) => {
        const objects = [
          ...(isDeclared ? [{ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }] : []),
          ...(offloaded === undefined
            ? []
            : [
                {
                  apiVersion: 'offloading.liqo.io/v1beta1',
                  kind: 'NamespaceOffloading',
                  metadata: metadata('offloading'),
                  spec: {
                    podOffloadingStrategy: offloaded.podOffloadingStrategy,
                    clusterSelector: { nodeSelectorTerms: offloaded.terms },
                  },
                },
              ]),
          {
            apiVersion: 'apps/v1',
            kind: kindName,
            metadata: metadata('web'),
            spec: { template: { spec: pods } },
          },
        ];
        const state = new State(objects.flatMap((one) => manifests(JSON.stringify(one))));
        const facts = { ...FACTS, inventories: { after: known } };
        const { workloads } = explain({ namespace: 'shop' }, { state, inventory: known, ...facts });
        const places = workloads.flatMap(({ places: all }) =>
          all === undefined ? [] : [...all.virtualNodes, ...(all.others === undefined ? [] : [all.others])],
        );
        const hangs = places.some(({ answer }) => answer === 'hangs');
        if (hangs) hanging += 1;
        return !hangs || findingsAbout(state, facts).length > 0;
      },
    ),
    { numRuns: 600 },
  );
  expect(hanging).toBeGreaterThan(20);
});
