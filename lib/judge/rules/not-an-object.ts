import type { Stray } from '../../manifests/read';
import type { Facts, Problem, StateRule } from '../rule';

type View = Facts['view']['after'];

const isJson = (file: string) => file.endsWith('.json');

/** Argo CD passes over a file of YAML that looks like none of its own; JSON has to be an object. */
function isRefusedByArgo({ file, text, document }: Stray, view: View): boolean {
  if (isJson(file)) return view.units.applying(file).some(({ engine }) => engine === 'argocd');
  return document > 0 || ['apiVersion:', 'kind:', 'metadata:'].every((word) => text.includes(word));
}

/** The engine that stops at it, undefined where none does. */
function refusedBy(stray: Stray, view: View): string | undefined {
  const reads = view.engines.filter(
    (engine) => view.placeOf(engine, stray.file) === undefined && !view.isOfChart(engine, stray.file),
  );
  if (view.isNoManifest(stray.file)) return undefined;
  if (reads.includes('flux') && !isJson(stray.file)) return 'Flux';
  return reads.includes('argocd') && isRefusedByArgo(stray, view) ? 'Argo CD' : undefined;
}

const effect = ({ lacks }: Stray, by: string) =>
  lacks === 'kind'
    ? `${by} refuses to apply anything of its folder`
    : by === 'Flux'
      ? 'Flux passes over it without a word'
      : 'Argo CD cannot sync the folder';

function problemOf(stray: Stray, view: View): Problem[] {
  const by = refusedBy(stray, view);
  if (by === undefined) return [];
  return [
    {
      message: `'${stray.file}' holds a document without ${stray.lacks}, which is no Kubernetes object: ${effect(stray, by)}.`,
      remedy:
        'Take it out of the folder, or leave it out: with a `.sourceignore`, or a kustomization that lists the others.',
      file: stray.file,
    },
  ];
}

export const notAnObject: StateRule = {
  name: 'not-an-object',
  category: 'broken',
  about: 'state',
  summary: 'A file that an engine applies holds something else than Kubernetes objects.',
  why: 'Of a folder without a kustomization, Flux lists each file that ends in `.yaml` or `.yml`, and kustomize stops at a document without `kind` or metadata, such as the values of a chart: nothing of the whole folder is applied any more. What has a `kind` and no `apiVersion` passes kustomize, and Flux drops it. Argo CD passes over such a file, unless an object stands before the document, or the file holds `apiVersion:`, `kind:` and `metadata:` all the same; of JSON it passes over nothing. Documents that are empty hold nothing, and no engine stops at them.',
  source:
    'fluxcd/pkg kustomize (scanManifests), ssa/utils (IsKubernetesObject); kustomize kyaml (GetValidatedMetadata); Argo CD reposerver/repository (getObjsFromYAMLOrJson)',
  check: ({ beside: { strays } }, { view }) => strays.flatMap((stray) => problemOf(stray, view.after)),
};
