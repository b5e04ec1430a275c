// Everything that reads what others wrote: it gives a result or says what is wrong, and never fails otherwise.
import { resolve } from 'node:path';
import * as fc from 'fast-check';
import { readdirSync } from 'node:fs';
import { readArguments } from '../../lib/cli/arguments';
import { checkCluster } from '../../lib/config/schema/cluster';
import { checkNamespace } from '../../lib/config/schema/namespace';
import { checkPolicy } from '../../lib/config/schema/policy';
import { plainData } from '../../lib/config/plain';
import { parseTarget } from '../../lib/explain/target';
import { parseApprovals } from '../../lib/judge/approvals';
import { openBaseline } from '../../lib/manifests/baseline';
import { Repository } from '../../lib/manifests/git';
import { inventoryText, parseInventory } from '../../lib/manifests/inventory';
import { KnownTexts } from '../../lib/manifests/known';
import { lineOf, readManifests } from '../../lib/manifests/read';
import { problemsReport } from '../../lib/report/problems';
import { parseSelector, SelectorSyntaxError } from '../../lib/selector/parse';
import { printTerm } from '../../lib/selector/print';
import { git, repository } from '../scratch';
import { bent, hostile, torn } from './arbitrary';
import { accepted, CONTROLS, fuzz } from './runs';

const SELECTOR = [
  'a',
  'a.b/c',
  '=',
  '==',
  '!=',
  '!',
  ' in ',
  ' notin ',
  '(',
  ')',
  ',',
  '>',
  '<',
  '1',
  '-',
  '_',
  ' ',
  '\t',
];
fuzz('selectors', torn(SELECTOR), (text) => {
  const read = accepted(() => parseSelector(text), SelectorSyntaxError);
  if (read !== undefined)
    expect(
      accepted(
        () => parseSelector(printTerm({ matchExpressions: read, matchFields: [] })),
        SelectorSyntaxError,
      ),
    ).toEqual(read);
});

const YAML = [
  ...[
    'apiVersion: v1\n',
    'kind: Namespace\n',
    'metadata: { name: a }\n',
    'metadata:\n  name: a\n  labels:\n    b: c\n',
  ],
  ...[
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '- ',
    '  ',
    '\n',
    ': ',
    '? ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '&a ',
    '*a',
    '<<: *a\n',
    '!!str ',
  ],
  ...[
    '!x ',
    '|\n',
    '>-\n',
    "'",
    '"',
    '# a\n',
    'a: b\n',
    '0x1',
    '1e3',
    '.inf',
    '~',
    'yes',
    '012',
    '2001-01-01',
    '\t',
    '\\x',
  ],
  ...[
    'items:\n',
    'kind: List\n',
    '{"apiVersion":"v1","kind":"List","items":[',
    '{"kind":"A","apiVersion":"v1"}',
    ']}',
  ],
];
fuzz(
  'manifests',
  fc.tuple(torn(YAML), fc.constantFrom('a.yaml', 'a.json', '<stdin>'), fc.boolean()),
  ([text, file, strict]) => {
    const found = accepted(() => readManifests(file, text, { strict })) ?? [];
    for (const one of found) expect(lineOf(one, 'metadata', 'labels')).toBeGreaterThan(0);
  },
);

const INVENTORY = {
  complete: true,
  providers: [
    {
      id: 'naples',
      acceptedMappingStrategies: ['DefaultName'],
      virtualNodes: [{ name: 'liqo-naples', labels: { region: 'south' }, createNode: true }],
    },
    { id: 'rome', virtualNodes: [{ name: 'liqo-rome' }] },
  ],
};
const data = (form: unknown, pieces: readonly string[]) =>
  fc.oneof(
    bent(form).map((value) => JSON.stringify([value]).slice(1, -1)),
    torn([...YAML, ...pieces]),
  );

fuzz(
  'inventories',
  data(INVENTORY, ['complete: true\n', 'providers:\n', '- id: a\n', '  virtualNodes: [{ name: a }]\n']),
  (text) => {
    const read = accepted(() => parseInventory('config/inventory.yaml', text));
    if (read !== undefined) expect(parseInventory('a', inventoryText(read))).toEqual(read);
  },
);

