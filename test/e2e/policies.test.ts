// Policies in a repository: over configs, over hand-written manifests, and when the policies themselves change.
import { branch, cli, commit, CONFIGS, copied, link, repository, write, type Files } from '../scratch';

const POLICIES = 'config/policies.ts';
const residency = (regions: string): Files => ({
  [POLICIES]: `import { definePolicies } from 'cdk8s-liqo';
export default definePolicies([
  { name: 'eu-residency', namespaces: 'data=personal', clusters: 'topology.liqo.io/region in (${regions})', namespaceMappingStrategies: ['DefaultName'] },
]);
`,
});
const shop = (data: string, selectors?: string[]): Files => ({
  'config/namespaces/demo/shop.ts': `export default { name: 'shop', labels: { data: '${data}' }, offloading: { clusterSelector: ${JSON.stringify(selectors)} } };\n`,
});

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly witness?: unknown;
}

function findings(root: string, args: string[] = []) {
  const { status, out, err } = cli(root, [...(args.length === 0 ? ['synth'] : args), '--format', 'json']);
  if (out === '') throw new Error(err);
  const report = JSON.parse(out) as { findings: Finding[] };
  return {
    status,
    findings: report.findings.map(({ rule, severity, witness }) => ({ rule, severity, witness })),
  };
}

const deployed = copied((files: Files): string => {
  const root = repository({ ...CONFIGS, ...files });
  link(root);
  cli(root, ['synth', '--against', 'none']);
  commit(root, 'dist');
  branch(root);
  return root;
});

test('a config without a selector is rejected, with a witness', () => {
  const root = deployed({ ...residency('center,south'), ...shop('public') });
  write(root, shop('personal'));
  expect(findings(root)).toEqual({
    status: 1,
    findings: [
      { rule: 'policy', severity: 'error', witness: { labels: { 'liqo.io/remote-cluster-id': '0' } } },
    ],
  });
  write(root, shop('personal', ['topology.liqo.io/region=south']));
  expect(findings(root).findings.filter(({ rule }) => rule === 'policy')).toEqual([]);
});

test('what broke it before is a warning when the policy is adopted, and the report says that the policies changed', () => {
  const root = deployed(shop('personal'));
  write(root, residency('center'));
  expect(findings(root)).toMatchObject({
    status: 0,
    findings: [
      { rule: 'policy', severity: 'warning' },
      { rule: 'judge-changed', severity: 'info' },
    ],
  });
});

test('hand-written manifests obey as well', () => {
  const root = deployed(residency('center'));
  write(root, {
    'deploy/a.yaml': `apiVersion: v1
kind: Namespace
metadata: { name: hand, labels: { data: personal, liqo.io/scheduling-enabled: "true" } }
---
apiVersion: offloading.liqo.io/v1beta1
kind: NamespaceOffloading
metadata: { name: offloading, namespace: hand }
spec: { clusterSelector: { nodeSelectorTerms: [] } }
`,
  });
  expect(findings(root, ['check', 'deploy'])).toMatchObject({ status: 1, findings: [{ rule: 'policy' }] });
});

test('a namespace that is not managed is decided by the labels that its config asserts', () => {
  const root = deployed({ ...residency('center'), ...shop('public') });
  write(root, {
    'config/namespaces/demo/new.ts':
      "export default { name: 'new', manageNamespace: false, offloading: {} };\n",
  });
  expect(findings(root)).toMatchObject({ status: 1, findings: [{ rule: 'policy' }] });
  write(root, {
    'config/namespaces/demo/new.ts':
      "export default { name: 'new', manageNamespace: false, labels: { data: 'public' }, offloading: {} };\n",
  });
  expect(findings(root)).toMatchObject({ status: 0, findings: [] });
});

test.each([
  ['a misspelt key', "[{ name: 'p', cluster: 'a' }]", /did you mean 'clusters'/],
  ['a selector that is none', "[{ name: 'p', clusters: [5] }]", /5 is not a valid string or object/],
  [
    'a misspelt term',
    "[{ name: 'p', clusters: [{ matchExpression: [] }] }]",
    /did you mean 'matchExpressions'/,
  ],
  ['an empty clusters', "[{ name: 'p', clusters: '' }]", /leave clusters out/],
  ['an empty selector', "[{ name: 'p', namespaces: '', offloading: 'required' }]", /leave namespaces out/],
  ['a broken selector', "[{ name: 'p', clusters: 'a in (' }]", /column 7/],
  ['nothing asked for', "[{ name: 'p', namespaces: 'a' }]", /has no constraint/],
  [
    'one name twice',
    "[{ name: 'p', offloading: 'required' }, { name: 'p', offloading: 'required' }]",
    /two policies named 'p'/,
  ],
])('%s in a policy is one error', (_, policies, message) => {
  const root = deployed({});
  write(root, { [POLICIES]: `export default ${policies};\n` });
  const { status, out, err } = cli(root, ['synth']);
  expect([status, out, err]).toEqual([2, '', expect.stringMatching(message)]);
  expect(err).toContain(`at ${POLICIES}`);
});
