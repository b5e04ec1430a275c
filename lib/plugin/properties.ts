// What `properties` in cdk8s.yaml says of the cluster: the keys of config/cluster.ts, none of them required.
import { checkClusterFacts } from '../config/schema/cluster';
import type { ClusterFacts } from '../config/types';
import { InputError } from '../input/error';

/** @throws InputError with everything that is wrong, at its path inside `properties` */
export function readProperties(file: string, properties: unknown): ClusterFacts {
  const checked = checkClusterFacts(properties);
  if ('value' in checked) return checked.value;
  throw new InputError(
    checked.violations.map((violation) => ({ ...violation, file, path: `properties${violation.path}` })),
  );
}
