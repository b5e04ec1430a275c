// Without its scheduling label a namespace has pods that Liqo's webhook never saw.
import { SCHEDULING_LABEL } from '../../liqo/constants';
import { textIn } from './cel';
import type { Part } from './part';

const scheduled = (object: string) => `${textIn(object, 'labels', SCHEDULING_LABEL)} == "true"`;

export const SCHEDULING: Part = {
  guards: 'scheduling-label',
  name: 'scheduling-label',
  watched: [{ operations: ['UPDATE'], apiGroup: '', resources: ['namespaces'] }],
  fits: `${scheduled('object')} || !(${scheduled('oldObject')})`,
  does: `"without the label ${SCHEDULING_LABEL} Liqo no longer places the new pods of '" + object.metadata.name + "'."`,
  bound: 'resourceVersion',
};
