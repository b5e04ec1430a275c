// SARIF 2.1.0 (OASIS, docs.oasis-open.org/sarif/sarif/v2.1.0), for code scanning and viewers.
import { createHash } from 'node:crypto';
import type { InputProblem } from '../input/error';
import { summarize, type Finding } from '../judge/finding';
import { RULES } from '../judge/registry';
import type { Rule } from '../judge/rule';
import { severityOf } from '../judge/severities';
import { byImportance, countsText, remedyParts } from './findings';
import { failedRun, inLines, judgedRun, NOTIFICATIONS, ROOT, uri } from './invocation';
import type { Report } from './report';
import { HOMEPAGE, ruleUrl } from './rule-url';
import { oneLine, plainJson, wellFormed } from './terminal';
import { version } from './version';

const LEVEL = { error: 'error', warning: 'warning', info: 'note', off: 'none' } as const;

/**
 * So many results GitHub takes of a run (docs.github.com, "SARIF results exceed one or more limits"); it shows the first 5,000
 * by severity.
 */
const MOST = 25_000;

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

/** GitHub takes no place without a line. */
const locationOf = (file: string, line = 1) => ({
  physicalLocation: {
    artifactLocation: { uri: uri(file), uriBaseId: ROOT },
    region: { startLine: line },
  },
});

/** Where a finding about no file is shown: GitHub takes no result without a place. */
const NOWHERE = 'config/cluster.ts';

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

/** What the file does not have, in a sentence and in numbers. */
function leftOut(findings: readonly Finding[]) {
  if (findings.length <= MOST) return undefined;
  const counts = summarize(findings.slice(MOST));
  const [all, out] = [findings.length, findings.length - MOST].map((one) => one.toLocaleString('en'));
  return {
    text: `${all} findings: the worst ${MOST.toLocaleString('en')} are here, and ${out} are left out (${countsText(counts)}). The formats json and junit have all of them.`,
    counts,
  };
}

const driver = () => ({
  name: 'cdk8s-liqo',
  version: version(),
  informationUri: HOMEPAGE,
  rules: RULES.map(descriptor),
  notifications: NOTIFICATIONS,
});

function logOf(run: object): string {
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: driver() },
        originalUriBaseIds: { [ROOT]: { description: { text: 'The root of the repository.' } } },
        columnKind: 'utf16CodeUnits',
        ...run,
      },
    ],
  };
  return `${plainJson(log)}\n`;
}

export function sarifReport({ baseline, verdict }: Report): string {
  const { kind, ref, commit } = baseline;
  const findings = byImportance(verdict.findings);
  return logOf({
    invocations: [judgedRun(leftOut(findings))],
    results: findings.slice(0, MOST).map(result),
    properties: { baseline: { kind, ref, commit } },
  });
}

/** Why nothing could be judged. Without `results`, so that code scanning closes no alert by it. */
export const sarifProblems = (problems: readonly InputProblem[]): string =>
  logOf({ invocations: [failedRun(problems)] });
