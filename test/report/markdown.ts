// Markdown as a parser reads it.
import { Parser } from 'commonmark';
import { RULES } from '../../lib/judge/registry';
import { ruleUrl } from '../../lib/report/rule-url';

const OURS = /<!-- cdk8s-liqo -->|<\/?(details|summary|code)>/g;

/** Without the link to a rule that each finding has. */
const withoutRuleLinks = (markdown: string) =>
  RULES.reduce((text, { name }) => text.replaceAll(`[\`${name}\`](${ruleUrl(name)})`, name), markdown);

/** Everything in a report that only a name can have brought in: HTML, links, images, headings, mentions, addresses. */
export function strangers(written: string): string[] {
  const markdown = withoutRuleLinks(written);
  const found: string[] = [];
  const walker = new Parser().parse(markdown).walker();
  for (let event = walker.next(); event !== null; event = walker.next()) {
    const { node, entering } = event;
    const literal = node.literal ?? '';
    if (!entering) continue;
    if (['link', 'image'].includes(node.type)) found.push(node.type);
    if (node.type === 'heading' && ![3, 4].includes(node.level)) found.push(`heading ${node.level}`);
    if (node.type.startsWith('html') && literal.replace(OURS, '').includes('<')) found.push(literal);
  }
  // Outside code, references stand for these.
  const prose = markdown.replace(/^ *(`{3,})(?:yaml|diff|console)?\n[^]*?\n *\1$/gm, '');
  return [...found, ...(prose.match(/@\w|https?:\/\/|www\.|(?<!&)#\d/g) ?? [])];
}
