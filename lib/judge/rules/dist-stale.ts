import type { RunRule, StaleFile } from '../rule';

const HOW: Readonly<Record<StaleFile['how'], string>> = {
  missing: 'is missing',
  different: 'differs',
  'left over': 'comes from no config',
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

/** Synth refuses to publish while another error stands, so it is no advice then. */
function remedyFor(errors: number): string {
  if (errors === 0) return 'Run npx cdk8s-liqo synth and commit what it writes. Edit configs, not dist/.';
  return `Fix the ${errors === 1 ? 'other error' : `${errors} other errors`} first: synth writes dist/ once nothing is rejected.`;
}

export const distStale: RunRule = {
  name: 'dist-stale',
  category: 'broken',
  about: 'run',
  fixed: true,
  summary: 'dist on disk is not what the configs give.',
  why: 'Flux and Argo CD apply dist as it lies in Git. A config without its dist does nothing; an edited dist does something that no config says, until the next synth takes it back. It cannot be lowered: `check` judges what the configs give, so a stale dist is not judged. `plan` leaves it out of its verdict: a plan is about the configs.',
  source: 'docs/architecture.md, Publishing',
  check: ({ stale }, { errors }) => {
    const [first] = stale;
    if (first === undefined) return [];
    return [{ message: messageFor(stale), remedy: remedyFor(errors), file: first.path }];
  },
};
