// `podTemplates` of config/cluster.ts: where the pods of kinds lie that the table of kinds does not have.
import { PLACED_FIELDS, type PodPath, type PodPlace } from '../liqo/workload-kinds';
import type { PodTemplateConfig } from './types';

const keys = (path: string): PodPath => path.split('.');

function placeOf(config: PodTemplateConfig): PodPlace {
  const path = keys(config.path);
  const template = path.at(-1) === 'spec' ? path.slice(0, -1) : path;
  const elsewhere = PLACED_FIELDS.flatMap((field) => {
    const at = config[field];
    return at === undefined ? [] : [[field, keys(at)] as const];
  });
  return elsewhere.length === 0
    ? { template }
    : { template, owner: template, fields: Object.fromEntries(elsewhere) };
}

/** The places by kind, as `group/kind`; the core group is empty. */
export type DeclaredPods = ReadonlyMap<string, readonly PodPlace[]>;

const groupOf = (apiVersion: string) => apiVersion.slice(0, Math.max(0, apiVersion.indexOf('/')));

export function declaredPods(configs: readonly PodTemplateConfig[] = []): DeclaredPods {
  const places = new Map<string, PodPlace[]>();
  for (const config of configs) {
    const key = `${groupOf(config.apiVersion)}/${config.kind}`;
    places.set(key, [...(places.get(key) ?? []), placeOf(config)]);
  }
  return places;
}
