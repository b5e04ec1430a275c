// A NamespaceOffloading that goes takes its twin namespaces along, with all that is in them.
import type { Part } from './part';
import { watchOffloadings } from './terms';

export const OFFLOADING_DELETION: Part = {
  guards: 'offloading-deletion',
  name: 'offloading-deletion',
  watched: watchOffloadings('DELETE'),
  fits: 'false',
  does: `"deleting the NamespaceOffloading of '" + oldObject.metadata.namespace + "' deletes its twin namespaces on every provider, with all that is in them."`,
  bound: 'generation',
};
