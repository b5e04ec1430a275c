// Which files the kustomization of a folder takes in, wherever they lie: bases and components beside it are a unit's too.
import { join } from 'node:path/posix';
import { bodyOf } from './kustomization';
import type { SteeringFile } from './steering-files';

const TAKING_IN = ['resources', 'bases', 'components'] as const;

function entriesOf(kustomization: SteeringFile, folder: string): string[] {
  const body = bodyOf(kustomization) ?? {};
  return TAKING_IN.flatMap((field) => {
    const value = body[field];
    const names = Array.isArray(value) ? (value as unknown[]) : [];
    return names.filter((one) => typeof one === 'string').map((one) => join(folder, one));
  }).map((path) => path.replace(/(?<=.)\/$/, ''));
}

/**
 * @param top the folder that an engine is pointed at, from the root of the repository
 * @param kustomizations by the folder that they lie in
 * @returns what is taken in and is no folder with a kustomization; nothing where the folder has none
 */
export function takenIn(
  top: string,
  kustomizations: ReadonlyMap<string, readonly SteeringFile[]>,
): readonly string[] {
  const seen = new Set<string>();
  const files = new Set<string>();
  const waiting = [top];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (seen.has(folder)) continue;
    seen.add(folder);
    for (const one of kustomizations.get(folder) ?? [])
      for (const path of entriesOf(one, folder))
        if (kustomizations.has(path)) waiting.push(path);
        else files.add(path);
  }
  return [...files];
}
