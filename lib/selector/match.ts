// Matching against a label set, as the scheduler and Liqo's controller do
// (component-helpers, scheduling/corev1/nodeaffinity; apimachinery, pkg/labels).
import { parseInt64, type Requirement, type Term } from './term';

export type Labels = Readonly<Record<string, string>>;

/** Whether one requirement holds: with the label missing, only NotIn and DoesNotExist do. */
export function matchesRequirement({ key, operator, values }: Requirement, labels: Labels): boolean {
  const label = Object.hasOwn(labels, key) ? labels[key] : undefined;
  switch (operator) {
    case 'In':
      return label !== undefined && values.includes(label);
    case 'NotIn':
      return label === undefined || !values.includes(label);
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
    case 'Gt':
    case 'Lt': {
      const [left, right] = [label, values[0]].map((text) =>
        text === undefined ? undefined : parseInt64(text),
      );
      if (left === undefined || right === undefined) return false;
      return operator === 'Gt' ? left > right : left < right;
    }
  }
}

/** Whether a requirement of matchFields holds for a node: the only field that it has is its name, any other one is empty. */
export function matchesField(requirement: Requirement, name: string): boolean {
  return matchesRequirement(requirement, {
    [requirement.key]: requirement.key === 'metadata.name' ? name : '',
  });
}

/** Whether a term matches the labels and the name of a node; a term without requirements matches none. */
export function matchesTerm(term: Term, labels: Labels, name = ''): boolean {
  if (term.matchExpressions.length + term.matchFields.length === 0) return false;
  return (
    term.matchExpressions.every((one) => matchesRequirement(one, labels)) &&
    term.matchFields.every((one) => matchesField(one, name))
  );
}

/** Whether a node selector matches: one of its terms does. No terms match nothing here; Liqo's reading of none is its own. */
export function matchesSelector(terms: readonly Term[], labels: Labels, name = ''): boolean {
  return terms.some((term) => matchesTerm(term, labels, name));
}
