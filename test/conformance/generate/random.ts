// Choices from a seed: the same seed gives the same cases on every machine.

/** What a choice is made from. */
export type Choices<T> = readonly [T, ...T[]];

/** The words of a text, parted by single blanks: two blanks have an empty word between them. */
export function words(text: string): Choices<string> {
  const [first = '', ...rest] = text.split(' ');
  return [first, ...rest];
}

/** The characters of a text. */
export function characters(text: string): Choices<string> {
  const [first = '', ...rest] = Array.from(text);
  return [first, ...rest];
}

export class Random {
  constructor(private state: number) {}

  /** mulberry32: at least 0, below 1. */
  private next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** At least 0, below `end`. */
  below(end: number): number {
    return Math.floor(this.next() * end);
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }

  pick<T>(from: Choices<T>): T {
    return from[this.below(from.length)] ?? from[0];
  }

  /** `min` to `max` elements. */
  list<T>(min: number, max: number, make: () => T): T[] {
    return Array.from({ length: min + this.below(max - min + 1) }, make);
  }

  text(min: number, max: number, alphabet: Choices<string>): string {
    return this.list(min, max, () => this.pick(alphabet)).join('');
  }

  /** The value of one of several ways to make it. */
  either<T>(...ways: Choices<() => T>): T {
    return this.pick(ways)();
  }

  /** A text with one character taken out, put in or put in the place of another. */
  spoilt(text: string, alphabet: Choices<string>): string {
    const found = Array.from(text);
    const at = this.below(found.length + 1);
    found.splice(at, this.below(2), ...this.list(0, 1, () => this.pick(alphabet)));
    return found.join('');
  }
}
