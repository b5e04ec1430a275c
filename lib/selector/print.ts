// Selectors as people read them, and as a manifest holds them.
import type { NodeSelector, Requirement, Term } from './term';

/** A requirement in label-selector syntax; parseSelector reads it back to the same requirement. */
export function printRequirement({ key, operator, values }: Requirement): string {
  switch (operator) {
    case 'In':
      return values.length === 1 ? `${key}=${values.join()}` : `${key} in (${values.join(',')})`;
    case 'NotIn':
      return values.length === 1 ? `${key}!=${values.join()}` : `${key} notin (${values.join(',')})`;
    case 'Exists':
      return key;
    case 'DoesNotExist':
      return `!${key}`;
    case 'Gt':
      return `${key}>${values.join()}`;
    case 'Lt':
      return `${key}<${values.join()}`;
  }
}

/** A term in label-selector syntax; matchFields, for which it has no syntax, stand in brackets. */
export function printTerm({ matchExpressions, matchFields }: Term): string {
  return [
    ...matchExpressions.map(printRequirement),
    ...matchFields.map((one) => `[${printRequirement(one)}]`),
  ].join(',');
}

export interface ManifestRequirement {
  readonly key: string;
  readonly operator: string;
  readonly values?: readonly string[];
}
export interface ManifestTerm {
  readonly matchExpressions?: readonly ManifestRequirement[];
  readonly matchFields?: readonly ManifestRequirement[];
}

const manifestRequirement = ({ key, operator, values }: Requirement): ManifestRequirement =>
  values.length > 0 ? { key, operator, values } : { key, operator };

/** The `nodeSelectorTerms` of a manifest; empty lists are left out. */
export function manifestTerms(selector: NodeSelector): ManifestTerm[] {
  return selector.map(({ matchExpressions, matchFields }) => ({
    ...(matchExpressions.length > 0 && { matchExpressions: matchExpressions.map(manifestRequirement) }),
    ...(matchFields.length > 0 && { matchFields: matchFields.map(manifestRequirement) }),
  }));
}
