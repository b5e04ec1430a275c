import type { Approval } from '../../lib/judge/approvals';
import { judge, type Case } from '../../lib/judge/judge';
import { declaredIn } from '../../lib/judge/peerings';
import { State } from '../../lib/judge/state';
import type { Engine } from '../../lib/manifests/engines/engines';
import { remedyParts } from '../../lib/report/findings';
import { parseSelector } from '../../lib/selector/parse';
import { FACTS, namespace, offloading, seen, state } from './given';
import { node, of, PARTIAL, provider, selecting, VENICE } from './inventories';
import { tenantNamespace, virtualNode } from './peering';

const SELECTOR = 'clusterSelector: { nodeSelectorTerms: [] }';
const LABEL = 'labels: { liqo.io/scheduling-enabled: "true" }';
const shop = (spec = `{ ${SELECTOR} }`) => [namespace('shop', LABEL), offloading('shop', spec)];

const approval = (rule: string, namespaceName = 'shop'): Approval => ({
  namespace: namespaceName,
  rule,
  reason: 'PLAT-1',
  file: 'config/approvals/a.yaml',
  line: 1,
});

/** The namespace with its label, offloaded to what the selector selects. */
const selected = (text: string) =>
  state(namespace('shop', LABEL), ...selecting([text]).manifests.map(({ source }) => source.text));

function verdict(given: Partial<Case>) {
  return judge({
    before: state(),
    after: state(),
    cut: new Map(),
    facts: FACTS,
    severities: {},
    approvals: [],
    spent: [],
    configOf: () => undefined,
    all: false,
    ...given,
  });
}

const brief = (given: Partial<Case>) =>
  verdict(given).findings.map(({ rule, severity, namespace: of }) => [of, rule, severity]);

test('a namespace as we write it gives no finding', () => {
  expect(verdict({ after: state(...shop()) })).toEqual({
    findings: [],
    summary: { errors: 0, warnings: 0, infos: 0, approved: 0 },
  });
});

test('a finding says everything about itself', () => {
  const { findings } = verdict({
    before: state(...shop()),
    after: state(...shop(`{ ${SELECTOR}, namespaceMappingStrategy: EnforceSameName }`)),
    configOf: (file) => (file === 'dist/1.yaml' ? 'config/namespaces/shop.ts' : undefined),
  });
  expect(findings).toEqual([
    {
      rule: 'mapping-strategy-immutable',
      category: 'refused',
      severity: 'error',
      namespace: 'shop',
      message:
        'Liqo refuses the update: namespaceMappingStrategy is immutable, and this changes it from DefaultName to EnforceSameName.',
      remedy:
        'Set it back to DefaultName. To change it, unoffload in one merge and offload again in a second: docs/changing-a-strategy.md of cdk8s-liqo.',
      file: 'dist/1.yaml',
      line: 4,
      config: 'config/namespaces/shop.ts',
    },
  ]);
});

test('a finding without a file has no config', () => {
  const labels = parseSelector('data=personal');
  const { findings } = verdict({
    before: state(namespace('shop', 'labels: { data: personal }'), offloading('shop')),
    after: state(offloading('shop')),
    facts: {
      ...FACTS,
      policies: [{ name: 'p', namespaces: { labels } }],
      asserted: new Map([['shop', {}]]),
    },
    configOf: (file) => `config of ${file}`,
  });
  const left = findings.find(({ rule }) => rule === 'policy-no-longer-applies');
  expect(left).toMatchObject({ namespace: 'shop', file: undefined, config: undefined });
});

test('the summary counts by severity', () => {
  const { summary } = verdict({
    before: state(...shop()),
    after: state(namespace('shop'), offloading('shop', '{}'), namespace('blog', 'labels: { a: 1 }')),
    facts: { ...FACTS, judgeChanged: ['config/policies.ts'] },
  });
  expect(summary).toEqual({ errors: 2, warnings: 1, infos: 1, approved: 0 });
});

test('findings come by namespace, then those about the run, and last that dist is behind', () => {
  const after = state(offloading('b', '{}', { name: 'x' }), offloading('a', '{}'));
  const stale = [{ path: 'dist/a.yaml', how: 'missing' }] as const;
  const facts = { ...FACTS, stale, judgeChanged: ['config/policies.ts'] };
  expect(brief({ after, facts })).toEqual([
    ['a', 'cluster-selector-absent', 'error'],
    ['b', 'offloading-name', 'error'],
    ['b', 'cluster-selector-absent', 'error'],
    [undefined, 'judge-changed', 'info'],
    [undefined, 'dist-stale', 'error'],
  ]);
});

