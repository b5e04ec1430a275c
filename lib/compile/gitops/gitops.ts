// The engines' own objects, one a file, beside dist: they are for the cluster that the engine runs in.
import type { ArgoCDConfig, ClusterConfig, FluxConfig } from '../../config/types';
import type { Engine } from '../../manifests/engines/engines';
import { stringsAt, type JsonObject } from '../../manifests/manifest';
import { application, healthPatch } from './argocd';
import { kustomization } from './flux';
import { unitsFor } from './units';

/** Where dist is, for the engines. */
interface Placed {
  /** Where the project lies in its repository: empty, or ending in `/`. */
  readonly prefix: string;
  /** Every file of dist, from the project. */
  readonly paths: readonly string[];
}

const HEALTH = 'gitops/argocd-health/argocd-cm.yaml';

function argocdFiles(config: ArgoCDConfig, { id, gitops }: ClusterConfig, { prefix, paths }: Placed) {
  const applications = unitsFor('argocd', paths, prefix).map((unit) => application(config, id, unit));
  return [...applications.map(inFolder('argocd')), [HEALTH, healthPatch(gitops?.health)] as const];
}

function fluxFiles(config: FluxConfig, { id, gitops }: ClusterConfig, { prefix, paths }: Placed) {
  const all = unitsFor('flux', paths, prefix);
  const common = { consumer: id, health: gitops?.health, all };
  return all.map((unit) => kustomization(config, unit, common)).map(inFolder('flux'));
}

const inFolder =
  (engine: Engine) =>
  (body: JsonObject): readonly [string, JsonObject] => [
    `gitops/${engine}/${stringsAt(body, 'metadata').get('name') ?? ''}.yaml`,
    body,
  ];

/** @returns objects by path, from the project: `gitops/argocd/<name>.yaml` */
export function gitopsOf(cluster: ClusterConfig, placed: Placed): ReadonlyMap<string, JsonObject> {
  const { argocd, flux } = cluster.gitops ?? {};
  return new Map([
    ...(argocd === undefined ? [] : argocdFiles(argocd, cluster, placed)),
    ...(flux === undefined ? [] : fluxFiles(flux, cluster, placed)),
  ]);
}
