import type { Stray } from '../../manifests/read';
import type { Facts, Problem, StateRule } from '../rule';

type View = Facts['view']['after'];

const isJson = (file: string) => file.endsWith('.json');

/** Argo CD ignores a YAML file that does not look like a manifest; a JSON file must be an object. */
function isRefusedByArgo({ file, text, document }: Stray, view: View): boolean {
  if (isJson(file)) return view.units.applying(file).some(({ engine }) => engine === 'argocd');
  return document > 0 || ['apiVersion:', 'kind:', 'metadata:'].every((word) => text.includes(word));
}

/** The engine that stops at it, undefined if none does. */
function refusedBy(stray: Stray, view: View): string | undefined {
  const reads = view.engines.filter(
    (engine) => view.mayRead(engine, stray.file) && !view.isOfChart(engine, stray.file),
  );
  if (view.isNoManifest(stray.file)) return undefined;
  if (reads.includes('flux') && !isJson(stray.file)) return 'Flux';
  return reads.includes('argocd') && isRefusedByArgo(stray, view) ? 'Argo CD' : undefined;
}

const effect = ({ lacks }: Stray, by: string) =>
  lacks === 'kind'
    ? `${by} applies nothing in its folder`
    : by === 'Flux'
      ? 'Flux silently ignores it'
      : 'Argo CD cannot sync the folder';

function problemOf(stray: Stray, view: View): Problem[] {
  const by = refusedBy(stray, view);
  if (by === undefined) return [];
  return [
    {
      message: `'${stray.file}' holds a document without ${stray.lacks}, so it is not a Kubernetes object: ${effect(stray, by)}.`,
      remedy:
        'Move it out of the folder, or exclude it with a `.sourceignore` or with a kustomization that lists only the other files.',
      file: stray.file,
    },
  ];
}

export const notAnObject: StateRule = {
  name: 'not-an-object',
  category: 'broken',
  about: 'state',
  summary: 'A file that an engine applies holds something other than Kubernetes objects.',
  why: 'In a folder without a kustomization, Flux lists every file that ends in `.yaml` or `.yml`, and kustomize stops at a document without `kind` or metadata, such as the values of a chart: Flux then applies nothing in the whole folder. A document with a `kind` but no `apiVersion` passes kustomize, and Flux drops it. Argo CD ignores such a file unless an object comes before the document, or the file contains `apiVersion:`, `kind:` and `metadata:`; it ignores no JSON file. Empty documents stop no engine.',
  source:
    'fluxcd/pkg kustomize (scanManifests), ssa/utils (IsKubernetesObject); kustomize kyaml (GetValidatedMetadata); Argo CD reposerver/repository (getObjsFromYAMLOrJson)',
  check: ({ beside: { strays } }, { view }) => strays.flatMap((stray) => problemOf(stray, view.after)),
};
