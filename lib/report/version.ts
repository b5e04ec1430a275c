// Our own version, for --version and for reports that name the tool.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As package.json says it, which lies two folders above lib/report as above build/report. */
export function version(): string {
  const own = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as { version: string };
  return own.version;
}
