// Liqo's own tutorial, from the reference data beside the project; skipped where that is not there.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from '../../lib/explain/explain';
import { parseTarget } from '../../lib/explain/target';
import { readManifests } from '../../lib/manifests/read';
import { of } from '../judge/inventories';
import { PROJECT } from '../scratch';
import { knownOf, places, shop } from './given';

const FILE = join(PROJECT, '../shared/reference/liqo-examples/offloading-with-policies.deploy.yaml');

const where = existsSync(FILE) ? describe : describe.skip;
where('offloading-with-policies, selecting topology.liqo.io/region=south', () => {
  const cluster = (id: string, region: string) =>
    `- { id: ${id}, virtualNodes: [{ name: liqo-${id}, labels: { topology.liqo.io/region: ${region} } }] }`;
  const explained = () => {
    const inventory = of(true, cluster('naples', 'south'), cluster('florence', 'center'));
    const file = { file: FILE, manifests: readManifests(FILE, readFileSync(FILE)) };
    const known = knownOf(shop(['topology.liqo.io/region=south']), { inventory });
    return explain(parseTarget('shop'), known, file).workloads;
  };

  test.each([
    ['app-south', 0, 'yes', 'no: topology.liqo.io/region=south (it has center)', 'south'],
    [
      'app-center',
      1,
      'no: topology.liqo.io/region=center (it has south)',
      'no: topology.liqo.io/region=south (it has center)',
      'center',
    ],
  ])('%s', (name, i, naples, florence, region) => {
    const workload = explained()[i];
    expect(workload?.name).toBe(name);
    // The tutorial's local nodes have no such label: what is no virtual node's is nobody's.
    const local = `if: topology.liqo.io/region=${region}`;
    expect(workload && places(workload)).toEqual([local, naples, florence]);
  });
});
