// The past of objects that units put into another namespace than the one that Git shows.
import { join } from 'node:path';
import { examineFolder } from '../../lib/case/examine';
import { namespace, offloading } from '../judge/given';
import { commit, repository, write, type Files } from '../scratch';

const unit = (target = ', targetNamespace: shop') => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { interval: 10m, prune: true, sourceRef: { kind: GitRepository, name: flux-system }, path: ./deploy${target} }
`;
const nso = (mapping: string, metadata = '', within = 'namespace: shop') =>
  offloading('shop', `{ namespaceMappingStrategy: ${mapping}, clusterSelector: { nodeSelectorTerms: [] } }`, {
    metadata,
  }).replace(', namespace: shop', within === '' ? '' : `, ${within}`);
const PLACED = (mapping: string, metadata = '') => nso(mapping, metadata, '');
const KEEP = 'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }';

/** What is found after the forms of deploy/a.yaml, each a commit, the last one the change; undefined is a removal. */
function found(forms: readonly (string | undefined)[], target?: string): string[] {
  const [first, ...others] = forms.map((text): Files => ({ 'deploy/a.yaml': text }));
  const root = repository({
    'clusters/unit.yaml': unit(target),
    'deploy/ns.yaml': namespace('shop', 'labels: { liqo.io/scheduling-enabled: "true" }'),
    ...first,
  });
  for (const files of others) {
    write(root, files);
    commit(root);
  }
  const request = { root, against: 'git:HEAD~1', progress: () => undefined };
  const { verdict } = examineFolder({ ...request, dir: join(root, 'deploy') });
  return verdict.findings
    .filter(({ severity, existing }) => severity !== 'info' && existing !== true)
    .map(({ rule, severity, namespace: name = '' }) => `${severity} ${rule} ${name}`);
}

describe.each([
  ['by targetNamespace', PLACED, undefined],
  ['by itself', nso, ''],
])('of an object in its namespace %s', (_, form, target) => {
  test('a change that takes back what the cluster refused is no change of a strategy', () => {
    const forms = [form('EnforceSameName'), form('DefaultName'), form('EnforceSameName')];
    expect(found(forms, target)).toEqual(['warning restores-refused-change shop']);
  });

  test('a guard that came with what the cluster refused guards nothing', () => {
    const forms = [form('EnforceSameName'), form('DefaultName', KEEP), undefined];
    expect(found(forms, target)).toContain('error unoffload shop');
    expect(found([form('EnforceSameName'), form('EnforceSameName', KEEP), undefined], target)).not.toContain(
      'error unoffload shop',
    );
  });

  test('what comes back soon after it went is said', () => {
    const forms = [form('EnforceSameName'), undefined, form('DefaultName')];
    expect(found(forms, target)).toContain('warning reoffload-unsettled shop');
  });
});