const APPROVALS = [{ namespace: 'shop', rule: 'unoffload', reason: 'PLAT-1', clusters: ['naples'] }];
fuzz('approvals', data(APPROVALS, ['- namespace: a\n', '  rule: unoffload\n', '  reason: b\n']), (text) => {
  for (const { line } of accepted(() => parseApprovals('a.yaml', text)) ?? [])
    expect(line).toBeGreaterThan(0);
});

const CLUSTER = {
  id: 'venice',
  runtimeClass: { name: 'liqo', managed: true },
  baseline: 'origin/main',
  severities: { 'selector-matches-inventory': 'error' },
  gitops: { repoURL: 'https://example.com/a.git', engines: ['argocd', 'flux'] },
  settledAfterCommits: 3,
};
const NAMESPACE = {
  name: 'shop',
  labels: { team: 'a' },
  annotations: { a: 'b' },
  offloading: {
    namespaceMappingStrategy: 'DefaultName',
    podOffloadingStrategy: 'Local',
    clusterSelector: ['region=south', { matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] }],
  },
  include: ['apps/*.yaml'],
  folder: 'demo',
};
const POLICY = {
  name: 'eu',
  namespaces: 'a=b',
  clusters: ['region in (a,b)'],
  namespaceMappingStrategies: ['DefaultName'],
};
for (const [name, form, check] of [
  ['cluster configs', CLUSTER, checkCluster],
  ['namespace configs', NAMESPACE, checkNamespace],
  ['policies', POLICY, checkPolicy],
] as const) {
  fuzz(name, bent(form), (value) => {
    const checked = check(plainData(value));
    if ('value' in checked) return;
    expect(checked.violations).not.toEqual([]);
    for (const { path, message } of checked.violations)
      expect([typeof path, typeof message]).toEqual(['string', 'string']);
  });
  test(`${name}: the form that is bent is right as it is`, () => {
    expect(check(form)).toMatchObject({});
  });
}

const WORDS = [
  ...[
    'synth',
    'check',
    'plan',
    'explain',
    'import',
    'init',
    '--against',
    '--all',
    '--check',
    '--file',
    '--format',
    '-',
  ],
  ...[
    '--output',
    '--report',
    '-C',
    '--help',
    '--version',
    '--',
    '=',
    'json',
    'markdown=a.md',
    '.',
    '/',
    'none',
    'git:HEAD',
  ],
];
const PAGE = { width: 80, color: () => false, version: '1.2.3' };
fuzz(
  'arguments',
  fc.array(fc.oneof(fc.constantFrom(...WORDS), hostile, torn(WORDS)), { maxLength: 6 }),
  (args) => {
    accepted(() => readArguments(args, resolve, PAGE));
  },
);

fuzz('targets of explain', torn(['shop', '/', 'Deployment', 'web', 'deploy', '//']), (text) => {
  accepted(() => parseTarget(text));
});

fuzz(
  'problems',
  fc.record({ message: hostile, file: hostile, path: hostile, excerpt: hostile, remedy: hostile }),
  (problem) => {
    expect(problemsReport([problem], 80)).not.toMatch(CONTROLS);
  },
);

describe('in a repository', () => {
  let root = '';
  beforeAll(() => {
    root = repository({
      'dist/a.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: a }\n',
      ':(glob)x/a.yaml': '',
    });
  });
  const SPECS = [
    'git:',
    ':',
    'HEAD',
    'main',
    '--output=x',
    '--upload-pack=touch x',
    '-',
    './',
    '../',
    'dist',
    '..',
    '@{0}',
    '^{/a}',
    '~1',
    '*',
    ':(glob)',
    '/',
    'x',
  ];
  fuzz(
    'baselines',
    torn(SPECS).filter((text) => text !== '-'),
    (against) => {
      const request = {
        against,
        root,
        repository: Repository.around(root),
        folder: 'dist',
        known: new KnownTexts(),
      };
      accepted(() => openBaseline(request));
    },
    0.2,
  );
  test('none of them wrote anything', () => {
    expect(readdirSync(root).sort()).toEqual(['.git', ':(glob)x', 'dist']);
    expect(git(root, 'status', '--porcelain')).toBe('');
  });
});
