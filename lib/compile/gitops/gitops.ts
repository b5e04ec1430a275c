// The engines' own objects, one a file, beside dist: they are for the cluster that the engine runs in.
import type { ClusterConfig } from '../../config/types';
import type { JsonObject } from '../../manifests/manifest';
import { writeFile } from '../../manifests/write';
import { application } from './argocd';
import { kustomization } from './flux';
import { unitsFor } from './units';

/** Where dist is, for the engines. */
interface Placed {
  /** The file that the settings come from. */
  readonly file: string;
  /** Where the project lies in its repository: empty, or ending in `/`. */
  readonly prefix: string;
  /** Every file of dist, from the project. */
  readonly paths: readonly string[];
}

function objects({ id, gitops }: ClusterConfig, { prefix, paths }: Placed): [string, JsonObject][] {
  const { argocd, flux } = gitops ?? {};
  const applications = unitsFor('argocd', paths, prefix);
  const kustomizations = unitsFor('flux', paths, prefix);
  return [
    ...(argocd === undefined
      ? []
      : applications.map((unit) => ['argocd', application(argocd, id, unit)] as const)),
    ...(flux === undefined
      ? []
      : kustomizations.map((unit) => ['flux', kustomization(flux, id, unit, kustomizations)] as const)),
  ].map(([engine, body]) => [engine, body]);
}

/** @returns text by path, from the project: `gitops/argocd/<name>.yaml` */
export function gitopsOf(cluster: ClusterConfig, placed: Placed): ReadonlyMap<string, string> {
  const written = objects(cluster, placed).map(([engine, body]) => {
    const { name } = body['metadata'] as { name: string };
    const path = `gitops/${engine}/${name}.yaml`;
    return [path, writeFile(path, placed.file, [{ body }])] as const;
  });
  return new Map(written);
}
