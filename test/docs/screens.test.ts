// The screens in README.md and docs/ are what the command line prints for this repository's own examples.
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  argo,
  kubectl,
  liveNamespace,
  liveOffloading,
  LOOPING,
  NOT_SELECTED,
  offloadingStatus,
  READY,
  SELECTED,
} from '../live';
import { binary, cli, commit, git, link, PROJECT, repository, write } from '../scratch';

const EXAMPLE = 'config/namespaces/quick-start/liqo-demo.ts';
const page = (path: string) => readFileSync(join(PROJECT, path), 'utf8');

/** The examples as origin's main branch has them, and a config changed since. */
function changed(edit: (config: string) => string): string {
  const root = repository({});
  cpSync(join(PROJECT, 'config'), join(root, 'config'), { recursive: true });
  cpSync(join(PROJECT, 'dist'), join(root, 'dist'), { recursive: true });
  commit(root);
  git(root, 'update-ref', 'refs/remotes/origin/HEAD', 'HEAD');
  link(root);
  write(root, { [EXAMPLE]: edit(page(EXAMPLE)) });
  return root;
}

const withoutCommit = (text: string) => text.replace(/\([0-9a-f]{12}\)/g, '(COMMIT)');

test('README.md shows a rejected change', () => {
  const root = changed((config) => config.replaceAll('EnforceSameName', 'DefaultName'));
  const { status, out, err } = binary(root, ['synth']);
  const [, screen = ''] = /```console\n\$ npx cdk8s-liqo synth\n(.*?)```/s.exec(page('README.md')) ?? [];
  expect(withoutCommit(out + err)).toBe(withoutCommit(screen));
  expect(status).toBe(1);
});

