// The first line of a YAML file by which an editor checks it while it is written: yaml-language-server reads it.
import { existsSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** The folder that packages are found in from a project: its own, or that of a folder above it. */
function packagesOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    const packages = join(folder, 'node_modules');
    if (existsSync(join(packages, 'cdk8s-liqo'))) return packages;
    if (dirname(folder) === folder) return join(root, 'node_modules'); // where npm install will put it
  }
}

/**
 * @param root absolute path of the project
 * @param file from there
 */
export function schemaLine(root: string, file: string, schema: 'inventory' | 'approvals'): string {
  const path = join(packagesOf(root), 'cdk8s-liqo/schemas/v1', `${schema}.json`);
  return `# yaml-language-server: $schema=${relative(dirname(join(root, file)), path)
    .split(sep)
    .join('/')}\n`;
}
