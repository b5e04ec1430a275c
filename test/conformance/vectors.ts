// The vectors: cases with what upstream said of them, so that the tests need no Go.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type Json } from '../../lib/manifests/manifest';
import { canonical } from './canonical';
import type { Upstream } from './oracle';

const FOLDER = join(__dirname, 'vectors');

export interface Vector {
  readonly input: Json;
  /** What the oracle was asked, where that was not the input itself. */
  readonly asked?: Json;
  readonly answer: Json;
}

const fileOf = (kind: string) => join(FOLDER, `${kind}.jsonl`);

export function readVectors(kind: string): Vector[] {
  return readFileSync(fileOf(kind), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Vector);
}

export function writeVectors(kind: string, vectors: readonly Vector[]): void {
  writeFileSync(fileOf(kind), vectors.map((one) => `${JSON.stringify(one)}\n`).join(''));
}

/** The last run of a kind whose figures were kept, and upstream as it was then. */
export interface Run {
  readonly upstream: Upstream;
  readonly seed: number;
  readonly cases: number;
  readonly different: number;
  /** How many cases each exception explained. */
  readonly excepted: Readonly<Record<string, number>>;
}
const RUNS = join(FOLDER, 'runs.json');

export function readRuns(): Readonly<Record<string, Run>> {
  return existsSync(RUNS) ? (JSON.parse(readFileSync(RUNS, 'utf8')) as Record<string, Run>) : {};
}

export function keepRun(kind: string, run: Run): void {
  writeFileSync(RUNS, `${JSON.stringify({ ...readRuns(), [kind]: run }, undefined, 2)}\n`);
}

/** A text as far as it matters what it looks like: a word by itself, else its characters by class, in short. */
function shapeOf(text: string): string {
  if (/^[A-Za-z]{1,15}$/.test(text)) return text;
  const shape = text
    .replace(/[a-z]+/g, 'a')
    .replace(/[A-Z]+/g, 'A')
    .replace(/[0-9]+/g, '0')
    .replace(/[^\0-\x7f]/gu, 'ü');
  return `${shape.slice(0, 10)}${text.length > 60 ? '…' : ''}`;
}

/** What can be seen in a value: at each place, without the positions in lists, a shape. */
function* traits(value: Json, place = ''): Generator<string> {
  if (typeof value === 'string') yield `${place}=${shapeOf(value)}`;
  else if (Array.isArray(value)) {
    yield `${place}[${Math.min(value.length, 3)}]`;
    for (const one of value as readonly Json[]) yield* traits(one, `${place}[]`);
  } else if (isObject(value)) {
    yield `${place}{${Object.keys(value).length === 0 ? '' : 'a'}}`;
    for (const [key, one] of Object.entries(value)) yield* traits(one ?? null, `${place}.${shapeOf(key)}`);
  } else yield `${place}=${typeof value === 'number' ? 'number' : String(value)}`;
}

const classOf = (answer: Json) =>
  Array.isArray(answer) ? `[${Math.min(answer.length, 3)}]` : canonical(answer).slice(0, 60);

/** Chooses cases that show something new for their outcome, and a few at random, up to a number of bytes. */
export class Chooser {
  private readonly seen = new Set<string>();
  private readonly chosen = new Map<string, Vector>();
  private bytes = 0;

  constructor(private readonly limit: number) {}

  /**
   * @param outcome `same`, or the name of the exception
   * @param anyway whether it is taken although it shows nothing new
   */
  offer(vector: Vector, outcome: string, anyway: boolean): void {
    const news = [...traits(vector.input)]
      .map((trait) => `${outcome} ${classOf(vector.answer)} ${trait}`)
      .filter((one) => !this.seen.has(one));
    const text = JSON.stringify(vector);
    if ((news.length === 0 && !anyway) || this.chosen.has(text) || this.bytes + text.length > this.limit)
      return;
    for (const one of news) this.seen.add(one);
    this.bytes += text.length;
    this.chosen.set(text, vector);
  }

  vectors(): Vector[] {
    return [...this.chosen.values()];
  }
}