describe('what was so before', () => {
  const before = state(...shop('{}'));

  test('is a warning, marked existing', () => {
    const { findings, summary } = verdict({ before, after: before });
    expect(findings).toMatchObject([
      { rule: 'cluster-selector-absent', severity: 'warning', existing: true },
    ]);
    expect(summary).toEqual({ errors: 0, warnings: 1, infos: 0, approved: 0 });
  });

  test('is an error again with --all, and still marked', () => {
    const { findings } = verdict({ before, after: before, all: true });
    expect(findings).toMatchObject([{ severity: 'error', existing: true }]);
  });

  test('is found anew in another namespace, and for another reason', () => {
    const after = state(...shop('{}'), namespace('blog', LABEL), offloading('blog', '{}'));
    expect(brief({ before, after })).toEqual([
      ['blog', 'cluster-selector-absent', 'error'],
      ['shop', 'cluster-selector-absent', 'warning'],
    ]);
  });

  test('is told apart by namespace, where a message names none', () => {
    const nameless = `{ ${SELECTOR}, namespaceMappingStrategy: SelectedName }`;
    const one = state(...shop(nameless));
    const both = state(...shop(nameless), namespace('blog', LABEL), offloading('blog', nameless));
    expect(brief({ before: one, after: both })).toEqual([
      ['blog', 'remote-name-required', 'error'],
      ['shop', 'remote-name-required', 'warning'],
    ]);
  });

  test('is not a severity that was lowered already', () => {
    const bare = state(namespace('shop'), offloading('shop'));
    expect(brief({ before: bare, after: bare, severities: { 'scheduling-label-missing': 'info' } })).toEqual([
      ['shop', 'scheduling-label-missing', 'info'],
    ]);
  });
});

describe('approvals', () => {
  const before = state(...shop());
  const after = state(namespace('shop'));

  test('let one finding through, as a warning with its reason', () => {
    const { findings, summary } = verdict({ before, after, approvals: [approval('unoffload')] });
    expect(findings).toMatchObject([{ rule: 'unoffload', severity: 'warning', approved: 'PLAT-1' }]);
    expect(summary).toEqual({ errors: 0, warnings: 0, infos: 0, approved: 1 });
  });

  test('name a provider where the rule says so, and let the namespaces be', () => {
    const peered = { before: state(...shop(), virtualNode()), after: state(...shop()) };
    const named = { ...approval('peering-removed'), namespace: undefined };
    const of = (provider: string) =>
      brief({ ...peered, approvals: [{ ...named, provider }] }).filter(([, rule]) => rule !== 'unoffload');
    expect(of('naples')).toEqual([[undefined, 'peering-removed', 'warning']]);
    expect(of('rome')).toEqual([
      [undefined, 'peering-removed', 'error'],
      [undefined, 'approval-unused', 'warning'],
    ]);
    const [found] = verdict(peered).findings;
    expect(found).toMatchObject({ rule: 'peering-removed', category: 'destructive', clusters: ['naples'] });
    expect(found).not.toHaveProperty('provider');
  });

  test('say once that a tenant namespace goes', () => {
    const tenant = [tenantNamespace('naples'), virtualNode()];
    const found = brief({ before: state(...shop(), ...tenant), after: state(...shop()) });
    expect(found).toEqual([['liqo-tenant-naples', 'peering-removed', 'error']]);
  });

  test.each([
    ['of another namespace', approval('unoffload', 'blog')],
    ['of another rule', approval('namespace-removed')],
  ])('do nothing where they are %s, and are unused', (_, one) => {
    expect(brief({ before, after, approvals: [one] })).toEqual(
      expect.arrayContaining([
        ['shop', 'unoffload', 'error'],
        [one.namespace, 'approval-unused', 'warning'],
      ]),
    );
  });

  test('that are spent do nothing, and the remedy says so', () => {
    const { findings } = verdict({ before, after, spent: [approval('unoffload')] });
    expect(findings).toMatchObject([
      { severity: 'error', remedy: expect.stringContaining('config/approvals/a.yaml:1 is already spent') },
    ]);
  });

  test('that are spent are not spoken of where a new one lets the finding through', () => {
    const { findings } = verdict({
      before,
      after,
      approvals: [{ ...approval('unoffload'), reason: 'PLAT-2' }],
      spent: [approval('unoffload')],
    });
    expect(findings).toMatchObject([{ approved: 'PLAT-2', remedy: expect.not.stringContaining('spent') }]);
  });

  test('are used although they fit one of several findings only', () => {
    const two = state(...shop(), namespace('blog', LABEL), offloading('blog'));
    const neither = state(namespace('shop'), namespace('blog'));
    expect(brief({ before: two, after: neither, approvals: [approval('unoffload')] })).toEqual([
      ['blog', 'unoffload', 'error'],
      ['shop', 'unoffload', 'warning'],
    ]);
  });

  test.each([
    ['for that cluster', ['florence'], 'warning'],
    ['for it and others', ['naples', 'florence'], 'warning'],
    ['for another cluster', ['naples'], 'error'],
    ['for any', undefined, 'warning'],
  ])('of a narrower selector, %s', (_, clusters, severity) => {
    const { findings } = verdict({
      before: selected('region in (center,south)'),
      after: selected('region=south'),
      facts: { ...FACTS, inventories: { before: VENICE, after: VENICE } },
      approvals: [{ ...approval('clusters-deselected'), ...(clusters && { clusters }) }],
    });
    expect(findings.find(({ rule }) => rule === 'clusters-deselected')).toMatchObject({
      severity,
      clusters: ['florence'],
    });
  });

  test('for one cluster of two that are hit let nothing through', () => {
    const { findings } = verdict({
      before: selected('region'),
      after: selected('edge'),
      facts: { ...FACTS, inventories: { before: VENICE, after: VENICE } },
      approvals: [{ ...approval('clusters-deselected'), clusters: ['florence'] }],
    });
    expect(findings.find(({ rule }) => rule === 'clusters-deselected')).toMatchObject({
      severity: 'error',
      clusters: ['florence', 'naples'],
    });
  });

  test('for some clusters let nothing through where nobody knows which are hit', () => {
    const { findings } = verdict({
      before: selected('region'),
      after: selected('region=south'),
      approvals: [{ ...approval('clusters-deselected'), clusters: ['florence'] }],
    });
    expect(findings).toMatchObject([
      { rule: 'clusters-deselected', severity: 'error', witness: { labels: { region: '' } } },
      { rule: 'approval-unused' },
    ]);
  });

  test('do not let through what nobody may approve', () => {
    const changed = state(...shop(`{ ${SELECTOR}, namespaceMappingStrategy: EnforceSameName }`));
    const { findings } = verdict({
      before,
      after: changed,
      approvals: [approval('mapping-strategy-immutable')],
    });
    expect(findings.find(({ rule }) => rule === 'mapping-strategy-immutable')?.severity).toBe('error');
  });
});