test('README.md shows a selector that loses a cluster', () => {
  const root = changed((config) => config);
  const policies = 'config/namespaces/policies/liqo-policies.ts';
  const narrower = page(policies).replace(/^ *'topology.liqo.io\/region=center.*\n/m, '');
  write(root, { [policies]: narrower });
  const { status, out } = cli(root, ['synth']);
  const [, screen = ''] = /\$ npx cdk8s-liqo synth\n(liqo-policies\n.*?)```/s.exec(page('README.md')) ?? [];
  expect(screen).not.toBe('');
  expect(out).toContain(screen);
  expect(status).toBe(1);
});

test('README.md shows a plan', () => {
  const root = changed((config) => config);
  const policies = 'config/namespaces/policies/liqo-policies.ts';
  write(root, { [policies]: page(policies).replace(/^ *'topology.liqo.io\/region=center.*\n/m, '') });
  const { out } = cli(root, ['plan']);
  const [, screen = ''] = /\$ npx cdk8s-liqo plan\n(.*?\n)\n*```/s.exec(page('README.md')) ?? [];
  expect(screen).not.toBe('');
  expect(out).toContain(screen);
});

test('docs/changing-a-strategy.md shows an approved change', () => {
  const root = changed((config) => config.replace(/ {2}offloading: \{.*?\n {2}\},\n/s, ''));
  write(root, {
    'config/approvals/plat-123.yaml':
      '- { namespace: liqo-demo, rule: unoffload, reason: PLAT-123 a twin name of its own }\n',
  });
  const { status, out } = cli(root, ['synth']);
  const indented = /^ {4}liqo-demo\n(?: {4}.*\n)+/m.exec(page('docs/changing-a-strategy.md'))?.[0] ?? '';
  expect(out).toContain(indented.replace(/^ {4}/gm, ''));
  expect(indented).not.toBe('');
  expect(status).toBe(0);
});

test.each(['bookshop', 'bookshop/Deployment/batch'])('docs/explain.md shows %s', (target) => {
  const root = changed((config) => config);
  const { status, out } = cli(root, ['explain', target]);
  const screens = page('docs/explain.md').split('```console\n');
  const screen = screens.find((one) => one.startsWith(`$ npx cdk8s-liqo explain ${target}\n`)) ?? '';
  expect(screen.split('```')[0]).toBe(`$ npx cdk8s-liqo explain ${target}\n${out}`);
  expect(status).toBe(0);
});

test.each(['github', 'markdown'])('docs/reports.md shows the format %s', (format) => {
  const root = changed((config) => config);
  const policies = 'config/namespaces/policies/liqo-policies.ts';
  write(root, { [policies]: page(policies).replace(/^ *'topology.liqo.io\/region=center.*\n/m, '') });
  commit(root);
  const { status, out } = cli(root, ['check', '--format', format]);
  const screens = page('docs/reports.md').split('```console\n');
  const command = `$ npx cdk8s-liqo check --format ${format}\n`;
  const [screen = ''] = screens.find((one) => one.startsWith(command))?.split('```') ?? [];
  const shown = withoutCommit(screen.slice(command.length)).replace(/…\n$/, '');
  expect(shown.length).toBeGreaterThan(200);
  expect(withoutCommit(out).startsWith(shown)).toBe(true);
  expect(status).toBe(1);
});

/** A cluster that holds a part of the examples, one of them as somebody made it by hand, and another team's namespace. */
const LIVE = kubectl(
  liveNamespace('kube-system'),
  liveNamespace('billing', argo('billing', '/Namespace:/billing')),
  liveNamespace('liqo-demo', argo('apps', '/Namespace:/liqo-demo')),
  liveOffloading(
    'liqo-demo',
    {},
    {
      status: offloadingStatus('Ready', 'liqo-demo-venice', {
        florence: [SELECTED, READY],
        naples: [SELECTED, READY],
      }),
    },
  ),
  liveNamespace('bookshop', argo('apps', '/Namespace:/bookshop')),
  liveOffloading(
    'bookshop',
    {
      clusterSelector: {
        nodeSelectorTerms: [
          { matchExpressions: [{ key: 'topology.liqo.io/region', operator: 'In', values: ['south'] }] },
        ],
      },
    },
    {
      metadata: argo('apps', 'offloading.liqo.io/NamespaceOffloading:bookshop/offloading'),
      status: offloadingStatus('AllFailed', 'bookshop-venice', {
        florence: [NOT_SELECTED],
        naples: [SELECTED, LOOPING],
      }),
    },
  ),
  liveNamespace('flights'),
  liveOffloading(
    'flights',
    {
      namespaceMappingStrategy: 'SelectedName',
      podOffloadingStrategy: 'Local',
      remoteNamespaceName: 'flights-of-venice',
    },
    {
      status: offloadingStatus('Ready', 'flights-of-venice', {
        florence: [SELECTED, READY],
        naples: [SELECTED, READY],
      }),
    },
  ),
);

test('docs/live.md shows a change that is judged against a cluster', () => {
  const root = changed((config) => config);
  write(root, { 'live.json': LIVE });
  const { status, out } = cli(root, ['check', '--against', './live.json']);
  const [, screen = ''] =
    /\$ npx cdk8s-liqo check --against .\/live.json\n(.*?)```/s.exec(page('docs/live.md')) ?? [];
  const [, end = ''] = /```console\n(Judged against .*?)```/s.exec(page('docs/live.md')) ?? [];
  expect([screen, end]).not.toContain('');
  expect(out).toContain(screen);
  expect(withoutCommit(out)).toContain(end);
  expect(status).toBe(1);
});

test('docs/live.md shows a status', () => {
  const root = changed((config) => config);
  const tenants = 'config/namespaces/tenants/tenants.ts';
  write(root, { 'live.json': LIVE, [tenants]: undefined });
  const { status, out } = cli(root, ['status', 'live.json']);
  const [, screen = ''] = /\$ npx cdk8s-liqo status live.json\n(.*?)```/s.exec(page('docs/live.md')) ?? [];
  expect(screen).toBe(out);
  expect(status).toBe(1);
});
