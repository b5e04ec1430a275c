// What place() and the annotations for pods noted on an object of `constructs`: read, and taken off it.
import { POD_ANNOTATION_NOTE } from '../config/annotations';
import { PLACEMENT_ANNOTATION, WORKLOAD_PLACEMENTS } from '../config/place';
import type { WorkloadPlacement } from '../config/types';
import { ANTI_AFFINITY_LABELS } from '../liqo/annotations';
import { REMOTE_MEANS, type RemoteMeans } from '../liqo/placement';
import { isObject, stringsAt, valueAt, type JsonObject } from '../manifests/manifest';
import { podLabelsOf, createsPods, withPodAnnotations } from '../manifests/pod-template';
import type { Placeable, PlacedObject } from './placement';

export interface Notes {
  readonly placement: WorkloadPlacement;
  readonly means: RemoteMeans;
  readonly podAnnotations: Readonly<Record<string, string>>;
}

const isNote = (key: string) => key === PLACEMENT_ANNOTATION || key.startsWith(POD_ANNOTATION_NOTE);

export const without = (object: JsonObject, unwanted: (key: string) => boolean): JsonObject =>
  Object.fromEntries(Object.entries(object).filter(([key]) => !unwanted(key)));

export const withMetadata = (body: JsonObject, change: (metadata: JsonObject) => JsonObject): JsonObject => {
  const metadata = valueAt(body, 'metadata');
  return { ...body, metadata: change(isObject(metadata) ? metadata : {}) };
};

export const hasNotes = (body: JsonObject): boolean =>
  [...stringsAt(body, 'metadata', 'annotations').keys()].some(isNote);

/** Without the notes, and without an empty map that this leaves. */
export const withoutNotes = (body: JsonObject): JsonObject =>
  withMetadata(body, (metadata) => {
    const { annotations } = metadata;
    const others = isObject(annotations) ? without(annotations, isNote) : {};
    return Object.keys(others).length > 0
      ? { ...metadata, annotations: others }
      : without(metadata, (key) => key === 'annotations');
  });

/** @returns a problem where somebody else wrote the annotation of place() */
export function notesOn(body: JsonObject): Notes | string {
  const all = [...stringsAt(body, 'metadata', 'annotations')];
  const noted = all.find(([key]) => key === PLACEMENT_ANNOTATION)?.[1] ?? 'inherit/runtimeClass';
  const [word, way, ...more] = noted.split('/');
  const placement = WORKLOAD_PLACEMENTS.find((one) => one === word);
  const means = REMOTE_MEANS.find((one) => one === way);
  if (placement === undefined || means === undefined || more.length > 0)
    return `has the annotation ${PLACEMENT_ANNOTATION}, which only place() writes`;
  const forPods = all.filter(([key]) => key.startsWith(POD_ANNOTATION_NOTE));
  const podAnnotations = Object.fromEntries(
    forPods.map(([key, value]) => [key.slice(POD_ANNOTATION_NOTE.length), value]),
  );
  return { placement, means, podAnnotations };
}

/** Labels that controllers add to the pods of a template. */
const ADDED_BY_CONTROLLERS =
  /^(pod-template-hash|controller-revision-hash|controller-uid|job-name|(batch|apps|statefulset)\.kubernetes\.io\/.*)$/;

/** Labels that pods do not have are left out by Liqo; without any, pods keep away from every other one of the namespace. */
function missingLabels(object: Placeable, annotations: Notes['podAnnotations']): string[] {
  const labels = podLabelsOf(object);
  const keys = annotations[ANTI_AFFINITY_LABELS]?.split(',') ?? [];
  return keys.filter((key) => !labels.has(key) && !ADDED_BY_CONTROLLERS.test(key));
}

/** An object whose pods have the annotations that were noted on it. */
export function annotatedPods(object: Placeable, annotations: Notes['podAnnotations']): PlacedObject {
  if (Object.keys(annotations).length > 0 && !createsPods(object))
    return { problems: ['has no pods to annotate'] };
  const missing = missingLabels(object, annotations);
  if (missing.length > 0)
    return {
      problems: missing.map((key) => `has anti-affinity by the label '${key}', which its pods do not have`),
    };
  return { body: withPodAnnotations(object, annotations) };
}
