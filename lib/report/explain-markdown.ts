// An explanation for a pull request or an issue: the same rows as tables.
import type { Explanation } from '../explain/explain';
import type { NamespaceExplanation } from '../explain/namespace';
import type { Answer } from '../explain/places';
import type { WorkloadExplanation } from '../explain/workload';
import {
  inventoryNote,
  offloadingLines,
  placeRows,
  placesLine,
  providerRows,
  type Row,
} from './explain-rows';
import { nameOf, titleOf } from './explain-text';
import { escaped, fitting, LIMIT, table } from './markdown';

const STRONG: ReadonlySet<Answer> = new Set(['yes', 'hangs']);

const cells = ({ label, answer, why }: Row) => [
  escaped(label),
  STRONG.has(answer) ? `**${answer}**` : answer,
  escaped(why),
];

const sentences = (all: readonly string[]) => (all.length === 0 ? [] : [all.map(escaped).join(' '), '']);
const assumed = (all: readonly string[]) =>
  all.length === 0 ? [] : [...all.map((one) => `- Assumed: ${escaped(one)}`), ''];

function workloadBlock({ namespace, inventory }: Explanation, workload: WorkloadExplanation): string {
  const { outcome, reason, admission, assumptions } = workload;
  return [
    `### ${escaped(titleOf(namespace, workload))}`,
    '',
    ...(reason === undefined ? [] : [`**${outcome}**: ${escaped(reason)}`, '']),
    ...sentences(admission),
    ...table(['Nodes', 'Lands', 'Why'], placeRows(workload, inventory).map(cells)),
    ...assumed(assumptions),
  ].join('\n');
}

function namespaceBlocks({ namespace, workloads }: Explanation, about: NamespaceExplanation): string[] {
  const head = [
    `### ${escaped(namespace)}`,
    '',
    ...table(
      ['', ''],
      offloadingLines(about).map(([label, text]) => [label, escaped(text)]),
    ),
    ...assumed(about.assumptions),
    ...table(['Provider', 'Twin', ''], providerRows(about).map(cells)),
    ...(workloads.length === 0
      ? ['None of its manifests creates pods.', '']
      : ['Where its pods can land:', '']),
  ].join('\n');
  const lines = workloads.map((one) => {
    const title = escaped(nameOf(one));
    return `- ${title}: ${escaped(placesLine(one))}\n`;
  });
  return [head, ...lines];
}

/** As many blocks as fit, and how many do not. */
function bounded(blocks: readonly string[]): string {
  const { shown, more } = fitting(blocks, LIMIT);
  return [...shown, ...(more > 0 ? [`\n… and ${more} more: npx cdk8s-liqo explain shows all of them\n`] : [])]
    .join('\n')
    .replace(/\n{3,}/g, '\n\n');
}

export function explainMarkdown(explanation: Explanation): string {
  const { about, workloads, inventory } = explanation;
  const blocks =
    about === undefined
      ? workloads.map((one) => workloadBlock(explanation, one))
      : namespaceBlocks(explanation, about);
  const note = inventoryNote(inventory);
  const tail = note === undefined ? '' : `\n${escaped(note)}\n`;
  return `${bounded(blocks).trimEnd()}\n${tail}`;
}
