// An explanation as people and machines read it.
import type { Explanation } from '../../lib/explain/explain';
import { explainJson } from '../../lib/report/explain-json';
import { explainMarkdown } from '../../lib/report/explain-markdown';
import { placesLine } from '../../lib/report/explain-rows';
import { explainText } from '../../lib/report/explain-text';
import { explained, one, shop, TOLERATES, wants, workload } from '../explain/given';
import { namespace } from '../judge/given';
import { node, of, PARTIAL, provider } from '../judge/inventories';

const LOOK = { color: false, width: 80 };
const SOUTH = shop(['region=south']);
const SHOP = [
  ...SOUTH,
  workload('Deployment', `{ ${wants('liqo.io/type!=virtual-node')} }`, 'database'),
  workload('Deployment', '{ runtimeClassName: liqo }', 'batch'),
  workload('Deployment', '{}', 'web'),
];

test('a workload, on 80 columns', () => {
  expect(explainText(explained('shop/Deployment/batch', SHOP), LOOK)).toMatchInlineSnapshot(`
    "shop/Deployment/batch
      RuntimeClass 'liqo' requires liqo.io/type=virtual-node and tolerates
      virtual-node.liqo.io/not-allowed. Liqo's webhook does not touch the pod
      because of that RuntimeClass: the clusterSelector does not apply to it.
      local nodes  no     nodeSelector liqo.io/type=virtual-node excludes them all
      naples       yes    virtual node liqo-naples
      florence     hangs  virtual node liqo-florence; no twin namespace there
                          (OffloadingBackOff)
      Assumed: The RuntimeClass 'liqo' is as Liqo's chart installs it.
    "
  `);
});

test('a namespace, on 80 columns', () => {
  expect(explainText(explained('shop', SHOP), LOOK)).toMatchInlineSnapshot(`
       "shop
         mapping      DefaultName: twins have the name of the namespace and the ID of
                      this cluster: 'shop-venice'
         pods         LocalAndRemote: new pods may run on local nodes and on selected
                      clusters
         selector     region=south
         reflected    Services, Ingresses, ConfigMaps and Secrets go to every twin
         pod webhook  on: the namespace has liqo.io/scheduling-enabled

       Its twin namespaces
         naples    yes  'shop-venice'
         florence  no   region=south (it has center)

       Where its pods can land
         Deployment/database  local nodes
         Deployment/batch     naples; hangs on florence
         Deployment/web       local nodes, naples
       "
    `);
});

test('what is rejected, and what is not offloaded', () => {
  const conflicting = '{ runtimeClassName: liqo, nodeSelector: { liqo.io/type: other } }';
  expect(explainText(explained('shop/Pod/web', [...SOUTH, workload('Pod', conflicting)]), LOOK))
    .toMatchInlineSnapshot(`
       "shop/Pod/web
         Rejected: The pod's nodeSelector requires liqo.io/type=other, but its
         RuntimeClass 'liqo' requires liqo.io/type=virtual-node.
       "
    `);
  const local = [namespace('shop'), workload('Pod', `{ ${TOLERATES} }`)];
  expect(explainText(explained('shop', local), LOOK)).toMatchInlineSnapshot(`
       "shop
         offloading   none: the namespace has no twin and stays on this cluster
         pod webhook  off

       Where its pods can land
         Pod/web  local nodes; hangs on naples, florence
       "
    `);
});

test('without an inventory it is said, and how to make one', () => {
  const text = explainText(explained('shop', SHOP, { inventory: undefined }), LOOK);
  expect(text).toContain('there is no inventory');
  expect(text.replace(/\s+/g, ' ')).toContain(
    'kubectl get virtualnodes,nodes -A -o yaml | npx cdk8s-liqo import -',
  );
  expect(text).not.toContain('Its twin namespaces');
  expect(text).toMatch(/web\s+local nodes, virtual nodes with region=south\n/);
  const one = explainText(explained('shop/Deployment/web', SHOP, { inventory: undefined }), LOOK);
  expect(one).toMatch(/ {2}virtual nodes {2}if {3}those with region=south\n/);
});

test('an inventory that is not complete: others may exist', () => {
  const text = explainText(explained('shop/Deployment/batch', SHOP, { inventory: PARTIAL }), LOOK);
  expect(text).toMatch(/ {2}other clusters {2}yes {4}hangs on clusters that the namespace does not select/);
  expect(text).toContain('there may be other clusters');
  expect(explainText(explained('shop', SHOP), LOOK)).not.toContain('other clusters');
});

