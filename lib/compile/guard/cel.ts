// Pieces of CEL. What is read of an object is asked for with has() first: an absent field is an error, and an error denies.

/** A CEL string; CEL knows every escape that JSON has. */
export const literal = (text: string): string => JSON.stringify(text);

export const literals = (texts: readonly string[]): string => `[${texts.map(literal).join(', ')}]`;

/** A field of an object under fields that may be missing. */
export function field(object: string, path: readonly string[], otherwise: string): string {
  const asked = path.map((_, i) => `has(${[object, ...path.slice(0, i + 1)].join('.')})`);
  return `(${asked.join(' && ')} ? ${[object, ...path].join('.')} : ${otherwise})`;
}

/** The labels or annotations of an object. */
export const mapOf = (object: string, what: 'labels' | 'annotations'): string =>
  field(object, ['metadata', what], '{}');

/** The value of a label or an annotation, the empty text where there is none. */
export function textIn(object: string, what: 'labels' | 'annotations', key: string): string {
  const map = `${object}.metadata.${what}`;
  return `(has(${map}) && ${literal(key)} in ${map} ? ${map}[${literal(key)}] : "")`;
}
