import type { RunRule } from '../rule';

export const folderIncomplete: RunRule = {
  name: 'folder-incomplete',
  category: 'broken',
  about: 'run',
  summary: 'A kustomization takes in what lies beside the folder that is judged.',
  why: 'This is for `check <folder>`: it judges what lies in the folder. Of an overlay that takes its objects from a base beside it, it sees nothing of what comes and goes there, so it must not say that all is well. What a kustomization fetches from another repository is not judged either, and gives no finding.',
  source: 'kustomize, "resources", "components" and "bases" of a kustomization',
  check: ({ tools }) =>
    tools.after.outside.map(({ file, paths }) => ({
      message: `A kustomization takes in ${paths.join(', ')}, beside the folder that is judged: what comes and goes there was not judged.`,
      remedy: 'Judge what it gives in its place: docs/ci.md, "Folders that kustomize or Helm renders".',
      file,
    })),
};
