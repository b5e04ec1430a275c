// A status for machines.
import type { Status } from '../status/status';
import type { StatusJson } from './contract';
import { plainJson } from './terminal';

export function statusJson({ asWanted, namespaces, summary, guard }: Status): string {
  const report: StatusJson = { version: 1, asWanted, namespaces, summary, guard };
  return `${plainJson(report)}\n`;
}
