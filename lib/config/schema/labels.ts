// Labels and annotations that Kubernetes would refuse, or that are not for a config to say.
import type { Violation } from '../../input/schema';
import { SCHEDULING_LABEL } from '../../liqo/constants';
import { labelKeyProblem, labelValueProblem } from '../../selector/labels';
import { fieldsOf, type Fields } from './fields';

/** Of a config of a namespace: what its labels and annotations must not say. */
export const metadataViolations = ({ labels, annotations }: Fields): Violation[] => [
  ...labelViolations(fieldsOf(labels)),
  ...annotationViolations(fieldsOf(annotations)),
];

function labelViolations(labels: Fields): Violation[] {
  return Object.entries(labels).flatMap(([key, value]): Violation[] => {
    const path = `/labels/${key}`;
    if (key === SCHEDULING_LABEL) {
      return [{ path, message: `${SCHEDULING_LABEL} is set from the strategy`, remedy: 'remove it here' }];
    }
    return pairViolations({ [key]: value }, '/labels');
  });
}

/** cdk8s asks a map for its constructor, and takes one with this key for no plain map. */
const unwritable = (key: string): string | undefined =>
  key === 'constructor' ? 'cannot be written by cdk8s' : undefined;

/** Labels whose key or value Kubernetes refuses. */
export function pairViolations(labels: Fields, at: string): Violation[] {
  return Object.entries(labels).flatMap(([key, value]): Violation[] => {
    const path = `${at}/${key}`;
    const inKey = unwritable(key) ?? labelKeyProblem(key);
    const inValue = typeof value === 'string' ? labelValueProblem(value) : undefined;
    return [
      ...(inKey === undefined ? [] : [{ path, message: `the label key '${key}' ${inKey}` }]),
      ...(inValue === undefined ? [] : [{ path, message: `the label value '${String(value)}' ${inValue}` }]),
    ];
  });
}

/** Annotation keys are label keys in lower case (apimachinery, ValidateAnnotations). */
export function annotationViolations(annotations: Fields): Violation[] {
  return Object.keys(annotations).flatMap((key) => {
    const problem = unwritable(key) ?? labelKeyProblem(key.toLowerCase());
    return problem === undefined
      ? []
      : [{ path: `/annotations/${key}`, message: `the annotation key '${key}' ${problem}` }];
  });
}
