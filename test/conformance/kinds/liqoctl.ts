import { selectorText } from '../generate/selectors';
import type { Kind } from './kind';
import { asSets, requirementsOf } from './parse';

export const liqoctl: Kind<string> = {
  name: 'liqoctl',
  what: 'The same texts as `--selector` of liqoctl: the requirements that it writes into the clusterSelector',
  ours: 'lib/selector/parse.ts',
  upstream: 'apimachinery `metav1.ParseToLabelSelector`',
  draw: selectorText,
  say: requirementsOf,
  compared: asSets,
};
