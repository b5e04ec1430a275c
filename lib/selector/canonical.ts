// Equal selectors are written as equal YAML: terms, requirements and values sorted, duplicates gone.
import type { NodeSelector, Requirement, Term } from './term';

const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Sorts by a text that says everything about an element, and drops elements with the same text. */
function sortUnique<T>(list: readonly T[], textOf: (one: T) => string): T[] {
  const byKey = new Map(list.map((one) => [textOf(one), one]));
  return [...byKey].sort(([a], [b]) => byText(a, b)).map(([, one]) => one);
}

const requirementText = ({ key, operator, values }: Requirement) =>
  JSON.stringify([key, operator, ...values]);
const termText = (term: Term) =>
  JSON.stringify([term.matchExpressions.map(requirementText), term.matchFields.map(requirementText)]);

const canonicalRequirements = (requirements: readonly Requirement[]) =>
  sortUnique(
    requirements.map((one) => ({ ...one, values: [...new Set(one.values)].sort(byText) })),
    requirementText,
  );

/** The canonical form of a selector: the same for every order and repetition of the same parts. */
export function canonicalSelector(selector: NodeSelector): NodeSelector {
  return sortUnique(
    selector.map((term) => ({
      matchExpressions: canonicalRequirements(term.matchExpressions),
      matchFields: canonicalRequirements(term.matchFields),
    })),
    termText,
  );
}
