// JUnit XML for GitLab, Jenkins and others: a suite a namespace, a test case a finding.
// What is read of it: GitLab, "Unit test reports"; Jenkins' JUnit plugin.
import { codeOfProblem, type InputProblem } from '../input/error';
import type { Finding } from '../judge/finding';
import { groupBy } from '../manifests/group';
import { countsText, outcomeOf, placesOf, remedyParts } from './findings';
import type { Report } from './report';
import { oneLine, wellFormed } from './terminal';

const ENTITY: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Text in an element or an attribute. GitLab takes what `[[ATTACHMENT|` begins for a file to show. */
const xml = (text: string) =>
  wellFormed(oneLine(text))
    .replace(/\[(?=\[)/g, '[ ')
    .replace(/[\ufffe\uffff]/g, '\ufffd') // what XML 1.0 forbids of what oneLine leaves
    .replace(/[&<>"']/g, (one) => ENTITY[one] ?? one);

type Attributes = Readonly<Record<string, string | number | undefined>>;

function open(element: string, attributes: Attributes): string {
  const written = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined ? [] : [` ${name}="${xml(String(value))}"`],
  );
  return `<${element}${written.join('')}`;
}

/** @param lines of text */
const element = (name: string, attributes: Attributes, lines: readonly string[]) =>
  `      ${open(name, attributes)}>${lines.map(xml).join('\n')}</${name}>`;

function linesOf(finding: Finding): string[] {
  const { message, remedy, approved } = finding;
  const { sentence, entry } = remedyParts(remedy);
  const remedies = entry === undefined ? [sentence] : [sentence, entry];
  return [message, ...(approved === undefined ? remedies : [`Approved: ${approved}`]), ...placesOf(finding)];
}

/**
 * An error is a failure. A warning is skipped, with its text: neither GitLab nor Jenkins shows what a test case that
 * passed has to say, and a failure would turn a passed check red. An info passes.
 */
function outcome(finding: Finding): string {
  const { message, severity } = finding;
  if (severity === 'error') return element('failure', { message, type: finding.rule }, linesOf(finding));
  if (severity === 'warning') return element('skipped', { message }, linesOf(finding));
  return element('system-out', {}, linesOf(finding));
}

interface Case {
  readonly name: string;
  readonly file?: string;
  readonly content?: string;
}

/** @param suite GitLab shows the class name of its cases instead of it */
function suiteText(suite: string, cases: readonly Case[], counts: Attributes): string {
  return [
    `  ${open('testsuite', { name: suite, tests: cases.length, ...counts })}>`,
    ...cases.flatMap(({ name, file, content }) => {
      const start = `    ${open('testcase', { classname: suite, name, file, time: 0 })}`;
      return content === undefined ? [`${start}/>`] : [`${start}>`, content, '    </testcase>'];
    }),
    '  </testsuite>',
  ].join('\n');
}

const document = (suites: readonly string[]) =>
  `${['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites name="cdk8s-liqo">', ...suites, '</testsuites>'].join('\n')}\n`;

/** Outside namespaces it is the file that tells one finding of a rule from another. */
const nameOf = ({ rule, namespace, file }: Finding) =>
  namespace === undefined && file !== undefined ? `${rule}: ${file}` : rule;

/** GitLab ignores all but the first of equal names: the others get a number. */
function casesOf(findings: readonly Finding[]): Case[] {
  return [...groupBy(findings, nameOf)].flatMap(([name, all]) =>
    all.map((finding, i) => ({
      name: i === 0 ? name : `${name} (${i + 1})`,
      file: finding.file,
      content: outcome(finding),
    })),
  );
}

function suiteOf(namespace: string, findings: readonly Finding[]): string {
  const count = (severity: Finding['severity']) => findings.filter((one) => one.severity === severity).length;
  return suiteText(namespace === '' ? 'whole cluster' : `namespace ${namespace}`, casesOf(findings), {
    failures: count('error'),
    errors: 0,
    skipped: count('warning'),
  });
}

export function junitReport({ baseline, verdict: { findings, summary } }: Report): string {
  // There in every report, so that a clean one is not an empty one: GitLab says of that it failed to load.
  const verdict = suiteText(
    'cdk8s-liqo',
    [
      {
        name: 'judged',
        content: element('system-out', {}, [
          `${outcomeOf(summary)}: ${countsText(summary)}`,
          `Judged against ${baseline.description}.`,
        ]),
      },
    ],
    { failures: 0, errors: 0, skipped: 0 },
  );
  const namespaces = groupBy(findings, ({ namespace = '' }) => namespace);
  return document([verdict, ...[...namespaces].map(([namespace, all]) => suiteOf(namespace, all))]);
}

/** Why nothing could be judged. */
export function junitProblems(problems: readonly InputProblem[]): string {
  const content = problems.map(({ message, remedy, command, file }) =>
    [file, message, remedy, command].filter((one) => one !== undefined).join(': '),
  );
  const [first] = problems;
  const error = element('error', { message: first?.message, type: first && codeOfProblem(first) }, content);
  return document([
    suiteText('cdk8s-liqo', [{ name: 'judged', content: error }], { failures: 0, errors: 1, skipped: 0 }),
  ]);
}
