// Names: good ones, nearly good ones, and anything.
import { characters, type Choices, type Random } from './random';

/** Characters that some name may hold, and that none may; halves of pairs are no text to Go, and are left out. */
export const CHARACTERS = characters('abzABZ019-_./ \t\n\r\0:=!,()<>"\'%@#~\u00a0\u0085\u2028äıK٣名😀');
const SMALL = characters('abcxyz019');
const NEARLY = characters('aZ9-_./');
/** About the limits of names, prefixes and their parts. */
const LENGTHS: Choices<number> = [1, 2, 62, 63, 64, 252, 253, 254];

export const word = (random: Random): string => random.text(1, 8, SMALL);

function long(random: Random): string {
  const length = random.pick(LENGTHS);
  return random.text(length, length, SMALL);
}

const dotted = (random: Random): string =>
  random.list(1, 4, () => (random.chance(0.1) ? long(random) : word(random))).join('.');

export function name(random: Random): string {
  return random.either(
    () => word(random),
    () => dotted(random),
    () => `${dotted(random)}/${word(random)}`,
    () => long(random),
    () => `${dotted(random)}/${long(random)}`,
    () => `${long(random)}/${word(random)}`,
    () => random.text(0, 6, NEARLY),
    () => random.spoilt(`${dotted(random)}/${word(random)}`, CHARACTERS),
    () => random.spoilt(word(random), CHARACTERS),
    () => random.text(0, 12, CHARACTERS),
  );
}
