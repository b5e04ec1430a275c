// npm run bench: cold processes, medians of five, everything in one run and in turn, so that ratios hold on any machine.
// `npm run bench -- 100 1000` measures those sizes only; the targets need all of them.
import { spawnSync } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { decisionsPerSecond, hostilePairs } from './algebra';
import { medianBytes, medianSeconds, node, program, type Samples } from './measure';
import { START_LIMIT, startRatio } from './start';
import { stateRulesSeconds } from './states';
import {
  AHEAD,
  BINARY,
  CHANGED,
  makeProject,
  OBJECTS,
  remove,
  restoreDist,
  TEXTS_ALL,
  TEXTS_CHANGED,
} from './project';

const RUNS = 5;
const SIZES = [100, 1000, 2000, 4000, 10000];
const PLAIN_CDK8S_TO = 4000;
const KUSTOMIZE_TO = 2000;

/** What is measured, in the order of the columns. */
const COLUMNS = {
  synth: `synth, ${CHANGED} files change`,
  floor: 'its floor',
  first: 'synth, all files new',
  firstFloor: 'its floor',
  check: 'check',
  behind: 'check, main is ahead',
  plain: 'plain cdk8s',
  kustomize: 'kubectl kustomize',
} as const;
type Column = keyof typeof COLUMNS;
type Row = Partial<Record<Column, Samples>>;

const script = (name: string) => join(__dirname, name);
const hasKubectl = spawnSync('kubectl', ['version', '--client']).status === 0;

/** One run of everything; the floors stand between the others. */
function round(root: string, size: number, add: (column: Column, samples: Samples[number]) => void): void {
  restoreDist(root);
  add('synth', node(root, [BINARY, 'synth']));
  restoreDist(root);
  add('floor', node(root, [script('floor.mjs'), root, 'config,dist', TEXTS_CHANGED]));
  remove(root, 'floor');
  add('check', node(root, [BINARY, 'check'], [1])); // dist is stale, as it should be
  add('behind', node(root, [BINARY, 'check', '--against', AHEAD], [1]));
  remove(root, 'dist');
  add('first', node(root, [BINARY, 'synth']));
  add('firstFloor', node(root, [script('floor.mjs'), root, 'config', TEXTS_ALL]));
  remove(root, 'floor');
  if (size <= PLAIN_CDK8S_TO) {
    add('plain', node(root, [script('plain-cdk8s.mjs'), root, OBJECTS]));
    remove(root, 'plain-cdk8s');
  }
  if (size <= KUSTOMIZE_TO && hasKubectl)
    add('kustomize', program(root, 'kubectl', ['kustomize', join(root, 'kustomize')]));
}

function measure(size: number): Row {
  const root = makeProject(size);
  const row: Row = {};
  for (let i = 0; i < RUNS; i += 1) {
    process.stderr.write(`${size} namespaces, run ${i + 1} of ${RUNS}\n`);
    round(root, size, (column, sample) => (row[column] ??= []).push(sample));
  }
  remove(root, '.');
  return row;
}

const seconds = (row: Row | undefined, column: Column) => medianSeconds(row?.[column] ?? []);

function table(rows: ReadonlyMap<number, Row>): string {
  const cell = (row: Row, column: Column) =>
    row[column] === undefined ? '–' : `${seconds(row, column).toFixed(2)} s`;
  const columns = Object.keys(COLUMNS) as Column[];
  const lines = [...rows].map(([size, row]) => {
    const megabytes = [row.synth, row.check].map((one) => `${Math.round(medianBytes(one ?? []) / 1e6)} MB`);
    return [String(size), ...columns.map((column) => cell(row, column)), ...megabytes];
  });
  const heading = ['namespaces', ...Object.values(COLUMNS), 'peak memory of synth', 'of check'];
  const rule = heading.map((_, i) => (i === 0 ? '---' : '---:'));
  return [heading, rule, ...lines].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

interface Target {
  readonly what: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
  readonly atLeast?: true;
}

function targets(rows: ReadonlyMap<number, Row>): Target[] {
  const at = (size: number, column: Column) => seconds(rows.get(size), column);
  const slope = (from: number, to: number) => (at(to, 'synth') - at(from, 'synth')) / (to - from);
  return [
    {
      what: 'growth: slope 4,000 to 10,000 over slope 1,000 to 4,000',
      value: slope(4000, 10000) / slope(1000, 4000),
      limit: 1.3,
      unit: '×',
    },
    {
      what: 'synth of 10,000, all files new, over its floor',
      value: at(10000, 'first') / at(10000, 'firstFloor'),
      limit: 6,
      unit: '×',
    },
    {
      what: `synth of 10,000, ${CHANGED} files change, over its floor`,
      value: at(10000, 'synth') / at(10000, 'floor'),
      limit: 6,
      unit: '×',
    },
    {
      what: 'peak memory of synth of 10,000',
      value: medianBytes(rows.get(10000)?.synth ?? []) / 1e6,
      limit: 500,
      unit: ' MB',
    },
    {
      what: 'plain cdk8s over synth at 4,000',
      value: at(4000, 'plain') / at(4000, 'synth'),
      limit: 15,
      unit: '×',
      atLeast: true,
    },
    {
      what: 'check over synth at 10,000',
      value: at(10000, 'check') / at(10000, 'synth'),
      limit: 1.2,
      unit: '×',
    },
    {
      what: 'check of 10,000 with main ahead by one commit, over check',
      value: at(10000, 'behind') / at(10000, 'check'),
      limit: 1.5,
      unit: '×',
    },
  ];
}

function targetLine({ what, value, limit, unit, atLeast }: Target): string {
  const met = atLeast === true ? value >= limit : value <= limit;
  const shown = (number: number) =>
    `${number >= 100 ? Math.round(number) : Number(number.toFixed(2))}${unit}`;
  return `| ${what} | ${shown(value)} | ${atLeast === true ? 'at least' : 'at most'} ${shown(limit)} | ${met ? 'yes' : 'no'} |`;
}

const wanted = process.argv.slice(2).map(Number);
const sizes = wanted.length === 0 ? SIZES : wanted;
const rows = new Map(sizes.map((size) => [size, measure(size)]));
process.stdout.write(
  `Node ${process.versions.node}, ${cpus().length} CPUs, ${Math.round(totalmem() / 2 ** 30)} GiB; medians of ${RUNS}\n\n`,
);
process.stdout.write(`${table(rows)}\n`);
if (SIZES.every((size) => rows.has(size))) {
  const lines = targets(rows).map(targetLine).join('\n');
  process.stdout.write(`\n| target | measured | wanted | met |\n| --- | ---: | ---: | --- |\n${lines}\n`);
}

process.stdout.write(
  `\nstart: --version takes ${startRatio().toFixed(1)} times as long as a Node that does nothing; at most ${START_LIMIT} are wanted\n`,
);
process.stdout.write(`selector algebra: ${Math.round(decisionsPerSecond())} decisions a second\n`);
for (const { name, answer, seconds: taken } of hostilePairs())
  process.stdout.write(`hostile pair, ${name}: ${answer} in ${taken.toFixed(2)} s\n`);

stateRulesSeconds(1000); // warm-up
const [thousands, tens] = [stateRulesSeconds(2500), stateRulesSeconds(10_000)];
process.stdout.write(
  `rules about states, 200 clusters of 20 labels, 50 selectors: 10,000 namespaces in ${tens.toFixed(2)} s, ` +
    `${(tens / thousands).toFixed(1)} times 2,500\n`,
);
