// `npm run apiserver`: our verdicts held against a real API server with Liqo's real webhooks and controller.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build';
import { listed } from './check';
import { startCluster } from './cluster';
import { watchController } from './controller';
import { applyExample } from './dist';
import { installLiqo } from './liqo';
import { tryServerFields } from './server-fields';
import { compare, table } from './verdicts';

async function main(): Promise<void> {
  const programs = build();
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-liqo-apiserver-run-'));
  const cluster = await startCluster(folder, programs);
  try {
    await installLiqo(cluster, folder, programs);
    const { out } = cluster.kubectl(['version']);
    console.log(`${programs.versions.join('\n')}\n${out}`);

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
    process.exitCode = disagreements + broken > 0 ? 1 : 0;
  } finally {
    cluster.stop();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

void main();
