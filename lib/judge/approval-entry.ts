// The entry that approves a finding, as a remedy shows it: a line to paste.
import { scalar } from '../manifests/write';
import type { Subject } from './rule';

/** Separates the sentence of a remedy from its entry. */
export const ENTRY = '\n- ';

/** The reason in an entry as it is shown: you replace it when you paste the entry. */
const PLACEHOLDER = '…';

/** Whether a reason is still the placeholder: dots are typed in many ways. */
export const isPlaceholder = (reason: string): boolean => /^[\s.…]+$/.test(reason);

/** `config/approvals/*.yaml:` and on a line of its own `- { namespace: shop, rule: unoffload, reason: "…" }`. */
export function approvalEntry(
  subject: string,
  rule: string,
  clusters?: readonly string[],
  by: Subject = 'namespace',
): string {
  const only = clusters === undefined ? '' : `, clusters: [${clusters.map(scalar).join(', ')}]`;
  return `config/approvals/*.yaml:${ENTRY}{ ${by}: ${scalar(subject)}, rule: ${rule}${only}, reason: "${PLACEHOLDER}" }`;
}
