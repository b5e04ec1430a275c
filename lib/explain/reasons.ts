// What keeps a pod off a node, in few words: the requirement that fails, and what the node has instead.
import { TYPE_LABEL, VIRTUAL_NODE } from '../liqo/constants';
import { possible, type NodeKind } from '../liqo/node-kind';
import type { PodSpec } from '../liqo/pod';
import type { Exclusion, Node, TermFailure } from '../liqo/scheduling';
import { printRequirement } from '../selector/print';
import { checkTerm, type Operator, type Requirement, type Term } from '../selector/term';

export interface Reason {
  readonly by: Exclusion['by'];
  /** With what the node has instead, where one is looked at. */
  readonly text: string;
  /** Without: equal for all nodes that fail alike. */
  readonly general: string;
}

const NODE_NAME = 'metadata.name';
const valueText = (value: string) => (value === '' ? '""' : value);

/** What the node has instead, where the requirement does not say it already. */
function instead({ key, operator, values }: Requirement, { name, labels }: Node): string {
  const told = operator === 'Exists' || operator === 'DoesNotExist';
  if (told || (operator === 'NotIn' && values.length === 1)) return '';
  const found = Object.hasOwn(labels, key) ? labels[key] : key === NODE_NAME ? name : undefined;
  return found === undefined ? ' (it has none)' : ` (it has ${valueText(found)})`;
}

/** Only that the node is a virtual one, or is not: true of an alternative meant for the other sort. */
const isForOthers = ({ requirements }: Unmet) =>
  requirements.length > 0 &&
  requirements.every(
    ({ key, operator, values }) =>
      key === TYPE_LABEL && (operator === 'In' || operator === 'NotIn') && values.join() === VIRTUAL_NODE,
  );

/** What an alternative fails on. */
interface Unmet {
  readonly requirements: readonly Requirement[];
  readonly parts: readonly string[];
}

function unmet(failure: TermFailure, node: Node | undefined): Unmet {
  switch (failure.why) {
    case 'empty':
      return { requirements: [], parts: ['a term without requirements, which nothing matches'] };
    case 'invalid':
      return { requirements: [], parts: [`an invalid term (${failure.problems.join('; ')})`] };
    case 'requirements': {
      const { requirements } = failure;
      const texts = requirements.map((one) => printRequirement(one) + (node ? instead(one, node) : ''));
      return { requirements, parts: [...new Set(texts)] };
    }
  }
}

const includesAll = (one: readonly string[], other: readonly string[]) =>
  other.every((part) => one.includes(part));

/** Alternatives without those that ask for more than another one: the webhook's product has many of them. */
function least(all: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const isMore = (one: readonly string[], i: number) =>
    all.some((other, j) => i !== j && includesAll(one, other) && (j < i || !includesAll(other, one)));
  return all.filter((one, i) => !isMore(one, i));
}

/** What is worth saying of alternatives that all fail. */
function telling(all: readonly Unmet[]): readonly (readonly string[])[] {
  const close = least(all.map(({ parts }) => parts));
  const others = close.filter((one) => !all.some((other) => other.parts === one && isForOthers(other)));
  return others.length > 0 ? others : close;
}

function affinityText(terms: readonly TermFailure[], node: Node | undefined): string {
  if (terms.length === 0) return 'a required node affinity without terms';
  return telling(terms.map((one) => unmet(one, node)))
    .map((parts) => parts.join(', '))
    .join(', or ');
}

function textOf(exclusion: Exclusion, node: Node | undefined): string {
  switch (exclusion.by) {
    case 'taint':
      return `does not tolerate ${exclusion.taint.key}`;
    case 'nodeSelector': {
      const entry: Requirement = { key: exclusion.key, operator: 'In', values: [exclusion.value] };
      return `nodeSelector ${printRequirement(entry)}${node === undefined ? '' : instead(entry, node)}`;
    }
    case 'affinity':
      return affinityText(exclusion.terms, node);
    case 'nodeName':
      return `nodeName ${exclusion.nodeName}`;
    case 'no-node':
      return 'the virtual node has no Node';
  }
}

/** @param node absent for nodes that nobody lists */
export function reasonsOf(exclusions: readonly Exclusion[], node?: Node): Reason[] {
  return exclusions.map((one) => ({
    by: one.by,
    text: textOf(one, node),
    general: textOf(one, undefined),
  }));
}

const OPPOSITE: Readonly<Partial<Record<Operator, Operator>>> = {
  In: 'NotIn',
  NotIn: 'In',
  Exists: 'DoesNotExist',
  DoesNotExist: 'Exists',
};

const NOTHING: PodSpec = { nodeSelector: {}, tolerations: [] };

/** Whether every node of a kind meets a requirement on a label. */
function isGiven(requirement: Requirement, kind: NodeKind): boolean {
  const operator = OPPOSITE[requirement.operator];
  if (operator === undefined) return false;
  const required = [{ matchExpressions: [{ ...requirement, operator }] }];
  return possible({ ...NOTHING, required }, kind).answer === 'no';
}

/** The alternatives among a pod's terms that some node of a kind can meet; one without requirements where it has none. */
function livingTerms(pod: PodSpec, kind: NodeKind): readonly Term[] {
  if (pod.required === undefined) return [{ matchExpressions: [], matchFields: [] }];
  return pod.required
    .filter((term) => possible({ ...pod, required: [term] }, kind).answer !== 'no')
    .map(checkTerm)
    .flatMap((one) => (one.ok ? [one.term] : []));
}

/**
 * What a node of a kind must have, beside what all of them have, for a pod that some of them can run: alternatives, none
 * where any node will do.
 */
export function needs(pod: PodSpec, kind: NodeKind): readonly string[] {
  const entries = Object.entries(pod.nodeSelector).map(([key, value]): Requirement => ({
    key,
    operator: 'In',
    values: [value],
  }));
  const named: Requirement[] =
    pod.nodeName === undefined ? [] : [{ key: NODE_NAME, operator: 'In', values: [pod.nodeName] }];
  const alternatives = livingTerms(pod, kind).map(({ matchExpressions, matchFields }) => {
    const open = [...matchExpressions, ...entries].filter((one) => !isGiven(one, kind));
    return [...new Set([...named, ...matchFields, ...open].map(printRequirement))];
  });
  const easiest = least(alternatives);
  return easiest.some((one) => one.length === 0) ? [] : easiest.map((one) => one.join(','));
}
