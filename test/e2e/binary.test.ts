// The built binary says and does what the sources do in the process of the tests: one case of each kind. All other tests may then
// run the sources.
import { kubectl, liveNamespace, liveOffloading } from '../live';
import { node, virtualNode } from '../manifests/given';
import {
  binary,
  branch,
  cli,
  commit,
  CONFIGS,
  copied,
  repository,
  snapshot,
  write,
  type Files,
} from '../scratch';

const SHOP = 'config/namespaces/demo/shop.ts';
const CHANGED: Files = { [SHOP]: CONFIGS[SHOP]?.toString().replace('DefaultName', 'EnforceSameName') };
const LABELLED: Files = {
  [SHOP]: CONFIGS[SHOP]?.toString().replace("'shop',", "'shop', labels: { team: 'a' },"),
};

const deployed = copied((): string => {
  const root = repository(CONFIGS);
  cli(root, ['synth']);
  commit(root, 'dist');
  branch(root);
  return root;
});

/** The project as it is deployed, with some files changed since. */
function changed(files: Files): string {
  const root = deployed();
  write(root, files);
  return root;
}

interface Case {
  readonly args: readonly string[];
  readonly files?: Files;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
  readonly status: number;
}

const LIVE = kubectl(liveNamespace('shop'), liveOffloading('shop'));
const NODES = `${virtualNode('naples')}---\n${node('naples')}`;

test.each<[string, Case]>([
  ['help', { args: ['--help'], status: 0 }],
  ['the version', { args: ['--version'], status: 0 }],
  ['wrong usage', { args: ['snyth'], status: 2 }],
  ['synth that publishes', { args: ['synth'], files: LABELLED, status: 0 }],
  ['synth that is rejected', { args: ['synth'], files: CHANGED, status: 1 }],
  ['synth of a config that throws', { args: ['synth'], files: { [SHOP]: 'throw new Error();' }, status: 2 }],
  ['check that passes', { args: ['check'], status: 0 }],
  ['check with findings', { args: ['check', '--format', 'json'], files: CHANGED, status: 1 }],
  ['check of a folder in a folder', { args: ['-C', 'dist', 'check', 'namespaces'], status: 0 }],
  ['check against a variable', { args: ['check'], env: { CDK8S_LIQO_AGAINST: 'git:gone' }, status: 2 }],
  ['check against standard input', { args: ['check', '--against', '-'], input: LIVE, status: 0 }],
  ['check against nothing on standard input', { args: ['check', '--against', '-'], input: '', status: 2 }],
  ['plan', { args: ['plan', '--report', 'markdown=plan.md'], files: LABELLED, status: 0 }],
  ['explain', { args: ['explain', 'shop'], status: 0 }],
  ['import', { args: ['import', '-'], input: NODES, status: 0 }],
  ['import --check without an inventory', { args: ['import', '--check', '-'], input: NODES, status: 2 }],
  ['status', { args: ['status', '--format', 'json'], input: LIVE, status: 1 }],
  ['init', { args: ['init'], files: { 'cdk8s.yaml': undefined }, status: 0 }],
])('%s', (_, { args, files = {}, env, input, status }) => {
  const [built, source] = [changed(files), changed(files)];
  const [theirs, ours] = [binary(built, args, env, input), cli(source, args, env, input)];
  const anywhere = (text: string, root: string) => text.replaceAll(root, '<root>');
  expect(theirs.status).toBe(status);
  expect({ ...theirs, err: anywhere(theirs.err, built) }).toEqual({
    ...ours,
    err: anywhere(ours.err, source),
  });
  expect(theirs.out + theirs.err).not.toBe('');
  expect(snapshot(built)).toEqual(snapshot(source));
});

test('a folder that is gone is no findings, but could not judge', () => {
  const { status, err } = binary(deployed(), ['-C', 'nowhere', 'check']);
  expect([status, err]).toEqual([2, expect.stringMatching(/^error: '.*nowhere' is no folder/)]);
});
