// The names of what we write for an engine.
import { createHash } from 'node:crypto';

/** Of a name that becomes the value of a label, as both engines make of it. */
const MAX_LENGTH = 63;
const CLEAN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/**
 * The name of a unit: the consumer's ID and the unit's folders, parted by dots, which neither has. A name that is too long or
 * has other characters is cut and told from its like by a hash.
 */
export function unitName(consumer: string, unit: string): string {
  const parts = [consumer, ...unit.split('/')];
  const name = parts.join('.');
  if (name.length <= MAX_LENGTH && parts.every((part) => CLEAN.test(part))) return name;
  const hash = createHash('sha256').update(parts.join('/')).digest('hex').slice(0, 8);
  const start = name.toLowerCase().replace(/[^a-z0-9]+/g, '-');
  return `${start.slice(0, MAX_LENGTH - hash.length - 1).replace(/-$/, '')}-${hash}`;
}
