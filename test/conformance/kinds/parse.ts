import type { Json } from '../../../lib/manifests/manifest';
import { parseSelector, SelectorSyntaxError } from '../../../lib/selector/parse';
import { selectorText } from '../generate/selectors';
import { sorted, type Kind } from './kind';

/** `[key, operator, values]` each. */
export function requirementsOf(text: string): Json {
  try {
    return parseSelector(text).map(({ key, operator, values }) => [key, operator, values]);
  } catch (thrown) {
    if (thrown instanceof SelectorSyntaxError) return { refused: thrown.message };
    throw thrown;
  }
}

/** Neither the order of requirements nor that of values says anything. */
export function asSets(said: Json): Json {
  if (!Array.isArray(said)) return said;
  return sorted(
    said.map((one: Json) =>
      Array.isArray(one) ? one.map((part: Json) => (Array.isArray(part) ? sorted(part) : part)) : one,
    ),
  );
}

export const parse: Kind<string> = {
  name: 'parse',
  what: 'Label selectors as text: the requirements, or a refusal',
  ours: 'lib/selector/parse.ts',
  upstream: 'apimachinery `labels.Parse`',
  draw: selectorText,
  say: requirementsOf,
  compared: asSets,
};
