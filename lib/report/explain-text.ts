// An explanation for people: one block a workload, one row for local nodes and one for each cluster.
import { createColors } from 'picocolors';
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
import { columns, INDENT, widthOf } from './columns';
import type { Look } from './report';
import { printable, wrap } from './terminal';

type Colors = ReturnType<typeof createColors>;

const ANSWER = 'perhaps'.length;

function painted(answer: Answer, colors: Colors): string {
  const paint = {
    yes: colors.green,
    if: colors.cyan,
    perhaps: colors.yellow,
    hangs: colors.red,
    no: (text: string) => text,
    unknown: colors.yellow,
  }[answer];
  return paint(answer);
}

function rowLines(rows: readonly Row[], { width }: Look, colors: Colors): string[] {
  const labels = rows.map(({ label }) => printable(label));
  const column = widthOf(labels);
  const answers = Math.min(ANSWER, Math.max(0, ...rows.map(({ answer }) => answer.length)));
  return rows.flatMap(({ answer, why }, i) =>
    columns(
      [
        { text: labels[i] ?? '', width: column },
        { text: answer, shown: painted(answer, colors), width: answers },
      ],
      why,
      width,
    ),
  );
}

function pairLines(pairs: readonly (readonly [string, string])[], { width }: Look): string[] {
  const column = widthOf(pairs.map(([label]) => printable(label)));
  return pairs.flatMap(([label, text]) => columns([{ text: printable(label), width: column }], text, width));
}

/** `Deployment/web`; of several templates, which one: `PyTorchJob/train, Worker`. */
export const nameOf = ({ kind, name, part }: WorkloadExplanation) =>
  `${kind}/${name || '(no name)'}${part === undefined ? '' : `, ${part}`}`;

export const titleOf = (namespace: string, one: WorkloadExplanation) => `${namespace}/${nameOf(one)}`;

const paragraph = (sentences: readonly string[], width: number) =>
  sentences.length === 0 ? [] : [wrap(sentences.join(' '), width, INDENT)];

const assumed = (assumptions: readonly string[], { width }: Look) =>
  assumptions.map((one) => wrap(`Assumed: ${one}`, width, INDENT));

function workloadText(
  { namespace, inventory }: Explanation,
  workload: WorkloadExplanation,
  look: Look,
  colors: Colors,
): string[] {
  const { outcome, reason, admission, assumptions } = workload;
  const verdict =
    reason === undefined ? [] : [`${outcome === 'rejected' ? 'Rejected' : 'Undecided'}: ${reason}`];
  return [
    colors.bold(printable(titleOf(namespace, workload))),
    ...paragraph([...verdict, ...admission], look.width),
    ...rowLines(placeRows(workload, inventory), look, colors),
    ...assumed(assumptions, look),
    '',
  ];
}

function namespaceText(
  { namespace, workloads }: Explanation,
  about: NamespaceExplanation,
  look: Look,
  colors: Colors,
): string[] {
  const providers = rowLines(providerRows(about), look, colors);
  const list = workloads.map((one) => [nameOf(one), placesLine(one)] as const);
  return [
    colors.bold(printable(namespace)),
    ...pairLines(offloadingLines(about), look),
    ...assumed(about.assumptions, look),
    '',
    ...(providers.length === 0 ? [] : [colors.bold('Its twin namespaces'), ...providers, '']),
    ...(list.length === 0
      ? ['None of its manifests creates pods.', '']
      : [colors.bold('Where its pods can land'), ...pairLines(list, look), '']),
  ];
}

export function explainText(explanation: Explanation, look: Look): string {
  const colors = createColors(look.color);
  const { about, workloads, inventory } = explanation;
  const note = inventoryNote(inventory);
  const blocks =
    about === undefined
      ? workloads.flatMap((one) => workloadText(explanation, one, look, colors))
      : namespaceText(explanation, about, look, colors);
  const lines = note === undefined ? blocks.slice(0, -1) : [...blocks, wrap(note, look.width, '')];
  return `${lines.join('\n')}\n`;
}
