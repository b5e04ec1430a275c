// Several consumers in one repository, set up as docs/layout.md says.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cdk8s,
  cli,
  commit,
  copied,
  git,
  PROJECT,
  repository,
  write,
  type Files,
  type Ran,
} from '../scratch';
import { install, shell } from '../recipes/machine';

const page = readFileSync(join(PROJECT, 'docs/layout.md'), 'utf8');
const blocks = [...page.matchAll(/```ts\n\/\/ (\S+)\n(.*?)```/gs)];
const CONFIGS: Files = Object.fromEntries(blocks.map(([, file = '', text = '']) => [file, text]));
const VENICE = 'clusters/venice/config/namespaces/shop.ts';
const ROME = 'clusters/rome/config/namespaces/shop.ts';

/** Does what the commands of the page do that set up a consumer. */
function initialised(root: string): void {
  const commands = [...page.matchAll(/^npx cdk8s-liqo (-C clusters\/\w+ init)$/gm)];
  expect(commands).toHaveLength(2);
  for (const [, args = ''] of commands) expect(cli(root, args.split(' ')).status).toBe(0);
}

/** venice and rome, deployed from the main branch. */
const deployed = copied((): string => {
  const root = repository({ '.gitignore': 'node_modules\n', 'package.json': '{ "private": true }\n' });
  install(root);
  initialised(root);
  const example = 'config/namespaces/demo/liqo-demo.ts';
  write(root, {
    ...CONFIGS,
    [`clusters/venice/${example}`]: undefined,
    [`clusters/rome/${example}`]: undefined,
  });
  write(root, { [ROME]: CONFIGS[VENICE] });
  for (const name of ['venice', 'rome']) {
    const cluster = `clusters/${name}/config/cluster.ts`;
    write(root, { [cluster]: readFileSync(join(root, cluster), 'utf8').replace('<cluster-id>', name) });
    expect(cli(root, ['-C', `clusters/${name}`, 'synth']).status).toBe(0);
  }
  commit(root);
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  return root;
});

const check = (root: string, name: string): Ran =>
  cli(root, ['-C', `clusters/${name}`, 'check', '--against', 'origin/main', '--format', 'json']);
const findings = ({ out }: Ran) =>
  (JSON.parse(out) as { findings: { rule: string; file?: string; config?: string }[] }).findings;

test('each is judged by itself, and what they share is judged in both', () => {
  const root = deployed();
  expect(existsSync(join(root, 'clusters/rome/dist/namespaces/shop.yaml'))).toBe(true);
  expect(check(root, 'venice')).toMatchObject({ status: 0 });

  write(root, { [ROME]: (CONFIGS[ROME] ?? CONFIGS[VENICE] ?? '').toString().replace('south', 'north') });
  expect(check(root, 'venice')).toMatchObject({ status: 0 });
  const rome = check(root, 'rome');
  expect(rome.status).toBe(1);
  expect(findings(rome)).toContainEqual(
    expect.objectContaining({
      rule: 'clusters-deselected',
      file: 'clusters/rome/dist/namespaces/shop.yaml',
      config: ROME,
    }),
  );

  write(root, {
    [ROME]: CONFIGS[VENICE],
    'shared/shop.ts': (CONFIGS['shared/shop.ts'] ?? '').toString().replace('region=', 'area='),
  });
  for (const name of ['venice', 'rome'])
    expect(findings(check(root, name)).map(({ rule }) => rule)).toContain('clusters-deselected');
});

test('the loop of the page judges each, and one whose folder goes', () => {
  const root = deployed();
  const [, loop = ''] = /```sh\n(consumers\(\).*?)```/s.exec(page) ?? [];
  const judged = () => shell(root, loop).status;
  expect(judged()).toBe(0);
  write(root, { 'clusters/rome': undefined });
  expect(judged()).toBe(1);
  git(root, 'checkout', '--', '.');
  write(root, { 'clusters/rome/dist/namespaces': undefined });
  expect(judged()).toBe(1); // stale
  commit(root);
  git(root, 'update-ref', 'refs/remotes/origin/main', 'HEAD');
  write(root, { 'clusters/rome': undefined });
  expect(judged()).toBe(0);
});

test('an approval is for its consumer alone', () => {
  const root = deployed();
  const narrower = (CONFIGS['shared/shop.ts'] ?? '').toString().replace('region=', 'area=');
  const approvals = 'config/approvals/a.yaml';
  write(root, {
    'shared/shop.ts': narrower,
    [`clusters/venice/${approvals}`]: '- { namespace: shop, rule: clusters-deselected, reason: r }\n',
  });
  const rules = (name: string) => cli(root, ['-C', `clusters/${name}`, 'synth', '--format', 'json']).status;
  expect([rules('venice'), rules('rome')]).toEqual([0, 1]);
});

test('cdk8s synth works in the folder of one', () => {
  const root = deployed();
  const ran = cdk8s(join(root, 'clusters/rome'));
  expect(ran).toMatchObject({
    status: 0,
    err: expect.stringContaining('dist: 0 added, 0 changed, 0 removed, 1 unchanged'),
  });
});

test('what cannot be judged is annotated where GitHub looks for the file', () => {
  const root = deployed();
  write(root, { [ROME]: 'export default {' });
  const { status, out } = cli(root, ['-C', 'clusters/rome', 'check', '--format', 'github']);
  expect(status).toBe(2);
  expect(out).toMatch(new RegExp(`^::error file=${ROME},line=1,`));
});
