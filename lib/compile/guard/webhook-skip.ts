// Without Liqo's webhook a changed mapping strategy passes, and abandons the twin namespaces.
import { WEBHOOK_SKIP_LABEL } from '../../liqo/constants';
import { textIn } from './cel';
import type { Part } from './part';
import { watchOffloadings } from './terms';

const skips = (object: string) => `${textIn(object, 'labels', WEBHOOK_SKIP_LABEL)} == "true"`;

export const WEBHOOK_SKIP: Part = {
  guards: 'webhook-skip',
  name: 'webhook-skip',
  watched: watchOffloadings('CREATE', 'UPDATE'),
  fits: `!(${skips('object')}) || request.operation == "UPDATE" && ${skips('oldObject')}`,
  does: `"the label ${WEBHOOK_SKIP_LABEL} switches Liqo's webhook off for the NamespaceOffloading of '" + object.metadata.namespace + "': a changed strategy would abandon its twin namespaces."`,
  bound: 'resourceVersion',
};
