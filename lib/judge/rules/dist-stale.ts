import type { RunRule, StaleFile } from '../rule';

const HOW: Readonly<Record<StaleFile['how'], string>> = {
  missing: 'is missing',
  different: 'differs',
  'left over': 'has no config',
};

/** How many files the message names. */
const NAMED = 3;

const counted = (count: number, what: string) => `${count} ${what}${count === 1 ? '' : 's'}`;

function messageFor(stale: readonly StaleFile[]): string {
  const named = stale.slice(0, NAMED).map(({ path, how }) => `${path} ${HOW[how]}`);
  const more = stale.length > NAMED ? [`${stale.length - NAMED} more`] : [];
  const files = new Intl.ListFormat('en').format([...named, ...more]);
  return `dist/ is behind config/ in ${counted(stale.length, 'file')}: ${files}. Flux and Argo CD apply what dist/ holds.`;
}

/** While another error stands synth publishes nothing, so running it is no advice. */
function remedyFor(errors: number): string {
  if (errors === 0) return 'Run npx cdk8s-liqo synth and commit what it writes. Edit configs, not dist/.';
  return `synth writes them once the ${errors === 1 ? 'other error is' : `${errors} other errors are`} fixed.`;
}

export const distStale: RunRule = {
  name: 'dist-stale',
  category: 'broken',
  about: 'run',
  fixed: true,
  summary: 'dist/ on disk does not match the configs.',
  why: 'Flux and Argo CD apply dist/ as Git has it. A changed config does nothing until dist/ has it, and an edit in dist/ takes effect until the next synth reverts it. You cannot lower this rule: `check` judges what the configs compile to, so a stale dist/ was not judged. `plan` leaves it out of its verdict, because a plan is about the configs.',
  source: 'docs/architecture.md, Publishing',
  check: ({ stale }, { errors }) => {
    const [first] = stale;
    if (first === undefined) return [];
    return [{ message: messageFor(stale), remedy: remedyFor(errors), file: first.path }];
  },
};