describe('200 clusters', () => {
  const inventory = of(
    true,
    ...Array.from({ length: 200 }, (_, i) =>
      provider(`cluster-${i}`, node(`c${i}`, `region: ${i < 3 ? 'south' : `r${i}`}`)),
    ),
  );
  const namespaceOnly = explained('shop', SHOP, { inventory });
  const batch = explained('shop/Deployment/batch', SHOP, { inventory });

  test('stay readable: those with one answer and reason are one row', () => {
    const text = explainText(explained('shop/Deployment/web', SHOP, { inventory }), LOOK);
    expect(text).toMatchInlineSnapshot(`
      "shop/Deployment/web
        Liqo's webhook allows local nodes and the virtual nodes that the namespace
        selects.
        local nodes   yes
        3 clusters    yes  cluster-0, cluster-1, cluster-2
        197 clusters  no   region=south: cluster-3, cluster-4, cluster-5, cluster-6,
                           cluster-7 and 192 more
      "
    `);
    expect(explainText(namespaceOnly, LOOK)).toMatchInlineSnapshot(`
           "shop
             mapping      DefaultName: twins have the name of the namespace and the ID of
                          this cluster: 'shop-venice'
             pods         LocalAndRemote: new pods may run on local nodes and on selected
                          clusters
             selector     region=south
             reflected    Services, Ingresses, ConfigMaps and Secrets go to every twin
             pod webhook  on: the namespace has liqo.io/scheduling-enabled

           Its twin namespaces
             3 clusters    yes  cluster-0, cluster-1, cluster-2
             197 clusters  no   region=south: cluster-3, cluster-4, cluster-5, cluster-6,
                                cluster-7 and 192 more

           Where its pods can land
             Deployment/database  local nodes
             Deployment/batch     cluster-0, cluster-1, cluster-2; hangs on cluster-3,
                                  cluster-4, cluster-5, cluster-6, cluster-7 and 192 more
             Deployment/web       local nodes, cluster-0, cluster-1, cluster-2
           "
        `);
    expect(explainText(batch, LOOK)).toMatch(/ {2}197 clusters {2}hangs {2}no twin namespace there/);
  });

  test('json has all of them, each with what it has instead', () => {
    const { about, workloads } = JSON.parse(explainJson(namespaceOnly));
    expect(about.offloading.providers).toHaveLength(200);
    expect(workloads[2].places.virtualNodes).toHaveLength(200);
    expect(workloads[2].places.virtualNodes[199]).toEqual({
      provider: 'cluster-199',
      virtualNode: 'liqo-c199',
      answer: 'no',
      needs: [],
      notes: [],
      reasons: [{ by: 'affinity', text: 'region=south (it has r199)' }],
    });
  });

  test('one cluster alone keeps its name', () => {
    const alone = of(
      true,
      ...Array.from({ length: 20 }, (_, i) =>
        provider(`cluster-${i}`, node(`c${i}`, `region: ${i < 1 ? 'south' : 'north'}`)),
      ),
    );
    const text = explainText(explained('shop/Deployment/web', SHOP, { inventory: alone }), LOOK);
    expect(text).toMatch(/ {2}cluster-0 {4}yes\n {2}19 clusters {2}no {3}region=south: cluster-1, /);
  });
});

test.each<[string, string, string]>([
  ['everywhere', '{}', 'local nodes, naples'],
  ['one cluster', `{ ${wants('region=south,liqo.io/type=virtual-node')} }`, 'naples'],
  ['some local nodes', '{ nodeSelector: { disk: ssd } }', 'local nodes with disk=ssd'],
  ['nowhere', `{ ${wants('region=center,liqo.io/type=virtual-node')} }`, 'nowhere'],
  ['a cluster where it hangs', '{ runtimeClassName: liqo }', 'naples; hangs on florence'],
])('one line: %s', (_, spec, expected) => {
  expect(placesLine(one(SOUTH, spec))).toBe(expected);
});

test('one line of what nobody knows, or only by chance', () => {
  const rome = provider('rome', node('rome', 'region: south', 'r1'), node('rome', 'region: center', 'r2'));
  expect(placesLine(one(SOUTH, '{}', { inventory: of(true, rome) }))).toBe('local nodes, perhaps rome');
  expect(placesLine(one(SOUTH, '{ nodeSelector: [] }'))).toMatch(/^rejected: The API server refuses/);
  expect(
    placesLine(
      one([namespace('shop')], `{ ${TOLERATES}, runtimeClassName: liqo }`, { inventory: undefined }),
    ),
  ).toBe('nowhere; hangs on every virtual node that accepts it');
});

