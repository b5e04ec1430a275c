import type { Unclear } from '../../manifests/engines/kustomize-build';
import type { RunRule } from '../rule';

export const folderIncomplete: RunRule = {
  name: 'folder-incomplete',
  category: 'broken',
  about: 'run',
  fixed: true,
  summary:
    'The files of the judged folder do not show what kustomize, Helm or the variables of Flux make of it.',
  why: `\`check <folder>\` judges the files in the folder. It follows kustomizations that list files and folders in it, even if they set the namespace, images, replicas, plain labels and annotations, or generate ConfigMaps. It does not follow the rest, and so cannot call the change safe:

- An overlay that takes its objects from a base outside the folder: what the base gains and loses is not visible.
- Patches, prefixes, components, replacements, transformers, Helm, Jsonnet and \`.argocd-source\` files: they may rename or drop objects.
- A Helm chart in the folder: it makes a Flux Kustomization fail, and only Helm can read its templates. A file with \`{{ }}\` or \`{% %}\` that is not YAML also counts as a template if an engine reads it.
- \`\${name}\` in a namespace, an offloading or a RuntimeClass: Flux fills the variable in after kustomize (\`postBuild\`). This does not count if every Kustomization that applies the object is known and has no \`postBuild\`.
- A kustomization outside the folder that includes part of it for a known Application or Kustomization, or applies one that the folder holds: if it newly patches a namespace, an offloading or such an Application or Kustomization, adds a prefix, or cannot be read.

There is no finding if the result cannot differ: a kustomization without any Namespace, RuntimeClass or Liqo object; patches for other kinds only; components that only add objects; in a folder that never mentions Liqo, a chart whose files hold no Namespace; or inputs that are all as they were before the change. Objects that a kustomization fetches from another repository are not judged and give no finding.`,
  source:
    'kustomize api/types (Kustomization); Argo CD, "Tool Detection"; fluxcd/pkg kustomize (SubstituteVariables)',
  check: ({ view }) => {
    const reasonsOf = (all: readonly Unclear[]) => new Map(all.map((one) => [JSON.stringify(one), one]));
    const [then, now] = [reasonsOf(view.before.unclear()), reasonsOf(view.after.unclear())];
    const isAsBefore = (key: string, one: Unclear) =>
      then.has(key) && now.has(key) && view.after.isAsIn(view.before, one);
    const reasons = [...new Map([...then, ...now])].filter(([key, one]) => !isAsBefore(key, one));
    // Outside the folder the reason is the same on both sides, though other files may decide about it.
    return [...new Map(reasons.map(([, one]) => [JSON.stringify([one.file, one.why]), one])).values()].map(
      ({ file, why, render = 'kubectl kustomize' }) => ({
        message: `Cannot tell what \`${render}\` renders here: ${why}.`,
        remedy: `Render it and check the output, as in docs/ci.md of cdk8s-liqo, "Folders that kustomize or Helm renders".`,
        file,
      }),
    );
  },
};
