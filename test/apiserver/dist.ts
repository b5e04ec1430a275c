// The example dist of this repository, applied as a whole: as Argo CD does (kubectl apply) and as Flux does (on the server's
// side), and again without a difference.
import { join } from 'node:path';
import { until, type Cluster } from './cluster';
import type { Check } from './check';

const DIST = join(__dirname, '../../dist');

const WAYS: Readonly<Record<string, readonly string[]>> = {
  'server-side apply': ['--server-side', '--field-manager=flux'],
  apply: [],
};

const linesOf = (text: string) => text.split('\n').filter((line) => line !== '');

/** Applies it to a cluster that has nothing of it, and removes it. */
async function applied(cluster: Cluster, way: string, flags: readonly string[]): Promise<Check[]> {
  const apply = () => cluster.kubectl(['apply', '-R', '-f', DIST, ...flags]);
  const first = apply();
  const differences = cluster.kubectl(['diff', '-R', '-f', DIST, ...flags]);
  const second = apply();
  cluster.kubectl(['delete', '-R', '-f', DIST, '--wait=false']);
  await until('the example is gone', () => {
    const { ok, out } = cluster.kubectl(['get', '-R', '-f', DIST, '--ignore-not-found', '-o', 'name']);
    return ok && out === '';
  });
  const objects = linesOf(first.out).length;
  return [
    {
      claim: `dist, ${way}: ${objects} objects are accepted`,
      holds: first.ok && objects > 100,
      seen: first.err,
    },
    { claim: `dist, ${way}: no warning`, holds: !first.err.includes('Warning'), seen: first.err },
    {
      claim: `dist, ${way}: the cluster holds what Git holds`,
      holds: differences.ok,
      seen: differences.out + differences.err,
    },
    { claim: `dist, ${way}: a second time is accepted too`, holds: second.ok, seen: second.err },
  ];
}

export async function applyExample(cluster: Cluster): Promise<Check[]> {
  const checks: Check[] = [];
  for (const [way, flags] of Object.entries(WAYS)) checks.push(...(await applied(cluster, way, flags)));
  return checks;
}
