// Two states of a project for trials: A is published, B is to be; and how long a trial is.
import {
  cli,
  commit,
  CONFIGS,
  copied,
  git,
  link,
  repository,
  snapshot,
  write,
  type Files,
} from '../../scratch';

/** So many trials of each kind; docs/reliability.md has the figures of 200. */
export const TRIALS = Number(process.env['CDK8S_LIQO_TRIALS'] ?? 4);

const NAMESPACES = 40;

const configs = (selector: string, from: number): Files =>
  Object.fromEntries(
    Array.from({ length: NAMESPACES }, (_, i) => [
      `config/namespaces/many/n${from + i}.ts`,
      `export default { name: 'n${from + i}', labels: { state: '${selector}' }, offloading: {} };\n`,
    ]),
  );

/** The last ten namespaces of A are gone in B, ten are new, all others change. */
export const A: Files = { ...configs('a', 0) };
export const B: Files = {
  ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`config/namespaces/many/n${i}.ts`, undefined])),
  ...configs('b', 10),
};
const FOREIGN: Files = {
  'dist/namespaces/many/mine.yaml': 'apiVersion: v1\nkind: Namespace\nmetadata: { name: mine }\n',
};

/** What B may not do without a word, granted. */
const APPROVALS: Files = {
  'config/approvals/b.yaml': Array.from(
    { length: 10 },
    (_, i) => `- { namespace: n${i}, rule: namespace-removed, reason: trial }\n`,
  ).join(''),
};

/** A repository whose dist is that of A, and whose configs are those of B. */
export const begun = copied((): string => {
  const root = repository({ ...CONFIGS, ...A, ...FOREIGN });
  link(root);
  if (cli(root, ['synth', '--against', 'none']).status !== 0) throw new Error('A cannot be published');
  commit(root, 'A');
  git(root, 'update-ref', 'refs/remotes/origin/HEAD', 'HEAD');
  write(root, { ...B, ...APPROVALS });
  return root;
});

/** The files of dist by path. */
export const distOf = (root: string): ReadonlyMap<string, string> =>
  new Map([...snapshot(root)].filter(([path]) => path.startsWith('dist/')));

export const isTemporary = (path: string): boolean => path.endsWith('.cdk8s-liqo.tmp');