describe('one event, one finding', () => {
  const before = state(...shop(), namespace('blog', LABEL), offloading('blog'));

  test('a Namespace that goes covers its offloading, and no other', () => {
    expect(brief({ before, after: state(namespace('blog')) })).toEqual([
      ['blog', 'unoffload', 'error'],
      ['shop', 'namespace-removed', 'error'],
    ]);
  });

  test('so does one that is approved', () => {
    const after = state(namespace('blog', LABEL), offloading('blog'));
    expect(brief({ before, after, approvals: [approval('namespace-removed')] })).toEqual([
      ['shop', 'namespace-removed', 'warning'],
    ]);
  });

  test('a changed strategy covers the name that came with it', () => {
    const chosen = `{ ${SELECTOR}, namespaceMappingStrategy: SelectedName, remoteNamespaceName: x }`;
    expect(brief({ before: state(...shop()), after: state(...shop(chosen)) })).toEqual([
      ['shop', 'mapping-strategy-immutable', 'error'],
    ]);
  });

  test('a selector that nothing can match covers that it matches none of the inventory, and its terms', () => {
    const dead = selecting(['a,!a', 'a=1,a=2']).manifests.map(({ source }) => source.text);
    const facts = { ...FACTS, inventories: { after: VENICE } };
    expect(brief({ after: state(namespace('shop', LABEL), ...dead), facts })).toEqual([
      ['shop', 'selector-matches-nothing', 'error'],
    ]);
  });
});

describe('severities', () => {
  const after = state(namespace('shop'), offloading('shop', '{}'));

  test('hide, lower and raise', () => {
    const severities = { 'cluster-selector-absent': 'off', 'scheduling-label-missing': 'error' } as const;
    expect(brief({ after, severities })).toEqual([['shop', 'scheduling-label-missing', 'error']]);
  });

  test('do not lower what is refused', () => {
    const wrong = state(...shop(`{ ${SELECTOR}, podOffloadingStrategy: local }`));
    expect(brief({ after: wrong, severities: { 'schema-invalid': 'off' } })).toEqual([
      ['shop', 'schema-invalid', 'error'],
    ]);
  });
});

