// cdk8s-liqo check and plan against the live objects of a cluster: `kubectl get … | cdk8s-liqo check --against -`.
import { stringify } from 'yaml';
import { argo, flux, joined, kubectl, liveNamespace, liveOffloading, type Metadata } from '../live';
import { cli, commit, CONFIGS, copied, git, link, repository, write, type Files } from '../scratch';

const SHOP = 'config/namespaces/demo/shop.ts';
const LABEL: Metadata = { labels: { 'liqo.io/scheduling-enabled': 'true' } };

const namespace = (name: string, by: Metadata, metadata: Metadata = {}) =>
  liveNamespace(name, joined(by, metadata));
const byArgo = (name: string, application = 'apps') => argo(application, `/Namespace:${name}/${name}`);
const offloadedBy = (name: string, application = 'apps') =>
  argo(application, `offloading.liqo.io/NamespaceOffloading:${name}/offloading`);

/** What the cluster holds of the project, applied by an Application. */
const SHOP_LIVE = [
  namespace('shop', byArgo('shop'), LABEL),
  liveOffloading('shop', {}, { metadata: offloadedBy('shop') }),
];
const BLOG_LIVE = [
  namespace('blog', byArgo('blog')),
  liveOffloading('blog', { podOffloadingStrategy: 'Local' }, { metadata: offloadedBy('blog') }),
];
const SYSTEM = ['default', 'kube-node-lease', 'kube-public', 'kube-system', 'liqo'].map((name) =>
  liveNamespace(name),
);

/** The project as origin's main branch holds it. */
const deployed = copied((files: Files = {}): string => {
  const root = repository({ ...CONFIGS, ...files });
  link(root);
  cli(root, ['synth']);
  commit(root, 'dist');
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  return root;
});

const check = (root: string, live: string, ...args: string[]) =>
  cli(root, ['check', '--against', '-', ...args], {}, live);

/** Changes the project, and writes dist for it. */
function changed(root: string, files: Files, message = 'change'): void {
  write(root, files);
  expect(cli(root, ['synth', '--against', 'none']).status).toBe(0);
  commit(root, message);
}

const rules = (root: string, live: string) => {
  const { out, err } = check(root, live, '--format', 'json');
  expect(err).toBe('');
  const { findings } = JSON.parse(out) as { findings: { rule: string; namespace?: string }[] };
  return findings.map(({ rule, namespace: of = '' }) => `${rule} ${of}`);
};

test('an empty List says of nothing that it is gone', () => {
  const root = deployed();
  changed(root, { [SHOP]: "export default { name: 'shop' };\n" });
  expect(rules(root, kubectl())).toEqual(['unoffload shop']);
});

test('a cluster that holds what Git says gives nothing, whatever it adds by itself', () => {
  const root = deployed();
  const live = kubectl(...SYSTEM, ...SHOP_LIVE, ...BLOG_LIVE);
  const { status, out, err } = check(root, live);
  expect([status, err]).toEqual([0, '']);
  expect(out.replace(/\s+/g, ' ')).toContain(
    'Judged against the live objects of standard input (9, of which 4 can be removed). passed: 0 errors',
  );
  const plan = cli(root, ['plan', '--against', '-'], {}, live);
  expect(plan.out).toMatch(/^Plan for namespaces: 0 to create, 0 to change, 0 to delete, 2\s+unchanged\./);
});

test('the same comes from a file, and as YAML', () => {
  const root = deployed();
  const live = kubectl(...SHOP_LIVE, ...BLOG_LIVE);
  write(root, { 'live.yaml': stringify(JSON.parse(live)) });
  const { status, out } = cli(root, ['check', '--against', './live.yaml']);
  expect(status).toBe(0);
  expect(out).toContain('the live objects of the file ./live.yaml (4, of which 4');
});

test.each([['from standard input', '-'] as const, ['from a file', './live.json'] as const])(
  'an empty list, %s, hides no deletion',
  (_, against) => {
    const root = deployed();
    changed(root, { [SHOP]: undefined });
    write(root, { 'live.json': kubectl() });
    const { status, out } = cli(root, ['check', '--against', against], {}, kubectl());
    expect(status).toBe(1);
    expect(out).toContain('namespace-removed');
  },
);

