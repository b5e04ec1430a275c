// What the words of the command line mean, and what is said where they mean nothing.
import { explain } from '../../lib/explain/explain';
import { parseTarget } from '../../lib/explain/target';
import { InputError } from '../../lib/input/error';
import { manifests } from '../judge/given';
import { explained, knownOf, shop, workload } from './given';

const TEXTS = [
  ...shop([]),
  workload('Deployment', '{}', 'web'),
  workload('StatefulSet', '{}', 'db'),
  'apiVersion: v1\nkind: Service\nmetadata: { name: web-service, namespace: shop }\n',
  'apiVersion: example.org/v1\nkind: Deployment\nmetadata: { name: foreign, namespace: shop }\n',
];
const names = (target: string) =>
  explained(target, TEXTS).workloads.map(({ kind, name }) => `${kind}/${name}`);

test.each(['Deployment', 'deployment', 'DEPLOYMENT', 'deployments', 'deploy'])('kind %s', (kind) => {
  expect(names(`shop/${kind}/web`)).toEqual(['Deployment/web']);
});

test('a namespace has all its workloads', () => {
  expect(names('shop')).toEqual(['Deployment/web', 'StatefulSet/db']);
  expect(explained('shop', TEXTS).about).toBeDefined();
  expect(explained('shop/sts/db', TEXTS).about).toBeUndefined();
});

function problem(run: () => unknown) {
  try {
    run();
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.problems[0];
    throw thrown;
  }
  throw new Error('no error');
}

test.each([
  ['shop/web', /neither a namespace nor a workload/, /<namespace>\/<kind>\/<name>/],
  ['shop/Deployment/web/more', /neither/, /<kind>/],
  ['', /neither/, /<kind>/],
  ['/Deployment/web', /neither/, /<kind>/],
  ['shop//web', /neither/, /<kind>/],
  ['shop/Deployment/', /neither/, /<kind>/],
  ['shpo', /no manifest mentions the namespace 'shpo'/, /did you mean 'shop'/],
  ['elsewhere', /no manifest mentions/, /config\/ and dist\//],
  [
    'shop/Deployment/wbe',
    /no workload 'Deployment\/wbe' in namespace 'shop'/,
    /did you mean 'Deployment\/web'/,
  ],
  ['shop/StatefulSet/web', /no workload/, /did you mean 'Deployment\/web'/],
  ['shop/Deployment/something-else', /no workload/, /there are Deployment\/web, StatefulSet\/db/],
  ['shop/Deployment/foreign', /a Deployment creates no pods/, undefined],
  ['shop/Service/web-service', /a Service creates no pods/, undefined],
])('%j is refused', (target, message, remedy) => {
  const found = problem(() => explained(target, TEXTS));
  expect(found?.message).toMatch(message);
  if (remedy !== undefined) expect(found?.remedy).toMatch(remedy);
});

test('what only a config speaks of is known', () => {
  const asserted = new Map([['elsewhere', {}]]);
  expect(explained('elsewhere', TEXTS, { asserted }).workloads).toEqual([]);
});

describe('a file', () => {
  const file = {
    file: 'pod.yaml',
    manifests: manifests(workload('Pod', '{}', 'one', 'other') + '---\n' + workload('Pod', '{}', 'two')),
  };

  test('is explained as if it stood in the namespace, all of it or one', () => {
    const all = explain(parseTarget('shop'), knownOf(TEXTS), file);
    expect(all.about).toBeUndefined();
    expect(all.workloads.map(({ name }) => name)).toEqual(['one', 'two']);
    const [local, naples] = [all.workloads[0]?.places?.local, all.workloads[0]?.places?.virtualNodes[0]];
    expect([local?.answer, naples?.answer]).toEqual(['yes', 'yes']);
    expect(explain(parseTarget('shop/pod/two'), knownOf(TEXTS), file).workloads).toHaveLength(1);
  });

  test('without what is meant', () => {
    expect(problem(() => explain(parseTarget('shop/Deployment/web'), knownOf(TEXTS), file))?.message).toBe(
      "there is no workload 'Deployment/web' in pod.yaml",
    );
    const empty = { file: 'none.yaml', manifests: manifests(TEXTS[0] ?? '') };
    expect(problem(() => explain(parseTarget('shop'), knownOf(TEXTS), empty))).toMatchObject({
      message: 'it contains no object that creates pods',
      file: 'none.yaml',
    });
  });
});
