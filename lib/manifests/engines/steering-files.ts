// The files that decide what engines apply of a folder: `.sourceignore` files, those of tools, and what these name.
import { join } from 'node:path';
import { isIgnoreFile, type IgnoreFile } from './flux-artifact';
import { listFiles, readFile } from '../folder';
import { decode } from '../read';
import { isToolFile, usedFiles } from './tool-detection';

/** Whether a file decides by its name what an engine applies of a folder that it lies in. */
export const isSteering = (path: string): boolean => isIgnoreFile(path) || isToolFile(path);

/** @param read gives those of the folder's files that are wanted, by their path from the root of the repository */
export function steeringBy(read: (isWanted: (path: string) => boolean) => IgnoreFile[]): IgnoreFile[] {
  const files = read(isSteering);
  const used = new Set(usedFiles(files));
  return used.size === 0 ? files : [...files, ...read((path) => used.has(path) && !isSteering(path))];
}

/**
 * @param folder absolute path
 * @param at the path from the root of the repository by which an engine finds a file of the folder
 * @param shown the path by which people do
 * @throws InputError for a file that is no text, or a link
 */
export function steeringIn(
  folder: string,
  at: (file: string) => string,
  shown: (file: string) => string = at,
): IgnoreFile[] {
  return steeringBy((isWanted) =>
    listFiles(folder, (file) => isWanted(at(file))).map((file) => ({
      path: at(file),
      text: decode(shown(file), readFile(join(folder, file))),
    })),
  );
}