test('no line is wider than the terminal', () => {
  const inventory = of(
    false,
    ...Array.from({ length: 30 }, (_, i) => provider(`a-cluster-${i}`, node(`c${i}`, `region: r${i % 3}`))),
    provider('a-cluster-with-a-long-name', node('x', 'region: south')),
  );
  for (const target of ['shop', 'shop/Deployment/batch', 'shop/Deployment/web'])
    for (const width of [60, 80, 100])
      for (const line of explainText(explained(target, SHOP, { inventory }), { color: false, width }).split(
        '\n',
      ))
        expect(line.length).toBeLessThanOrEqual(width);
});

test('colours are for terminals, and move nothing', () => {
  const colored = explainText(explained('shop', SHOP), { color: true, width: 80 });
  expect(colored).toContain('\u001b[');
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(explainText(explained('shop', SHOP), LOOK));
});

test('json', () => {
  expect(JSON.parse(explainJson(explained('shop/Deployment/web', SHOP)))).toMatchObject({
    version: 1,
    namespace: 'shop',
    inventory: 'complete',
    workloads: [
      {
        kind: 'Deployment',
        name: 'web',
        outcome: 'stored',
        summary: 'local nodes, naples',
        assumptions: [],
        places: {
          local: { answer: 'yes' },
          virtualNodes: [
            { provider: 'naples', answer: 'yes' },
            { provider: 'florence', answer: 'no' },
          ],
        },
      },
    ],
  });
  expect(JSON.parse(explainJson(explained('shop', SHOP)))).toMatchObject({
    about: {
      labelled: true,
      offloading: {
        mapping: 'DefaultName',
        twin: 'shop-venice',
        providers: [{ twin: 'yes' }, { twin: 'no' }],
      },
    },
  });
});

test('markdown: tables, and what is taken for granted', () => {
  expect(explainMarkdown(explained('shop/Deployment/batch', SHOP))).toMatchInlineSnapshot(`
    "### shop/Deployment/batch

    RuntimeClass 'liqo' requires liqo.io/type=virtual-node and tolerates virtual-node.liqo.io/not-allowed. Liqo's webhook does not touch the pod because of that RuntimeClass&#58; the clusterSelector does not apply to it.

    | Nodes | Lands | Why |
    | --- | --- | --- |
    | local nodes | no | nodeSelector liqo.io/type=virtual-node excludes them all |
    | naples | **yes** | virtual node liqo-naples |
    | florence | **hangs** | virtual node liqo-florence; no twin namespace there (OffloadingBackOff) |

    - Assumed: The RuntimeClass 'liqo' is as Liqo's chart installs it.
    "
  `);
  expect(explainMarkdown(explained('shop', SHOP))).toMatchInlineSnapshot(`
       "### shop

       |  |  |
       | --- | --- |
       | mapping | DefaultName&#58; twins have the name of the namespace and the ID of this cluster&#58; 'shop-venice' |
       | pods | LocalAndRemote&#58; new pods may run on local nodes and on selected clusters |
       | selector | region=south |
       | reflected | Services, Ingresses, ConfigMaps and Secrets go to every twin |
       | pod webhook | on&#58; the namespace has liqo.io/scheduling-enabled |

       | Provider | Twin |  |
       | --- | --- | --- |
       | naples | **yes** | 'shop-venice' |
       | florence | no | region=south (it has center) |

       Where its pods can land:

       - Deployment/database: local nodes

       - Deployment/batch: naples; hangs on florence

       - Deployment/web: local nodes, naples
       "
    `);
});

test('markdown stays below what GitHub takes', () => {
  const many = Array.from({ length: 2000 }, (_, i) => workload('Deployment', '{}', `workload-number-${i}`));
  const text = explainMarkdown(explained('shop', [...SOUTH, ...many]));
  expect(text.length).toBeLessThan(65_536);
  expect(text).toMatch(/… and \d+ more/);
});

test('hostile names obey nobody', () => {
  const evil = '"\\u001b[31m::error::|<b>@admin"';
  const hostile: Explanation = explained('shop', [...SOUTH, workload('Pod', '{}', evil)]);
  const text = explainText(hostile, LOOK);
  expect(text).not.toContain('\u001b');
  expect(text).toContain('\\u001b');
  const markdown = explainMarkdown(hostile);
  for (const part of ['<b>', '@admin', '\u001b']) expect(markdown).not.toContain(part);
  const labels = workload('Pod', '{ nodeSelector: { a: "\\u001b[31m|<b>" } }');
  const spec = explained('shop/Pod/web', [...SOUTH, labels]);
  expect(explainText(spec, LOOK)).not.toContain('\u001b');
  expect(explainMarkdown(spec)).not.toContain('<b>');
  expect(explainMarkdown(spec)).toContain('&#124;');
});
