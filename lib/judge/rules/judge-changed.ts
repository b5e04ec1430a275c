import type { RunRule } from '../rule';

export const judgeChanged: RunRule = {
  name: 'judge-changed',
  category: 'info',
  about: 'run',
  fixed: true,
  summary: 'The change also edits what it is judged by.',
  why: 'Policies, severities and the inventory are files of the same repository. A change that edits them is judged by what it makes of them, so a reviewer should read them first.',
  source: 'config/policies.ts, config/cluster.ts, config/inventory.yaml',
  check: ({ judgeChanged: files }) =>
    files.map((file) => ({
      message: `${file} changes too: this was judged by what the change makes of it.`,
      remedy: 'Review it before the rest.',
      file,
    })),
};
