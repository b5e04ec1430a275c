// SARIF 2.1.0 (OASIS, docs.oasis-open.org/sarif/sarif/v2.1.0), for code scanning and viewers.
import { createHash } from 'node:crypto';
import type { Finding } from '../judge/finding';
import { RULES } from '../judge/registry';
import type { Rule } from '../judge/rule';
import { severityOf } from '../judge/severities';
import { remedyParts } from './findings';
import type { Report } from './report';
import { ruleUrl } from './rule-url';
import { oneLine, plainJson, wellFormed } from './terminal';

const LEVEL = { error: 'error', warning: 'warning', info: 'note', off: 'none' } as const;

/** The root of the repository, for whoever reads it. */
const ROOT = '%SRCROOT%';

function descriptor(rule: Rule) {
  const { name, summary, why, source, category } = rule;
  const help = `${summary} ${why}\n\nSource: ${source}`;
  return {
    id: name,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: help, markdown: help },
    helpUri: ruleUrl(name),
    defaultConfiguration: { level: LEVEL[severityOf(rule, {})] },
    properties: { category, tags: [category], approvable: rule.approvable === true },
  };
}

/** A relative URI reference (RFC 3986) in which nothing can be taken for a scheme, a host, a query or a fragment. */
function uri(path: string): string {
  const encoded = wellFormed(path).split('/').map(encodeURIComponent).join('/');
  return encoded.startsWith('/') ? `./${encoded}` : encoded;
}

/** GitHub takes no place without a line. */
const locationOf = (file: string, line = 1) => ({
  physicalLocation: {
    artifactLocation: { uri: uri(file), uriBaseId: ROOT },
    region: { startLine: line },
  },
});

/** Where a finding about no file is shown: GitHub takes no result without a place. */
const NOWHERE = 'config/cluster.ts';

const inLines = (lines: readonly string[]) => wellFormed(lines.map(oneLine).join('\n'));

function messageText({ message, remedy, approved }: Finding): string {
  if (approved !== undefined) return inLines([message, `Approved: ${approved}`]);
  const { sentence, entry } = remedyParts(remedy);
  return inLines([message, sentence, ...(entry === undefined ? [] : [entry])]);
}

/** The same as long as the finding is: wherever its lines move to, and whatever else is found. */
function fingerprint({ rule, namespace = '', message }: Finding): string {
  return createHash('sha256')
    .update(JSON.stringify([rule, namespace, message]))
    .digest('hex');
}

const indexOf = new Map(RULES.map(({ name }, i) => [name, i]));

function result(finding: Finding) {
  const { rule, category, severity, namespace, file, line, config, clusters, witness } = finding;
  const { existing, approved, removed } = finding;
  return {
    ruleId: rule,
    ruleIndex: indexOf.get(rule) ?? -1,
    level: LEVEL[severity],
    message: { text: messageText(finding) },
    locations: [locationOf(file ?? config ?? NOWHERE, line)],
    ...(config !== undefined && file !== undefined && { relatedLocations: [locationOf(config)] }),
    partialFingerprints: { 'cdk8sLiqo/v1': fingerprint(finding) },
    baselineState: existing === true ? 'unchanged' : 'new',
    // On every result or on none (3.27.23); an approval stands in a file of its own.
    suppressions:
      approved === undefined
        ? []
        : [{ kind: 'external', status: 'accepted', justification: wellFormed(oneLine(approved)) }],
    properties: { category, namespace, clusters, witness, removed },
  };
}

export function sarifReport({ baseline, verdict }: Report): string {
  const { kind, ref, commit } = baseline;
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'cdk8s-liqo', rules: RULES.map(descriptor) } },
        invocations: [{ executionSuccessful: true }],
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        results: verdict.findings.map(result),
        properties: { baseline: { kind, ref, commit } },
      },
    ],
  };
  return `${plainJson(log)}\n`;
}
