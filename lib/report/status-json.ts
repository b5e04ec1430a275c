// A status for machines. Its form is a contract: fields are added, never renamed, within a version.
import type { Status } from '../status/status';

export function statusJson({ asWanted, namespaces, summary, guard }: Status): string {
  return `${JSON.stringify({ version: 1, asWanted, namespaces, summary, guard }, null, 2)}\n`;
}
