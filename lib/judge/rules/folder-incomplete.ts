import { ENGINES } from '../../manifests/engines/engines';
import type { RunRule } from '../rule';

export const folderIncomplete: RunRule = {
  name: 'folder-incomplete',
  category: 'broken',
  about: 'run',
  summary: 'What kustomize or Helm makes of the judged folder cannot be told from what lies in it.',
  why: 'This is for `check <folder>`: it judges what lies in the folder. Of an overlay that takes its objects from a base beside it, it sees nothing of what comes and goes there, so it must not say that all is well; nor where Helm renders the folder, or a kustomization cannot be read. What a kustomization fetches from another repository is not judged either, and gives no finding.',
  source: 'kustomize api/types (Kustomization); Argo CD, "Tool Detection"',
  check: ({ tools, engines }) => {
    const asked = engines.length > 0 ? engines : ENGINES;
    const unclear = [tools.before, tools.after].flatMap((side) => asked.flatMap((one) => side.unclear(one)));
    const reasons = new Map(unclear.map((one) => [JSON.stringify(one), one]));
    return [...reasons.values()].map(({ file, why }) => ({
      message: `What a tool makes of the folder was not judged: ${why}.`,
      remedy: 'Judge what it gives in its place: docs/ci.md, "Folders that kustomize or Helm renders".',
      file,
    }));
  },
};
