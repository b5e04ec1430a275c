// A selector that no longer selects a cluster deletes the twin there. The judge proves what a selector loses; CEL sees only
// whether each old term is still there, or a wider one.
import type { Part } from './part';
import { keptBy, termsOf, watchOffloadings } from './terms';

export const NARROWING: Part = {
  guards: 'narrowing',
  name: 'narrowing',
  watched: watchOffloadings('UPDATE'),
  variables: [
    { name: 'oldTerms', expression: termsOf('oldObject') },
    { name: 'newTerms', expression: termsOf('object') },
  ],
  fits: keptBy('variables.oldTerms', 'variables.newTerms'),
  does: `"a term of the clusterSelector of '" + object.metadata.namespace + "' goes or becomes stricter: on clusters that are no longer selected Liqo deletes the twin namespace, with all that is in it."`,
  bound: 'generation',
};
