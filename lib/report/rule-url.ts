// Where a rule is described on the web. The address of our documentation stands here and in package.json, and nowhere else.
import type { Look } from './report';

/** As `homepage` in package.json; reserved by RFC 2606 until there is one, so that no stranger can answer there. */
export const HOMEPAGE = 'https://cdk8s-liqo.example';

/** The part of docs/rules.md about a rule. */
export const ruleUrl = (rule: string): string => `${HOMEPAGE}/docs/rules.md#${rule}`;

/** A rule's name, as a link (OSC 8) where the terminal can show one. */
export function ruleLink(rule: string, shown: string, { links }: Look): string {
  return links === true ? `\u001b]8;;${ruleUrl(rule)}\u001b\\${shown}\u001b]8;;\u001b\\` : shown;
}
