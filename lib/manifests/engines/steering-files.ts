// The files that decide by their names what engines apply of a folder: `.sourceignore` files and those of tools.
import { join } from 'node:path';
import { listFiles, readFile } from '../folder';
import { decode } from '../read';
import { isIgnoreFile, type IgnoreFile } from './flux-artifact';
import { isToolFile } from './tool-detection';

export const isSteering = (path: string): boolean => isIgnoreFile(path) || isToolFile(path);

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
  return listFiles(folder, isSteering).map((file) => ({
    path: at(file),
    text: decode(shown(file), readFile(join(folder, file))),
  }));
}
