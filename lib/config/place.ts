// Where the workloads of a namespace's `constructs` run: noted on the object, and taken off it when the chart is compiled.
import type { IConstruct } from 'constructs';
import { PLACEMENTS, REMOTE_MEANS, type RemoteMeans } from '../liqo/placement';
import { apiObjectOf, checkCompiled } from './compiled-app';
import type { WorkloadPlacement } from './types';

/** The annotation that carries a placement as far as the compiler; no manifest is written with it. */
export const PLACEMENT_ANNOTATION = 'cdk8s-liqo/placement';

export interface PlaceOptions {
  /**
   * How a `remote` pod gets onto virtual nodes: by Liqo's RuntimeClass, or by a toleration.
   * @default 'runtimeClass'
   */
  readonly means?: RemoteMeans;
}

export const WORKLOAD_PLACEMENTS: readonly WorkloadPlacement[] = ['inherit', ...PLACEMENTS];

/**
 * Says where the pods of a workload run; for use in `constructs`.
 * @param workload an ApiObject, or a construct that is one at heart, such as a Deployment of cdk8s-plus
 * @returns the workload
 * @throws Error for a construct that is no single object, for words that are no placement, and in an app of somebody else's
 */
export function place<T extends IConstruct>(
  workload: T,
  placement: WorkloadPlacement,
  { means = 'runtimeClass' }: PlaceOptions = {},
): T {
  if (!WORKLOAD_PLACEMENTS.includes(placement))
    throw new Error(`'${placement}' is not a placement: use one of ${WORKLOAD_PLACEMENTS.join(', ')}`);
  if (!REMOTE_MEANS.includes(means))
    throw new Error(`'${means}' is not a valid value of means: use one of ${REMOTE_MEANS.join(', ')}`);
  const object = apiObjectOf(workload);
  checkCompiled(object, 'place');
  object.metadata.addAnnotation(PLACEMENT_ANNOTATION, `${placement}/${means}`);
  return workload;
}
