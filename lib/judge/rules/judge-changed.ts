import type { RunRule } from '../rule';

export const judgeChanged: RunRule = {
  name: 'judge-changed',
  category: 'info',
  about: 'run',
  fixed: true,
  summary: 'The change also edits a file that decides how it is judged.',
  why: 'Policies, severities and the inventory are files of the same repository. A change that edits them is judged by its own version of them, so a reviewer should read them first.',
  source: 'config/policies.ts, config/cluster.ts, config/inventory.yaml',
  check: ({ judgeChanged: files }) =>
    files.map((file) => ({
      message: `This change also edits ${file}, and was judged by the new version.`,
      remedy: 'Review that file first.',
      file,
    })),
};
