// Where the configs lie that a project has once.
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** Where the cluster's config and the policies can be: the first that is there counts. */
export const CLUSTER_FILES: readonly string[] = [
  'config/cluster.ts',
  'config/cluster.mts',
  'config/cluster.js',
];
export const POLICY_FILES: readonly string[] = [
  'config/policies.ts',
  'config/policies.mts',
  'config/policies.js',
];

/** Whether a project has configs at all, or only manifests to be judged. Policies count: nobody passes over them in silence. */
export function hasConfig(root: string): boolean {
  return [...CLUSTER_FILES, ...POLICY_FILES].some((file) => existsSync(join(root, file)));
}
