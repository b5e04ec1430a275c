// A status for machines.
import type { Status } from '../status/status';
import type { StatusJson } from './contract';
import { plainJson } from './terminal';

export function statusJson({ asWanted, namespaces, summary }: Status): string {
  const report: StatusJson = { version: 1, asWanted, namespaces, summary };
  return `${plainJson(report)}\n`;
}