test('an approval for some clusters lets nothing through where there may be others', () => {
  const given = (inventory: typeof VENICE) => ({
    before: selected('region in (center,south)'),
    after: selected('region=south'),
    facts: { ...FACTS, inventories: { before: inventory, after: inventory } },
    approvals: [{ ...approval('clusters-deselected'), clusters: ['florence'] }],
  });
  const severity = (inventory: typeof VENICE) =>
    verdict(given(inventory)).findings.find(({ rule }) => rule === 'clusters-deselected')?.severity;
  expect(severity(VENICE)).toBe('warning');
  expect(severity(PARTIAL)).toBe('error');
  const unused = (inventory: typeof VENICE) =>
    verdict(given(inventory)).findings.filter(({ rule }) => rule === 'approval-unused');
  expect(unused(VENICE)).toEqual([]);
  expect(unused(PARTIAL)).toMatchObject([
    { message: expect.stringContaining('it names florence, but the change affects florence') },
  ]);
});

test('what stands in a path adds no line to what can be pasted', () => {
  const forged = 'x\n- { namespace: prod, rule: unoffload, reason: ok } #';
  const at = (folder: string) =>
    state(...shop()).manifests.map((one) => ({
      ...one,
      source: { ...one.source, file: `${folder}/a.yaml` },
    }));
  const after = { [`${forged}/kustomization.yaml`]: '{ resources: [] }' };
  const facts = { ...FACTS, ...seen({ folder: '', known: ['flux'], after }) };
  const here = new State(at(forged));
  const { findings } = verdict({ before: here, after: here, facts });
  const [finding] = findings.filter(({ rule }) => rule === 'object-left-out');
  expect(remedyParts(finding?.remedy ?? '')).toEqual({
    sentence: expect.stringContaining('List the file in x - { namespace: prod'),
    entry: '- { namespace: shop, rule: object-left-out, reason: "…" }',
  });
  const [incomplete] = verdict({
    facts: {
      ...FACTS,
      ...seen({ folder: '', after: { 'kustomization.yaml': `{ resources: ["a\\n- b"] }` } }),
    },
  }).findings;
  expect(incomplete?.message).toContain('it includes a - b');
});

describe('what Flux has yet to fill in', () => {
  const filled = state(...shop(`{ namespaceMappingStrategy: "\${strategy}", ${SELECTOR} }`));
  const given = (known: readonly Engine[], before = state(), after = filled) => {
    const { view, engines } = seen({ folder: 'dist', known, manifests: after.manifests });
    return brief({ before, after, facts: { ...FACTS, view, engines } });
  };

  test('is no mistake of the manifest, and not passed over', () => {
    expect(given([]).filter(([, , severity]) => severity === 'error')).toEqual([
      [undefined, 'folder-incomplete', 'error'],
    ]);
    expect(given(['argocd'])).toContainEqual(['shop', 'schema-invalid', 'error']);
  });

  test('hides nothing that goes beside it', () => {
    const both = state(...shop(), namespace('beta', LABEL), offloading('beta'));
    const found = given([], both);
    expect(found).toContainEqual(['beta', 'namespace-removed', 'error']);
    expect(found.map(([, rule]) => rule)).not.toContain('mapping-strategy-immutable');
  });
});

test('a virtual node that a manifest declares makes what it breaks a new finding', () => {
  const clusters = [{ matchExpressions: parseSelector('liqo.io/remote-cluster-id=naples'), matchFields: [] }];
  const before = selected('region=south');
  const rome = virtualNode('region: south', { name: 'rome', id: 'rome' });
  const after = new State([...before.manifests, ...state(rome).manifests]);
  const naples = of(true, provider('naples', node('naples', 'region: south')));
  const judged = (was: State) =>
    verdict({
      before: was,
      after,
      facts: {
        ...FACTS,
        policies: [{ name: 'naples-only', clusters }],
        inventories: { before: naples, after: naples },
        declaredNodes: declaredIn({ before: was, after }),
      },
    })
      .findings.filter(({ rule }) => rule === 'policy')
      .map(({ severity, clusters: hit, existing }) => [severity, hit, existing]);
  expect(judged(before)).toEqual([['error', ['rome'], undefined]]);
  expect(judged(after)).toEqual([['warning', ['rome'], true]]);
});
