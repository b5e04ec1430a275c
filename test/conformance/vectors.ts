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
  } else yield `${place}=${typeof value === 'number' ? 'number' : canonical(value)}`;
}

const classOf = (answer: Json) =>
  Array.isArray(answer) ? `[${Math.min(answer.length, 3)}]` : canonical(answer).slice(0, 60);

interface Candidate {
  readonly text: string;
  readonly vector: Vector;
  /** What it shows: an exception, or its traits under its answer. */
  readonly shows: readonly string[];
}

/** Of each exception so many of the shortest. */
const EXCEPTED = 8;
const byLength = (a: Candidate, b: Candidate) => a.text.length - b.text.length;

/** Chooses cases that show something new, the shorter ones first, and some at random, up to a number of bytes. */
export class Chooser {
  private readonly seen = new Set<string>();
  private readonly telling: Candidate[] = [];
  private readonly random: Candidate[] = [];
  private readonly excepted = new Map<string, Candidate[]>();

  constructor(private readonly limit: number) {}

  /** @param anyway whether it is a candidate although it shows nothing new */
  offer(vector: Vector, exception: string | undefined, anyway: boolean): void {
    const shows = [...traits(vector.input)].map((trait) => `${classOf(vector.answer)} ${trait}`);
    const candidate = { text: JSON.stringify(vector), vector, shows };
    if (exception !== undefined) {
      const others = this.excepted.get(exception) ?? [];
      this.excepted.set(exception, [...others, candidate].sort(byLength).slice(0, EXCEPTED));
    } else if (shows.some((one) => !this.seen.has(one))) {
      for (const one of shows) this.seen.add(one);
      this.telling.push(candidate);
    } else if (anyway) this.random.push(candidate);
  }

  vectors(): Vector[] {
    const chosen = new Map<string, Vector>();
    let room = this.limit;
    const take = ({ text, vector }: Candidate) => {
      if (chosen.has(text) || text.length > room) return;
      room -= text.length;
      chosen.set(text, vector);
    };
    for (const some of this.excepted.values()) some.forEach(take);
    const shown = new Set<string>();
    const reserve = room / 5;
    for (const one of this.telling.sort(byLength)) {
      if (room - one.text.length < reserve) break;
      if (one.shows.some((show) => !shown.has(show))) take(one);
      for (const show of one.shows) shown.add(show);
    }
    this.random.forEach(take);
    return [...chosen.values()];
  }
}
