// What `import` and `import --check` say, on 80 columns and to machines.
import type { LabelDrift, NamespaceDrift, ProviderDrift } from '../../lib/judge/drift';
import type { DriftReport } from '../../lib/report/drift';
import { driftJson } from '../../lib/report/drift-json';
import { driftText } from '../../lib/report/drift-text';
import { importText } from '../../lib/report/import-text';
import { warningsReport } from '../../lib/report/problems';
import { report as judged } from './given';

const plain = { color: false, width: 80 };

const relabelled = (provider: string, ...labels: LabelDrift[]): ProviderDrift => ({
  provider,
  change: 'changed',
  virtualNodes: [{ name: `liqo-${provider}`, change: 'changed', labels }],
});
const whole = (provider: string, change: 'added' | 'removed'): ProviderDrift => ({
  provider,
  change,
  virtualNodes: [{ name: `liqo-${provider}`, change, labels: [] }],
});
const GONE: ProviderDrift = {
  provider: 'florence',
  change: 'changed',
  virtualNodes: [{ name: 'liqo-florence', change: 'changed', node: 'gone', labels: [] }],
};
const NAPLES = relabelled(
  'naples',
  { key: 'region', was: 'south', is: 'west' },
  { key: 'tier', was: 'gold' },
  { key: 'zone', is: '' },
);

const report = (
  stale: readonly ProviderDrift[],
  namespaces: readonly NamespaceDrift[] = [],
  unreadable: readonly string[] = [],
): DriftReport => ({
  file: 'config/inventory.yaml',
  baseline: judged().baseline,
  stale,
  live: 3,
  consequences: { namespaces, unreadable },
});
const losing = (namespace: string, lost: string[], gained: string[] = []) => ({ namespace, lost, gained });

test('says what drifted, who loses by it, and that no merge holds it up', () => {
  const given = report(
    [GONE, NAPLES, whole('oslo', 'removed'), whole('rome', 'added')],
    [losing('blog', ['naples']), losing('all', ['oslo'], ['rome']), losing('shop', ['naples'])],
    ['odd'],
  );
  expect(driftText(given, plain)).toBe(`stale: config/inventory.yaml
1 provider added, 1 removed, 2 changed, 0 unchanged

florence
  virtual node liqo-florence: its Node is gone, with all labels that only Nodes
  have
naples
  virtual node liqo-naples
    region: south → west
    tier: gold → (none)
    zone: (none) → ""
oslo
  is gone, with its virtual node liqo-oslo
rome
  is new, with its virtual node liqo-rome

2 namespaces lose naples
  blog, shop
1 namespace loses oslo and gains rome
  all
1 namespace with an invalid clusterSelector: unknown effect
  odd

Deployed: origin/main (cccccccccccc).
Liqo uses the live labels, not this file: a namespace that loses a cluster here
has already lost its twin namespace there with everything in it, or loses it at
the next reconcile. No merge causes or prevents that. Revert label changes that
were not intended. To update the inventory, run import without --check.
`);
});

test('is one line where the inventory is what the cluster shows', () => {
  expect(driftText(report([]), plain)).toBe('config/inventory.yaml matches the cluster: 3 providers.\n');
});

test('says of a drift that costs nobody anything that it does', () => {
  const text = driftText(report([NAPLES]), plain);
  expect(text).toContain('No deployed namespace loses or gains a cluster.');
  expect(text).not.toContain('Liqo goes by');
});

test('names a bounded number of thousands, none wider than 80 columns', () => {
  const many = Array.from({ length: 1000 }, (_, i) => i);
  const text = driftText(
    report(
      many.map((i) => relabelled(`cluster-${i}`, { key: 'region', was: 'a', is: 'b' })),
      many.map((i) => losing(`namespace-${i}`, ['cluster-1'])),
    ),
    plain,
  );
  const lines = text.split('\n');
  expect(lines.length).toBeLessThan(200);
  expect(lines).toContain('and 950 more providers; --format json has them all');
  expect(text.replace(/\s+/g, ' ')).toContain('namespace-19 and 980 more');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(80);
});

test('shows control characters of names, and does not obey them', () => {
  const text = driftText(report([NAPLES], [losing('a\u001b[31m', ['naples'])]), plain);
  expect(text).not.toContain('\u001b');
  expect(text).toContain('a\\u001b[31m');
});

test('for machines: the contract', () => {
  const given = report([NAPLES], [losing('shop', ['naples'], ['rome'])], ['odd']);
  expect(JSON.parse(driftJson(given))).toEqual({
    version: 1,
    baseline: { kind: 'git', ref: 'origin/main', commit: 'c'.repeat(40), objects: 0 },
    stale: [
      {
        provider: 'naples',
        change: 'changed',
        virtualNodes: [
          {
            name: 'liqo-naples',
            change: 'changed',
            labels: [
              { key: 'region', was: 'south', is: 'west' },
              { key: 'tier', was: 'gold' },
              { key: 'zone', is: '' },
            ],
          },
        ],
      },
    ],
    namespaces: [{ namespace: 'shop', lost: ['naples'], gained: ['rome'] }],
    unreadable: ['odd'],
  });
});

describe('import', () => {
  const imported = { file: 'config/inventory.yaml', live: 3, isNew: false };

  test('says what changed, then the names', () => {
    const changes = [GONE, NAPLES, whole('oslo', 'removed'), whole('rome', 'added')];
    expect(importText({ ...imported, changes }, plain)).toBe(
      'config/inventory.yaml: 1 provider added, 1 removed, 2 changed, 0 unchanged\n' +
        '  added: rome\n  removed: oslo\n  changed: florence, naples\n',
    );
  });

  test('says that it left the file as it was, or that it is new', () => {
    const nothing = importText({ ...imported, changes: [] }, plain);
    expect(nothing.replace(/\s+/g, ' ')).toContain('3 unchanged; the file was left as it was');
    const first = importText({ ...imported, isNew: true, live: 1, changes: [whole('rome', 'added')] }, plain);
    expect(first).toContain('1 provider added, 0 removed, 0 changed, 0 unchanged\n  added: rome\n');
    expect(first).toContain('rome\nThe file is new and has complete: false');
  });
});

test('warnings are wrapped, bounded, and harmless', () => {
  expect(warningsReport([], 80)).toBe('');
  expect(warningsReport(['a \u001b b'], 80)).toBe('warning: a \\u001b b\n');
  const many = warningsReport(
    Array.from({ length: 60 }, () => 'word '.repeat(30)),
    80,
  );
  expect(many).toMatch(/\nand 10 more warnings\n$/);
  expect(Math.max(...many.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
});
