// Configs as TypeScript, in the form that prettier gives them (single quotes, 110 columns), so that a formatter that a
// project has changes nothing. Every text is hostile: it comes from a cluster.
import type { NamespaceConfig, SelectorTerm } from '../config/types';

/** What a printed config says; what it does besides (`constructs`, `include`) nobody can read off a cluster. */
export type AdoptedConfig = Pick<
  NamespaceConfig,
  'name' | 'labels' | 'annotations' | 'manageNamespace' | 'offloading'
>;

const WIDTH = 110;

/** What can stand in a config as it is written. */
type Literal = string | boolean | readonly Literal[] | LiteralObject;
interface LiteralObject {
  readonly [key: string]: Literal | undefined;
}

/** Blanks other than the usual one, controls, what reorders text or is not seen, and halves of pairs. */
const UNSEEN = /(?! )[\p{C}\p{Z}]/gu;

function escaped(character: string): string {
  const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  const code = character.codePointAt(0) ?? 0;
  const digits = code.toString(16);
  return named ?? (code > 0xffff ? `\\u{${digits}}` : `\\u${digits.padStart(4, '0')}`);
}

/** In single quotes, unless double ones need fewer escapes. */
function quoted(text: string): string {
  const occurrences = (one: string) => text.split(one).length - 1;
  const quote = occurrences("'") > occurrences('"') ? '"' : "'";
  const inside = text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`).replace(UNSEEN, escaped);
  return `${quote}${inside}${quote}`;
}

/** `__proto__: …` would set the prototype, quoted or not. */
function key(text: string): string {
  if (text === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][A-Za-z0-9_$]*$/.test(text) ? text : quoted(text);
}

const isList = (value: Literal): value is readonly Literal[] => Array.isArray(value);

function entriesOf(value: LiteralObject): [string, Literal][] {
  return Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, one]]));
}

/** Prettier breaks lists of more than one object (or list) where each has more than one part, even if they would fit. */
function mustBreak(list: readonly Literal[]): boolean {
  const parts = list.map((one) =>
    typeof one !== 'object' ? 0 : isList(one) ? one.length : entriesOf(one).length,
  );
  return list.length > 1 && parts.every((number) => number > 1);
}

/** On one line, or undefined where something in it cannot be. */
function flat(value: Literal): string | undefined {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return String(value);
  if (isList(value)) {
    const items = value.map(flat);
    return items.includes(undefined) || mustBreak(value) ? undefined : `[${items.join(', ')}]`;
  }
  const pairs = entriesOf(value).map(([name, one]) => [key(name), flat(one)] as const);
  if (pairs.some(([, one]) => one === undefined)) return undefined;
  return pairs.length === 0 ? '{}' : `{ ${pairs.map((pair) => pair.join(': ')).join(', ')} }`;
}

/** @param before columns that are taken on the line already */
function literal(value: Literal, indent: string, before: number): string {
  const short = flat(value);
  if (typeof value !== 'object') return short ?? '';
  const fits = short !== undefined && before + short.length < WIDTH; // a comma follows
  return fits ? short : broken(value, indent);
}

function broken(value: readonly Literal[] | LiteralObject, indent: string): string {
  const inner = `${indent}  `;
  if (isList(value)) {
    const items = value.map((one) => `${inner}${literal(one, inner, inner.length)},\n`);
    return `[\n${items.join('')}${indent}]`;
  }
  const lines = entriesOf(value).map(([name, one]) => `${inner}${property(key(name), one, inner)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}

/** A text that does not fit beside its key goes below it, unless the key is so short that this would gain nothing. */
function property(name: string, value: Literal, indent: string): string {
  const before = indent.length + name.length + 2;
  const text = literal(value, indent, before);
  const below = typeof value === 'string' && name.length >= 5 && before + text.length >= WIDTH;
  return below ? `${name}:\n${indent}  ${text}` : `${name}: ${text}`;
}

const termLiteral = ({ matchExpressions }: SelectorTerm): Literal => ({
  matchExpressions: matchExpressions.map(({ key: label, operator, values }) => ({
    key: label,
    operator,
    values,
  })),
});

/** The text of a config file that declares one namespace. */
export function configText({
  name,
  labels,
  annotations,
  manageNamespace,
  offloading,
}: AdoptedConfig): string {
  const fields: readonly (readonly [string, Literal | undefined])[] = [
    ['name', name],
    ['labels', labels],
    ['annotations', annotations],
    ['manageNamespace', manageNamespace],
  ];
  const lines = fields.flatMap(([field, value]) =>
    value === undefined ? [] : [`  ${property(field, value, '  ')},\n`],
  );
  if (offloading !== undefined) {
    const { namespaceMappingStrategy, podOffloadingStrategy, remoteNamespaceName, clusterSelector } =
      offloading;
    const terms = clusterSelector?.map((one) => (typeof one === 'string' ? one : termLiteral(one)));
    const spec = {
      namespaceMappingStrategy,
      podOffloadingStrategy,
      remoteNamespaceName,
      clusterSelector: terms,
    };
    lines.push(`  offloading: ${entriesOf(spec).length === 0 ? '{}' : broken(spec, '  ')},\n`);
  }
  return `import { defineNamespace } from 'cdk8s-liqo';\n\nexport default defineNamespace({\n${lines.join('')}});\n`;
}
