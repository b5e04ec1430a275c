// `npm run apiserver`: our verdicts held against a real API server with Liqo's real webhooks and controller.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, type Programs } from './build';
import { listed } from './check';
import { startCluster, type Cluster } from './cluster';
import { watchController } from './controller';
import { applyExample } from './dist';
import { tryGuard } from './guard';
import { installLiqo } from './liqo';
import { tryServerFields } from './server-fields';
import { compare, table } from './verdicts';

/** What only needs an API server with Liqo's webhooks; with an argument, only the guard. */
async function judgeVerdicts(cluster: Cluster, folder: string, programs: Programs): Promise<number> {
  const outcomes = compare(cluster, folder);
  console.log(`${table(outcomes)}\n`);
  const fields = tryServerFields(cluster);
  console.log(`what only the API server sets\n${listed(fields)}\n`);
  const example = await applyExample(cluster);
  console.log(`the example of this repository\n${listed(example)}\n`);
  const seen = await watchController(cluster, programs);
  console.log(`Liqo's controller\n${listed(seen)}\n`);

  const disagreements = outcomes.filter(({ agreed }) => !agreed).length;
  const stricter = outcomes.filter((one) => one.stricter !== undefined).length;
  const claims = [...fields, ...example, ...seen];
  const broken = claims.filter(({ holds }) => !holds).length;
  console.log(
    `${outcomes.length} transitions, 3 ways each: ${disagreements} disagreements, ${stricter} stricter on purpose; ` +
      `${claims.length} claims: ${broken} do not hold`,
  );
  return disagreements + broken;
}

async function guard(cluster: Cluster, folder: string, programs: Programs): Promise<number> {
  const { rows, claims } = await tryGuard(cluster, folder, programs);
  console.log(`the guard\n${listed(rows)}\n\nand around it\n${listed(claims)}\n`);
  const [wrong, broken] = [rows, claims].map((all) => all.filter(({ holds }) => !holds).length);
  console.log(
    `${rows.length} rows of the guard: ${wrong ?? 0} disagreements; ${claims.length} claims: ${broken ?? 0} do not hold`,
  );
  return (wrong ?? 0) + (broken ?? 0);
}

/** Each on a cluster of its own: the guard stops some of what the others do. */
const PARTS = { verdicts: judgeVerdicts, guard } as const;

async function main(): Promise<void> {
  const programs = build();
  const [wanted] = process.argv.slice(2);
  const parts = Object.entries(PARTS).filter(([name]) => wanted === undefined || name === wanted);
  if (parts.length === 0)
    throw new Error(`there is no part '${wanted ?? ''}': ${Object.keys(PARTS).join(', ')}`);
  let wrong = 0;
  for (const [, part] of parts) {
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-liqo-apiserver-run-'));
    const cluster = await startCluster(folder, programs);
    try {
      await installLiqo(cluster, folder, programs);
      const { out } = cluster.kubectl(['version']);
      console.log(`${programs.versions.join('\n')}\n${out}`);
      wrong += await part(cluster, folder, programs);
    } finally {
      cluster.stop();
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    }
  }
  process.exitCode = wrong > 0 ? 1 : 0;
}

void main();
