// What config/cluster.ts says of the RuntimeClass, as far as the findings.
import { cli, CONFIGS, link, repository } from '../scratch';

function findings(runtimeClass: string) {
  const root = repository({
    ...CONFIGS,
    'config/cluster.ts': `export default { id: 'venice', runtimeClass: ${runtimeClass} };\n`,
    'config/namespaces/demo/shop.ts': `
import { ApiObject } from 'cdk8s';
import { place } from 'cdk8s-liqo';
const pod = (chart, name, more) => new ApiObject(chart, name, { apiVersion: 'v1', kind: 'Pod', metadata: { name }, spec: { containers: [], ...more } });
export default { name: 'shop', offloading: {}, constructs: (chart) => {
  place(pod(chart, 'placed'), 'remote');
  pod(chart, 'hand-written', { runtimeClassName: 'virtual' });
} };\n`,
  });
  link(root);
  const { out, status } = cli(root, ['synth', '--format', 'json']);
  const report = JSON.parse(out) as { findings: { rule: string; message: string }[] };
  expect(status).toBe(0);
  const about = report.findings.filter(({ rule }) => rule.startsWith('runtime-class'));
  return about.map(({ rule, message }) => `${rule} ${/(?<!\w)'[^']*'/.exec(message)?.[0] ?? ''}`);
}

test.each<[string, string[]]>([
  ['{}', []],
  ['{ managed: true }', ["runtime-class-owned-twice 'liqo'"]],
  ["{ managed: true, chartName: 'liqo-chart' }", []],
  ["{ managed: true, chartName: 'virtual' }", ["runtime-class-carried-over 'shop/hand-written'"]],
  ["{ name: 'virtual', remoteName: 'runc' }", ["runtime-class-carried-over 'shop/hand-written'"]],
  [
    "{ name: 'virtual', remoteName: 'runc', managed: true }",
    ["runtime-class-carried-over 'shop/hand-written'"],
  ],
])('%s', (runtimeClass, expected) => {
  expect(findings(runtimeClass)).toEqual(expected);
});
