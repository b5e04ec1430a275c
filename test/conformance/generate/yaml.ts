// YAML as people and machines write it, and as nobody should.
import { CHARACTERS, name } from './names';
import { characters, words, type Choices, type Random } from './random';

const WORDS: Choices<string> = [
  ...words(' yes Yes YES no on Off y Y n true True FALSE tRue null Null ~ NaN .nan .inf -.INF Infinity'),
  ...words('e6 E5 1e3 1e -e a v1 region south 2001-01-01 2001-01-01T00:00:00Z 12:30 1:30:00 190:20:30 1.2.3'),
  ...words('1_000 _1 1_ 1__0 << = * & ! % @ ` ? - : | > # --- ... { } [ ] ,'),
];
const DIGITS = characters('0123456789_.+-eExXoObBaf:');
const NUMBERS: Choices<string> = [
  ...words(
    '0 -0 +1 007 08 0o7 -0o12 0x1F -0xf 0b11 -0b1 0b2 1. .5 -.5 +.5 1.5e3 1.5E-3 0.1 1.0 1e21 1e400 0x 0b 0o',
  ),
  ...words(
    '9223372036854775807 9223372036854775808 -9223372036854775808 18446744073709551615 18446744073709551616',
  ),
  ...words('12345678901234567890123 100000000000000000000000 123456789.123456789'),
];
const TAGS = words('!!str !!int !!bool !!null !!float !!map !!binary !!timestamp !own !');
const ESCAPES = words('\\n \\t \\" \\\\ \\x41 \\u00e4 \\U0001F600 \\0 \\e \\/ \\_ \\N \\q \\x4');

const digits = (random: Random) => random.text(1, 6, DIGITS);
const plain = (random: Random): string =>
  random.either(
    () => random.pick(WORDS),
    () => random.pick(NUMBERS),
    () => digits(random),
    () => name(random),
    () => `${random.pick(WORDS)} ${random.pick(WORDS)}`,
    () => random.spoilt(random.pick(NUMBERS), DIGITS),
  );
const quoted = (random: Random): string =>
  random.either(
    () => `'${plain(random).replaceAll("'", "''")}'`,
    () => JSON.stringify(plain(random)),
    () => `"${random.pick(WORDS)}${random.pick(ESCAPES)}"`,
  );

function block(random: Random, indent: string): string {
  const header = `${random.pick(['|', '>'])}${random.pick(['', '', '-', '+', '2'])}`;
  const lines = random.list(0, 3, () =>
    random.chance(0.2) ? '' : `${indent}  ${random.pick(WORDS)}${random.pick(['', ' ', '  '])}`,
  );
  return [header, ...lines].join('\n');
}

function scalar(random: Random): string {
  if (random.chance(0.005)) return '*x';
  return random.chance(0.7) ? plain(random) : quoted(random);
}

function flow(random: Random, depth: number): string {
  const inner = () => (depth === 0 || random.chance(0.5) ? scalar(random) : flow(random, depth - 1));
  return random.either(
    () => `[${random.list(0, 3, inner).join(', ')}]`,
    () => `{ ${random.list(0, 3, () => `${key(random)}: ${inner()}`).join(', ')} }`,
  );
}

const key = (random: Random): string =>
  random.chance(0.7) ? random.pick(['a', 'b', 'c', 'd', 'e']) : scalar(random);

/** What follows a key or a dash: with its own blank or line feed before it. */
function value(random: Random, depth: number, indent: string): string {
  const before = random.chance(0.05)
    ? ` ${random.pick(TAGS)}`
    : random.chance(0.05)
      ? ` ${random.pick(['&x', '&x', '&x.y'])}`
      : '';
  const after = random.chance(0.05) ? ' # a comment' : '';
  if (depth === 0) return `${before} ${scalar(random)}${after}`;
  return random.either(
    () => `${before} ${scalar(random)}${after}`,
    () => `${before} ${flow(random, 1)}${after}`,
    () => `${before} ${block(random, indent)}`,
    () => `${before}${after}\n${map(random, depth - 1, `${indent}  `)}`,
    () => `${before}${after}\n${list(random, depth - 1, random.chance(0.5) ? indent : `${indent}  `)}`,
    () => (random.chance(0.3) ? ' *x' : ` ${scalar(random)}`),
  );
}

function map(random: Random, depth: number, indent: string): string {
  return random
    .list(1, 4, () =>
      random.chance(0.03)
        ? `${indent}<<: ${flow(random, 0)}`
        : `${indent}${key(random)}:${value(random, depth, indent)}`,
    )
    .join('\n');
}

function list(random: Random, depth: number, indent: string): string {
  return random
    .list(1, 3, () => `${indent}-${random.chance(0.01) ? '\t' : ''}${value(random, depth, indent)}`)
    .join('\n');
}

const document = (random: Random): string =>
  random.either(
    () => `a: ${scalar(random)}`,
    () => `${scalar(random)}: 1`,
    () => `- ${scalar(random)}`,
    () => map(random, 2, ''),
    () => map(random, 2, ''),
  );

/** A text of one or more documents. */
export function yamlText(random: Random): string {
  const text = random
    .list(1, random.chance(0.2) ? 3 : 1, () => document(random))
    .join(
      `\n${random.pick(['---', '---', '--- ', '--- # next', '--- a', '...', '...\n---', '...\n# end\n---'])}\n`,
    );
  const whole = `${random.chance(0.1) ? '---\n' : ''}${text}${random.chance(0.9) ? '\n' : ''}`;
  return random.either(
    () => whole,
    () => whole,
    () => whole,
    () => (random.chance(0.5) ? random.spoilt(whole, CHARACTERS) : random.spoilt(whole, WORDS)),
    () => (random.chance(0.1) ? whole.replaceAll('\n', '\r\n') : whole),
  );
}

/** A text that a manifest may hold. */
export function anyText(random: Random): string {
  return random.either(
    () => plain(random),
    () => random.list(0, 4, () => plain(random)).join('\n'),
    () => random.text(0, 10, CHARACTERS),
    () => random.text(0, 4, [' ', '\n', 'a', '#', ': ', '\t', '\u0085', '\ufeff', '\u0007', '\ufffe']),
    () => name(random),
  );
}
