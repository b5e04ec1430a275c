// A selector that selects less, in a repository with and without the inventory of venice.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  branch,
  cli,
  commit,
  CONFIGS,
  copied,
  link,
  PROJECT,
  repository,
  write,
  type Files,
} from '../scratch';

const SHOP = 'config/namespaces/demo/shop.ts';
const INVENTORY = 'config/inventory.yaml';
const inventory = readFileSync(join(PROJECT, INVENTORY), 'utf8');
const shop = (...selectors: string[]): Files => ({
  [SHOP]: `export default { name: 'shop', offloading: { clusterSelector: ${JSON.stringify(selectors)} } };\n`,
});

/** A repository whose main branch deploys the selectors, on a branch of its own. */
const deployed = copied((selectors: string[], files: Files = {}): string => {
  const root = repository({ ...CONFIGS, ...shop(...selectors), ...files });
  link(root);
  expect(cli(root, ['synth']).status).toBe(0);
  commit(root, 'dist');
  branch(root);
  return root;
});

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly clusters?: readonly string[];
  readonly witness?: { readonly labels: Readonly<Record<string, string>> };
}

function change(root: string, files: Files) {
  write(root, files);
  const { status, out } = cli(root, ['synth', '--format', 'json']);
  const { findings } = JSON.parse(out) as { findings: Finding[] };
  return { status, findings };
}

const BOTH = 'topology.liqo.io/region in (center,south)';
const ONE = 'topology.liqo.io/region in (south)';

test('with the inventory, the cluster is named; an approval for it lets it through, one for another does not', () => {
  const root = deployed([BOTH], { [INVENTORY]: inventory });
  expect(change(root, shop(ONE))).toMatchObject({
    status: 1,
    findings: [{ rule: 'clusters-deselected', clusters: ['florence'] }],
  });
  const approval = (id: string): Files => ({
    'config/approvals/a.yaml': `- { namespace: shop, rule: clusters-deselected, clusters: [${id}], reason: r }\n`,
  });
  expect(change(root, approval('naples')).status).toBe(1);
  expect(change(root, approval('florence')).status).toBe(0);
});

test('narrowing, and dropping florence from the inventory in one change', () => {
  const root = deployed([BOTH], { [INVENTORY]: inventory });
  const without = inventory.slice(0, inventory.indexOf('  - id: florence'));
  expect(change(root, { ...shop(ONE), [INVENTORY]: without })).toMatchObject({
    status: 1,
    findings: [{ rule: 'clusters-deselected', clusters: ['florence'] }, { rule: 'judge-changed' }],
  });
});

test('without the inventory, a witness shows it', () => {
  expect(change(deployed([BOTH]), shop(ONE))).toMatchObject({
    status: 1,
    findings: [{ rule: 'clusters-deselected', witness: { labels: { 'topology.liqo.io/region': 'center' } } }],
  });
});

test('a rewrite with the same meaning is silent', () => {
  const found = change(deployed([ONE]), shop('topology.liqo.io/region=south'));
  expect(found).toEqual({ status: 0, findings: [] });
});

test('a requirement that comes is rejected with a witness, and cleared by a complete inventory', () => {
  const narrower = shop(`${ONE},!maintenance`);
  const found = change(deployed([ONE]), narrower);
  expect(found.status).toBe(1);
  expect(Object.keys(found.findings[0]?.witness?.labels ?? {})).toContain('maintenance');
  expect(change(deployed([ONE], { [INVENTORY]: inventory }), narrower)).toEqual({ status: 0, findings: [] });
});

test.each([undefined, '# written by init\n'])(
  'an inventory that comes with the change clears nothing in it: %j at the baseline',
  (before) => {
    const root = deployed([ONE], { [INVENTORY]: before });
    const found = change(root, { ...shop(`${ONE},!maintenance`), [INVENTORY]: inventory });
    expect([found.status, found.findings[0]?.rule]).toEqual([1, 'clusters-deselected']);
  },
);

test('an alternative that comes is an info', () => {
  expect(
    change(deployed([ONE], { [INVENTORY]: inventory }), shop(ONE, 'topology.liqo.io/region=center')),
  ).toMatchObject({
    status: 0,
    findings: [{ rule: 'clusters-selected', severity: 'info', clusters: ['florence'] }],
  });
});

test('a broken inventory is one error with its line, and nothing is written', () => {
  const root = deployed([BOTH], { [INVENTORY]: inventory });
  write(root, { ...shop(ONE), [INVENTORY]: 'complete: yes it is\nproviders: []\n' });
  const { status, out, err } = cli(root, ['synth']);
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain(`at ${INVENTORY}:1 /complete`);
});

test('two namespaces of one remote name are rejected where they can meet, and pass in disjoint regions', () => {
  const named = (name: string, region: string): Files => ({
    [`config/namespaces/demo/${name}.ts`]: `export default { name: '${name}', offloading: { namespaceMappingStrategy: 'SelectedName',
      remoteNamespaceName: 'shared', clusterSelector: ['topology.liqo.io/region in (${region})'] } };\n`,
  });
  const root = deployed([ONE]);
  expect(change(root, { ...named('left', 'south'), ...named('right', 'south,center') })).toMatchObject({
    status: 1,
    findings: [
      { rule: 'remote-name-collision', witness: { labels: { 'topology.liqo.io/region': 'south' } } },
    ],
  });
  expect(change(root, named('right', 'center'))).toEqual({ status: 0, findings: [] });
});
