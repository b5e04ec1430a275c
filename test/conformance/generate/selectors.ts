// Label selectors as text, and node selector terms: good ones, nearly good ones, and anything.
import { OPERATORS, type UncheckedRequirement, type UncheckedTerm } from '../../../lib/selector/term';
import { CHARACTERS, name } from './names';
import { characters, words, type Choices, type Random } from './random';

/** What a selector is made of, and what looks like it. */
const PIECES: Choices<string> = [
  ...words(
    'a b in notin IN x.io/y / - _ 1 -1 +1 007 9223372036854775808 = == === != ! < > <= ( ) () (,) , ,, ä',
  ),
  ...characters(' \t\r\n\0'),
];
const SPACE: Choices<string> = ['', '', '', ' ', '\t ', '\n'];
const WORDS = words('a b c in notin x.io/y topology.liqo.io/region south 1 02 -1');
const EXACT = words('= == != < >');

const spaced = (random: Random, ...parts: readonly string[]) =>
  parts.map((one) => `${random.pick(SPACE)}${one}`).join('') + random.pick(SPACE);
const anyWord = (random: Random) => (random.chance(0.05) ? name(random) : random.pick(WORDS));
const value = (random: Random) => (random.chance(0.15) ? '' : anyWord(random));

function requirementText(random: Random): string {
  const key = anyWord(random);
  return random.either(
    () => key,
    () => spaced(random, '!', key),
    () => spaced(random, key, random.pick(EXACT), value(random)),
    () => {
      const values = random.list(0, 4, () => spaced(random, value(random))).join(',');
      return spaced(random, key, ` ${random.pick(['in', 'notin'])}`, `(${values})`);
    },
  );
}

export function selectorText(random: Random): string {
  const good = () => random.list(0, 3, () => requirementText(random)).join(',');
  const twice = () => {
    const key = anyWord(random);
    return `${key}=${value(random)},${good()},${key}=${value(random)}`.replace(',,', ',');
  };
  return random.either(
    good,
    good,
    twice,
    () => random.spoilt(good(), PIECES),
    () => random.text(0, 8, PIECES),
    () => random.spoilt(good(), CHARACTERS),
    () => random.text(0, 8, CHARACTERS),
  );
}

const KEYS = words('a b.io/c kubernetes.io/os liqo.io/remote-cluster-id storage.liqo.io/available');
const VALUES = words(' x y 1 02 2 linux naples true false');
const BOUNDS = words('0 1 02 9223372036854775807');
/** What the CRD lets through and no selector can be made of. */
const ODD: Choices<UncheckedRequirement> = [
  { key: 'a', operator: 'in', values: ['x'] },
  { key: 'a', operator: '', values: [] },
  { key: 'a', operator: 'In', values: [] },
  { key: 'a', operator: 'In' },
  { key: 'a', operator: 'Exists', values: ['x'] },
  { key: 'a', operator: 'Gt', values: ['x'] },
  { key: 'a', operator: 'Lt', values: ['1', '2'] },
  { key: 'a', operator: 'Gt', values: ['-1'] },
  { key: 'a', operator: 'Gt', values: ['9223372036854775808'] },
  { key: '', operator: 'Exists' },
  { key: 'a b', operator: 'Exists' },
  { key: 'a', operator: 'NotIn', values: ['x y'] },
];

/** Labels that selectors may ask for. */
export function labels(random: Random): Record<string, string> {
  return Object.fromEntries(random.list(0, 3, () => [random.pick(KEYS), random.pick(VALUES)]));
}

export function requirement(random: Random, odd: number): UncheckedRequirement {
  if (random.chance(odd)) return random.pick(ODD);
  const operator = random.pick(OPERATORS);
  const key = random.pick(KEYS);
  switch (operator) {
    case 'In':
    case 'NotIn':
      return { key, operator, values: random.list(1, 3, () => random.pick(VALUES)) };
    case 'Gt':
    case 'Lt':
      return { key, operator, values: [random.pick(BOUNDS)] };
    case 'Exists':
    case 'DoesNotExist':
      return random.chance(0.5) ? { key, operator } : { key, operator, values: [] };
  }
}

function field(random: Random, odd: number, nodeName: string): UncheckedRequirement {
  const values = random.chance(odd)
    ? random.list(0, 2, () => nodeName)
    : [random.pick([nodeName, 'other', ''])];
  const operator = random.chance(odd) ? random.pick(OPERATORS) : random.pick(['In', 'NotIn']);
  return {
    key: random.chance(odd) ? random.pick(['metadata.namespace', 'name', '']) : 'metadata.name',
    operator,
    values,
  };
}

/**
 * Terms, some of them empty.
 * @param odd how probable it is that a requirement is in error
 * @param nodeName what matchFields ask for
 */
export function terms(random: Random, odd: number, nodeName: string): UncheckedTerm[] {
  return random.list(0, 3, () => {
    const matchExpressions = random.list(0, 3, () => requirement(random, odd));
    const matchFields = random.chance(0.2) ? random.list(0, 2, () => field(random, odd, nodeName)) : [];
    return {
      ...((matchExpressions.length > 0 || random.chance(0.3)) && { matchExpressions }),
      ...(matchFields.length > 0 && { matchFields }),
    };
  });
}
