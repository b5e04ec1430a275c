// What is known about the labels of one virtual node before and after a change, and which part of a clusterSelector that leaves open.
import type { VirtualNode } from '../liqo/inventory';
import { EVERYTHING, isEmpty, isSubset, type Selection } from '../selector/algebra';
import { matchesSelector, type Labels } from '../selector/match';
import { checkTerm, type Requirement, type Term } from '../selector/term';
import { createsNode, declaredLabels, type DeclaredNode } from './peerings';

/** The labels of a virtual node at one moment. */
export interface NodeView {
  readonly name: string;
  readonly labels: Labels;
  /** The labels that are known; any other may be present. Undefined if all labels are known. */
  readonly settled: ReadonlySet<string> | undefined;
}

/** One virtual node before and after a change; undefined if it does not exist. */
export interface NodePair {
  readonly before: NodeView | undefined;
  readonly after: NodeView | undefined;
}

/** A form of a virtual node, and whether it has a Node at that moment. */
interface Form {
  readonly declared: DeclaredNode;
  readonly hasNode: boolean;
}

const without = (labels: Labels, keys: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([key]) => !keys.includes(key)));

/** What is certain about a form: without a Node, the VirtualNode shows all labels; with one, an inventory that lists it does. */
function viewOf(
  { declared, hasNode }: Form,
  own: Labels,
  observed: Labels | undefined,
  settled: ReadonlySet<string>,
): NodeView {
  const { name, virtualNode } = declared;
  if (!hasNode) return { name, labels: own, settled: virtualNode === undefined ? settled : undefined };
  return observed === undefined
    ? { name, labels: own, settled }
    : { name, labels: { ...observed, ...own }, settled: undefined };
}

/** @param listed its entry in the inventory of the baseline, for labels that no manifest declares */
export function nodePair(
  before: DeclaredNode | undefined,
  after: DeclaredNode | undefined,
  { listed, nodeGoes }: { readonly listed: VirtualNode | undefined; readonly nodeGoes: boolean },
): NodePair {
  const was = before && { declared: before, hasNode: createsNode(before) };
  const is = after && { declared: after, hasNode: createsNode(after) && !nodeGoes };
  const [old, now] = [was, is].map((form) => (form ? declaredLabels(form.declared, form.hasNode) : {})) as [
    Labels,
    Labels,
  ];
  const settled = new Set([...Object.keys(old), ...Object.keys(now)]);
  const observed = listed?.createNode === true ? listed.labels : undefined;
  const dropped = Object.keys(old).filter((key) => !Object.hasOwn(now, key));
  return {
    before: was && viewOf(was, old, observed, settled),
    after: is && viewOf(is, now, observed && without(observed, dropped), settled),
  };
}

/** A virtual node that only the inventory lists. */
export const observedPair = (name: string, labels: Labels): NodePair => {
  const view = { name, labels, settled: undefined };
  return { before: view, after: view };
};

/** Whether a view meets a requirement; undefined if the known labels do not decide it. */
function meets({ labels, settled, name }: NodeView, one: Requirement, field: boolean): boolean | undefined {
  if (!field && settled !== undefined && !settled.has(one.key)) return undefined;
  const term: Term = { matchExpressions: field ? [] : [one], matchFields: field ? [one] : [] };
  return matchesSelector([term], labels, name);
}

/** What a term still requires of unknown labels: nothing (`EVERYTHING`), or undefined if it cannot match. */
function residualTerm(term: Term, view: NodeView): Term | typeof EVERYTHING | undefined {
  const { matchExpressions, matchFields } = term;
  if (matchExpressions.length + matchFields.length === 0) return undefined;
  if (matchFields.some((one) => meets(view, one, true) === false)) return undefined;
  const answers = matchExpressions.map((one) => meets(view, one, false));
  if (answers.includes(false)) return undefined;
  const open = matchExpressions.filter((_, i) => answers[i] === undefined);
  return open.length === 0 ? EVERYTHING : { matchExpressions: open, matchFields: [] };
}

/** The part of a selection that a virtual node leaves open; an invalid selection stays as it is. */
export function residual(selection: Selection, view: NodeView | undefined): Selection {
  if (view === undefined) return [];
  if (selection === EVERYTHING) return EVERYTHING;
  const checked = selection.map(checkTerm);
  const terms = checked.flatMap((one) => (one.ok ? [one.term] : []));
  if (terms.length < checked.length) return selection;
  return union(
    terms.flatMap((term) => residualTerm(term, view) ?? []).map((one) => (one === EVERYTHING ? one : [one])),
  );
}

export const union = (all: readonly Selection[]): Selection =>
  all.includes(EVERYTHING) ? EVERYTHING : all.flatMap((one) => (one === EVERYTHING ? [] : one));

/** Whether a cluster whose virtual nodes change like this may lose a namespace with this selection. */
export function mayLose(selection: Selection, nodes: readonly NodePair[]): boolean {
  const remaining = union(nodes.map(({ after }) => residual(selection, after)));
  const had = nodes.some(({ before }) => isEmpty(residual(selection, before)).answer !== 'yes');
  return nodes.some(({ before, after }) => {
    // A new node that does not match removes the mapping as well, in turn with those that do.
    if (before === undefined) return had && isEmpty(residual(selection, after)).answer === 'yes';
    const was = residual(selection, before);
    if (isEmpty(was).answer === 'yes') return false;
    // A node that stays and no longer matches removes the mapping, even if others match.
    const is = after === undefined ? remaining : residual(selection, after);
    return isSubset(was, is).answer !== 'yes';
  });
}

/** Whether it certainly gains the namespace. */
export function gains(selection: Selection, nodes: readonly NodePair[]): boolean {
  const had = union(nodes.map(({ before }) => residual(selection, before)));
  const has = union(nodes.map(({ after }) => residual(selection, after)));
  return isSubset(has, had).answer === 'no';
}
