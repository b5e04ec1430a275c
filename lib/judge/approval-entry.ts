// The entry that would let a finding through, as a remedy shows it: a line that can be pasted.
import { scalar } from '../manifests/write';
import type { Subject } from './rule';

/** What stands between the sentence of a remedy and its entry. */
export const ENTRY = '\n- ';

/** The reason of an entry as it is shown: whoever pastes it has a reason to give. */
const PLACEHOLDER = '…';

/** Whether a reason is the one that was shown, or says as little: dots are typed in many ways. */
export const isPlaceholder = (reason: string): boolean => /^[\s.…]+$/.test(reason);

/** `…:` and on a line of its own `- { namespace: shop, rule: unoffload, reason: "…" }`; `by` where it is no namespace. */
export function approvalEntry(
  subject: string,
  rule: string,
  clusters?: readonly string[],
  by: Subject = 'namespace',
): string {
  const only = clusters === undefined ? '' : `, clusters: [${clusters.map(scalar).join(', ')}]`;
  return `an approval in config/approvals/, a YAML file with the line${ENTRY}{ ${by}: ${scalar(subject)}, rule: ${rule}${only}, reason: "${PLACEHOLDER}" }`;
}
