import type { Unclear } from '../../manifests/engines/kustomize-build';
import type { RunRule } from '../rule';

export const folderIncomplete: RunRule = {
  name: 'folder-incomplete',
  category: 'broken',
  about: 'run',
  fixed: true,
  summary:
    'What kustomize, Helm or the variables of Flux make of the judged folder cannot be told from what lies in it.',
  why: 'This is for `check <folder>`: it judges what lies in the folder, and follows kustomizations that list files and folders in it (and set the namespace, images, replicas, plain labels and annotations, or generate ConfigMaps). Of an overlay that takes its objects from a base beside it, it sees nothing of what comes and goes there; patches, prefixes, components, replacements and transformers may rename or drop what it sees; so may Helm, Jsonnet and `.argocd-source` files. A Helm chart in the folder makes a Kustomization of Flux fail, and holds templates that nobody but Helm can read. A file with `{{ }}` or `{% %}` that is no YAML is a template as well, if an engine reads it. `${name}` in a namespace, an offloading or a RuntimeClass is a variable that Flux fills in after kustomize (`postBuild`), unless every Kustomization that applies it is known and has none. It must then not say that all is well, unless the tool gives what it gave: of a kustomization that takes in no Namespace, RuntimeClass or object of Liqo nothing is said, nor of patches that are for other kinds alone, of components that only take in more, and, in a folder that never mentions Liqo, of a chart without a Namespace in its files; nor if these, what names or patches them and what makes objects are as they were. Beside the folder, kustomizations count that take in something of it for a known unit, or that apply one of its units: if such a one newly patches a namespace, an offloading or a unit, puts a prefix on it, or cannot be read, what comes of the folder cannot be told either. What a kustomization fetches from another repository is not judged, and gives no finding.',
  source:
    'kustomize api/types (Kustomization); Argo CD, "Tool Detection"; fluxcd/pkg kustomize (SubstituteVariables)',
  check: ({ view }) => {
    const reasonsOf = (all: readonly Unclear[]) => new Map(all.map((one) => [JSON.stringify(one), one]));
    const [then, now] = [reasonsOf(view.before.unclear()), reasonsOf(view.after.unclear())];
    const isAsBefore = (key: string, one: Unclear) =>
      then.has(key) && now.has(key) && view.after.isAsIn(view.before, one);
    const reasons = [...new Map([...then, ...now])].filter(([key, one]) => !isAsBefore(key, one));
    // Beside the folder the reason is the same, whatever decides about it now.
    return [...new Map(reasons.map(([, one]) => [JSON.stringify([one.file, one.why]), one])).values()].map(
      ({ file, why, render = 'kubectl kustomize' }) => ({
        message: `What a tool makes of the folder was not judged: ${why}.`,
        remedy: `Judge what \`${render}\` gives in its place: docs/ci.md, "Folders that kustomize or Helm renders".`,
        file,
      }),
    );
  },
};