test('a namespace that leaves Git is removed where an engine tracks it, kube-system is not', () => {
  const root = deployed();
  changed(root, { [SHOP]: undefined });
  const live = [...SYSTEM, ...BLOG_LIVE];
  expect(rules(root, kubectl(...live, ...SHOP_LIVE))).toEqual(['namespace-removed shop']);
  const untracked = [liveNamespace('shop', LABEL), liveOffloading('shop')];
  expect(rules(root, kubectl(...live, ...untracked))).toEqual([]);
  const { out } = cli(root, ['plan', '--against', '-'], {}, kubectl(...live, ...SHOP_LIVE));
  expect(out).toContain("Deleted for good: the twin namespace 'shop-venice'");
  expect(out).not.toContain('kube-system');
});

test('the last namespace of an Application is removed as well: the main branch tells that it was ours', () => {
  const root = deployed();
  changed(root, { [SHOP]: undefined });
  const alone = [
    namespace('shop', byArgo('shop', 'shop'), LABEL),
    liveOffloading('shop', {}, { metadata: offloadedBy('shop', 'shop') }),
  ];
  expect(rules(root, kubectl(...BLOG_LIVE, ...alone))).toEqual(['namespace-removed shop']);
});

test('Flux: both labels, and those of a Helm release are none', () => {
  const root = deployed();
  changed(root, { [SHOP]: undefined });
  const by = (signs: Metadata) =>
    kubectl(namespace('shop', signs, LABEL), liveOffloading('shop', {}, { metadata: signs }), ...BLOG_LIVE);
  expect(rules(root, by(flux('apps')))).toEqual(['namespace-removed shop']);
  expect(rules(root, by({ labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps' } }))).toEqual([]);
  const release: Metadata = {
    labels: {
      'app.kubernetes.io/instance': 'shop',
      'app.kubernetes.io/managed-by': 'Helm',
      'helm.toolkit.fluxcd.io/name': 'shop',
      'helm.toolkit.fluxcd.io/namespace': 'flux-system',
    },
    annotations: { 'meta.helm.sh/release-name': 'shop', 'meta.helm.sh/release-namespace': 'shop' },
  };
  expect(rules(root, by(release))).toEqual([]);
});

test('Argo CD by label: the instance label that Git does not set', () => {
  const root = deployed();
  changed(root, { [SHOP]: undefined });
  const signs: Metadata = { labels: { 'app.kubernetes.io/instance': 'apps' } };
  const live = kubectl(
    namespace('shop', signs, LABEL),
    liveOffloading('shop', {}, { metadata: signs }),
    ...BLOG_LIVE,
  );
  expect(rules(root, live)).toEqual(['namespace-removed shop']);
});

test('objects of other Applications stay, and the report says who tracks them', () => {
  const root = deployed();
  const foreign = [
    namespace('billing', byArgo('billing', 'team-billing')),
    liveOffloading('billing', {}, { metadata: offloadedBy('billing', 'team-billing') }),
    namespace('argocd', flux('platform')),
  ];
  const { status, out } = check(root, kubectl(...foreign, ...SHOP_LIVE, ...BLOG_LIVE));
  expect(status).toBe(0);
  expect(out.replace(/\s+/g, ' ')).toContain(
    "(7, of which 4 can be removed; 3 tracked by Application 'team-billing', Kustomization 'flux-system/platform', not known to apply this folder)",
  );
});

test('of what our unit tracks beside dist, only what dist once held can be removed', () => {
  const root = deployed();
  const infrastructure = namespace('monitoring', byArgo('monitoring'));
  const live = kubectl(infrastructure, ...SHOP_LIVE, ...BLOG_LIVE);
  expect(rules(root, live)).toEqual([]);
  changed(root, { [SHOP]: undefined });
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  expect(rules(root, live)).toEqual(['namespace-removed shop']);
});

test('a tracking ID that was copied from another object tracks nothing', () => {
  const root = deployed();
  changed(root, { [SHOP]: undefined });
  const copied = [
    namespace('shop', byArgo('template'), LABEL),
    liveOffloading('shop', {}, { metadata: offloadedBy('template') }),
  ];
  expect(rules(root, kubectl(...copied, ...BLOG_LIVE))).toEqual([]);
});

test('an offloading that somebody recreated by hand under another strategy is what the update meets', () => {
  const root = deployed();
  const other = liveOffloading('shop', { namespaceMappingStrategy: 'EnforceSameName' });
  const live = kubectl(namespace('shop', byArgo('shop'), LABEL), other, ...BLOG_LIVE);
  const { status, out } = check(root, live);
  expect(status).toBe(1);
  expect(out).toContain('error mapping-strategy-immutable');
  expect(out.replace(/\s+/g, ' ')).toContain('this changes it from EnforceSameName to DefaultName');
  expect(cli(root, ['check']).status).toBe(0);
});

test('a selector that is wider in the cluster than in Git loses clusters', () => {
  const root = deployed({
    [SHOP]:
      "export default { name: 'shop', offloading: { clusterSelector: ['topology.liqo.io/region=south'] } };\n",
  });
  expect(rules(root, kubectl(...SHOP_LIVE, ...BLOG_LIVE))).toContain('clusters-deselected shop');
});

test('an object that is kept in the cluster by hand is orphaned', () => {
  const root = deployed();
  changed(root, { [SHOP]: undefined });
  const keep: Metadata = { annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false' } };
  const live = kubectl(
    namespace('shop', byArgo('shop'), joined(LABEL, keep)),
    liveOffloading('shop', {}, { metadata: joined(offloadedBy('shop'), keep) }),
    ...BLOG_LIVE,
  );
  expect(rules(root, live)).toEqual(['orphaned shop', 'orphaned shop']);
});

test('what is being deleted counts as there for updates, and is not removed by a change', () => {
  const root = deployed();
  const dying: Metadata = { deletionTimestamp: '2026-06-03T10:00:00Z' };
  const live = kubectl(
    namespace('shop', byArgo('shop'), LABEL),
    liveOffloading(
      'shop',
      { namespaceMappingStrategy: 'EnforceSameName' },
      { metadata: joined(offloadedBy('shop'), dying) },
    ),
    ...BLOG_LIVE,
  );
  expect(rules(root, live)).toEqual(['mapping-strategy-immutable shop', 'object-terminating shop']);
  changed(root, { [SHOP]: "export default { name: 'shop' };\n" });
  expect(rules(root, live)).toEqual([]);
});

test('what kubectl was not asked for is as the main branch has it', () => {
  const root = deployed();
  changed(root, { [SHOP]: "export default { name: 'shop' };\n" });
  const { status, out } = check(root, kubectl(namespace('shop', byArgo('shop'), LABEL), ...BLOG_LIVE));
  expect(status).toBe(1);
  expect(out).toContain('error unoffload');
  expect(out.replace(/\s+/g, ' ')).toMatch(/, and origin\/main \(.{12}\) for 1 that are not among them\./);
});

test('what the main branch got since this branch began is not removed by it', () => {
  const root = deployed();
  git(root, 'checkout', '-q', '-b', 'main-ahead');
  changed(root, { 'config/namespaces/demo/news.ts': "export default { name: 'news', offloading: {} };\n" });
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  git(root, 'checkout', '-q', 'main');
  const news = [
    namespace('news', byArgo('news'), LABEL),
    liveOffloading('news', {}, { metadata: offloadedBy('news') }),
  ];
  expect(rules(root, kubectl(...news, ...SHOP_LIVE, ...BLOG_LIVE))).toEqual([]);
});

test('an approval lets a removal through until the main branch has it', () => {
  const root = deployed();
  changed(root, {
    [SHOP]: undefined,
    'config/approvals/a.yaml': '- { namespace: shop, rule: namespace-removed, reason: PLAT-1 }\n',
  });
  const live = kubectl(...SHOP_LIVE, ...BLOG_LIVE);
  expect(check(root, live).status).toBe(0);
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  expect(check(root, live)).toMatchObject({ status: 1, out: expect.stringContaining('is already spent') });
});

test('where nothing carries a sign that is known, what Git declares is removed by whoever applies it', () => {
  const root = deployed();
  changed(root, { [SHOP]: undefined });
  const live = kubectl(
    ...SYSTEM,
    liveNamespace('shop', LABEL),
    liveOffloading('shop'),
    liveNamespace('blog'),
  );
  expect(rules(root, live)).toEqual(['namespace-removed shop']);
});

test('manifests that are of no cluster are a baseline as ever: all that is missing is removed', () => {
  const root = deployed();
  const declared =
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: gone }\n---\n' +
    'apiVersion: v1\nkind: Namespace\nmetadata: { name: shop, labels: { liqo.io/scheduling-enabled: "true" } }\n';
  expect(check(root, declared).out).toContain('Judged against standard input.');
  expect(rules(root, declared)).toContain('namespace-removed gone');
});

test('a clone that does not know the main branch cannot say which live objects are ours', () => {
  const root = deployed();
  git(root, 'update-ref', '-d', 'refs/remotes/origin/main');
  git(root, 'update-ref', 'refs/remotes/origin/feature', 'HEAD');
  const { status, out, err } = check(root, kubectl(...SHOP_LIVE));
  expect([status, out]).toEqual([2, '']);
  expect(err).toContain('does not know the main branch of origin');
});

test('the main branch is the one that CDK8S_LIQO_AGAINST names, or the configuration', () => {
  const root = deployed();
  git(root, 'branch', 'deployed');
  changed(root, { [SHOP]: undefined });
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  const alone = [
    namespace('shop', byArgo('shop', 'shop'), LABEL),
    liveOffloading('shop', {}, { metadata: offloadedBy('shop', 'shop') }),
  ];
  const live = kubectl(...BLOG_LIVE, ...alone);
  const named = (env: NodeJS.ProcessEnv) => cli(root, ['check', '--against', '-'], env, live);
  expect(named({ CDK8S_LIQO_AGAINST: 'deployed' }).out).toContain('error namespace-removed');
  const { status, out } = named({});
  expect(status).toBe(0);
  expect(out).toContain("2 tracked by Application 'shop'");
  expect(cli(root, ['check'], { CDK8S_LIQO_AGAINST: '-' }, live).out).toBe(out);
  write(root, {
    'config/cluster.ts': "export default { id: 'venice', baseline: 'git:deployed' };\n",
  });
  expect(named({}).out).toContain('error namespace-removed');
});

test('what an Application is called is shown and never obeyed', () => {
  const root = deployed();
  const name = 'x\u001b[31m\n##[error]y';
  const { out } = check(root, kubectl(...SHOP_LIVE, namespace('billing', byArgo('billing', name))));
  expect(out).toContain('\\u001b[31m');
  expect(out).not.toMatch(/\u001b|##\[error/);
});

test('a plan compares with the cluster, and is published by synth', () => {
  const root = deployed();
  write(root, { [SHOP]: "export default { name: 'shop', labels: { team: 'a' }, offloading: {} };\n" });
  const [, shop] = SHOP_LIVE;
  const live = kubectl(
    namespace('shop', byArgo('shop'), joined(LABEL, { labels: { team: 'b', by: 'hand' } })),
    shop ?? {},
    ...BLOG_LIVE,
  );
  const { out } = cli(root, ['plan', '--against', '-'], {}, live);
  expect(out).toContain('labels.team: b -> a');
  expect(out).not.toMatch(/hand|uid|managedFields|finalizers|tracking-id|metadata\.name/);
  expect(cli(root, ['synth', '--against', '-'], {}, live)).toMatchObject({
    status: 0,
    out: expect.stringContaining('1 changed'),
  });
});
