// npm run conformance: draws cases, asks the project and upstream, and fails where they differ.
import { parseArgs } from 'node:util';
import type { Json } from '../../lib/manifests/manifest';
import { compare, type Comparison } from './compare';
import { Random } from './generate/random';
import { KINDS } from './kinds/every';
import type { Kind } from './kinds/kind';
import { NoOracle, Oracle } from './oracle';
import { smallest } from './shrink';
import { Chooser, keepRun, writeVectors } from './vectors';

const USAGE = `usage: npm run conformance -- [--kind <kind>]... [--cases <n>] [--seed <n>] [--record] [--keep]
  --kind    one of ${KINDS.map(({ name }) => name).join(', ')}; all by default
  --cases   how many cases of each kind, 20000 by default
  --seed    draws the same cases once more; a new one by default
  --record  makes the vectors anew, out of these cases
  --keep    keeps the figures of this run for docs/conformance.md (then: npm run docs)
`;

interface Options {
  readonly kinds: readonly Kind[];
  readonly cases: number;
  readonly seed: number;
  readonly record: boolean;
  readonly keep: boolean;
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      kind: { type: 'string', multiple: true, default: KINDS.map(({ name }) => name) },
      cases: { type: 'string', default: '20000' },
      seed: { type: 'string', default: `${Date.now() % 2 ** 31}` },
      record: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
    },
  });
  const count = (name: 'cases' | 'seed') => {
    if (/^[0-9]{1,9}$|^[0-9]{10}$/.test(values[name])) return Number(values[name]);
    throw new TypeError(`--${name} ${values[name]} is no number`);
  };
  const kinds = values.kind.map((name) => {
    const kind = KINDS.find((one) => one.name === name);
    if (kind === undefined) throw new TypeError(`there is no kind '${name}'`);
    return kind;
  });
  return { ...values, kinds, cases: count('cases'), seed: count('seed') };
}

/** What was asked about one case, and answered. */
interface Answered {
  readonly input: Json;
  readonly asked?: Json;
  readonly answer: Json;
  readonly comparison: Comparison;
}

const BATCH = 2000;
/** In bytes, for each kind. */
const VECTORS = 110_000;
/** One of so many cases becomes a vector although it shows nothing new. */
const ANYWAY = 1 / 200;

/** Inputs as they are once they have been written as JSON, which is how they are sent and kept. */
const asJson = (input: unknown) => JSON.parse(JSON.stringify(input)) as Json;

async function ask(oracle: Oracle, kind: Kind, inputs: readonly Json[]): Promise<(Answered | undefined)[]> {
  const questions = inputs.map((input) => kind.asked?.(input));
  const answers = await oracle.ask(
    kind.name,
    inputs.map((input, i) => questions[i] ?? input),
  );
  return inputs.map((input, i) => {
    const [answer, asked] = [answers[i], questions[i]];
    if (answer === undefined) return undefined;
    return { input, ...(asked !== undefined && { asked }), answer, comparison: compare(kind, input, answer) };
  });
}

/** Whether the two sides differ on each of several simplified inputs; on what is no case any more they do not. */
const differOn = (oracle: Oracle, kind: Kind) => async (inputs: readonly Json[]) => {
  const usable = inputs.map((input) => {
    try {
      kind.asked?.(input);
      kind.say(input);
      return true;
    } catch {
      return false;
    }
  });
  const answered = await ask(
    oracle,
    kind,
    inputs.filter((_, i) => usable[i]),
  );
  return usable.map((is) => is && answered.shift()?.comparison.outcome === 'different');
};

const length = ({ input }: Answered) => JSON.stringify(input).length;

async function explain(oracle: Oracle, kind: Kind, differing: readonly Answered[]): Promise<void> {
  const [shortest] = [...differing].sort((a, b) => length(a) - length(b));
  if (shortest === undefined) return;
  const least = await smallest(shortest.input, differOn(oracle, kind));
  const [shown = shortest] = await ask(oracle, kind, [least]);
  console.log(`\nThe smallest case of '${kind.name}' on which the project and upstream differ:`);
  console.log(`  case      ${JSON.stringify(shown.input)}`);
  if (shown.asked !== undefined) console.log(`  asked     ${JSON.stringify(shown.asked)}`);
  console.log(`  project   ${JSON.stringify(shown.comparison.ours)}`);
  console.log(`  upstream  ${JSON.stringify(shown.answer)}\n`);
}

/** Whether the two sides agree on every case of a kind. */
async function run(oracle: Oracle, kind: Kind, { cases, seed, record, keep }: Options): Promise<boolean> {
  const random = new Random(seed);
  const chance = new Random(seed);
  const chooser = new Chooser(VECTORS);
  const excepted: Record<string, number> = {};
  const differing: Answered[] = [];
  let different = 0;
  for (let done = 0; done < cases; done += BATCH) {
    const drawn = Array.from({ length: Math.min(BATCH, cases - done) }, () => asJson(kind.draw(random)));
    for (const [i, one] of (await ask(oracle, kind, drawn)).entries()) {
      if (one === undefined) throw new Error(`no case of '${kind.name}': ${JSON.stringify(drawn[i])}`);
      const { comparison, ...vector } = one;
      if (comparison.outcome === 'different') {
        different += 1;
        if (differing.length < BATCH) differing.push(one);
        continue;
      }
      const exception = comparison.outcome === 'excepted' ? comparison.exception.name : undefined;
      if (exception !== undefined) excepted[exception] = (excepted[exception] ?? 0) + 1;
      if (record) chooser.offer(vector, exception, chance.chance(ANYWAY));
    }
  }
  const by = Object.entries(excepted).map(([name, count]) => `, ${count} by the exception ${name}`);
  console.log(`${kind.name}: ${cases} cases, ${different} differ${by.join('')}`);
  if (record) writeVectors(kind.name, chooser.vectors());
  if (keep) keepRun(kind.name, { upstream: oracle.upstream, seed, cases, different, excepted });
  await explain(oracle, kind, differing);
  return different === 0;
}

async function main(): Promise<number> {
  let options: Options;
  try {
    options = readOptions();
  } catch (thrown) {
    if (!(thrown instanceof TypeError)) throw thrown;
    console.error(`${thrown.message}\n${USAGE}`);
    return 2;
  }
  let oracle: Oracle;
  try {
    oracle = new Oracle();
  } catch (thrown) {
    if (!(thrown instanceof NoOracle)) throw thrown;
    console.log(`SKIPPED: conformance with upstream was not measured, ${thrown.message}`);
    return 0;
  }
  const kinds =
    options.kinds.length < KINDS.length ? options.kinds.map(({ name }) => `--kind ${name} `).join('') : '';
  const command = `npm run conformance -- ${kinds}--seed ${options.seed} --cases ${options.cases}`;
  console.log(
    `${command}\n${Object.entries(oracle.upstream)
      .map((one) => one.join(' '))
      .join(', ')}`,
  );
  let agree = true;
  for (const kind of options.kinds) agree = (await run(oracle, kind, options)) && agree;
  oracle.close();
  return agree ? 0 : 1;
}

void main().then((status) => {
  process.exitCode = status;
});
