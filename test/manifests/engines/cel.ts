// Evaluates a health check as Flux does (fluxcd/pkg, runtime/cel, status_evaluator.go), but without Flux's own comparison of
// observedGeneration, which comes first there: the expressions must hold by themselves.
import { celError, isCelError, run, type CelError, type CelInput } from '@bufbuild/cel';
import type { FluxHealthCheck } from '../../../lib/manifests/engines/health';
import { celValue } from '../../cel-value';

/** kstatus. An expression that is an error makes the status Unknown. */
export type FluxStatus = 'InProgress' | 'Failed' | 'Current' | 'Unknown';

/**
 * Every top-level field of the object is a variable. Reading one that is not there is an error, under `has` as well, in
 * Flux's engine (cel-go: "no such attribute(s)"). This engine would call its fields absent, but hands an error on.
 */
function variablesOf(object: object): Record<string, CelInput> {
  const fields = Object.entries(object).map(([name, field]) => [name, celValue(field)] as const);
  const variables: Record<string, CelInput | CelError> = {
    status: celError('no such attribute(s): status'),
    ...Object.fromEntries(fields),
  };
  return variables as Record<string, CelInput>;
}

export function fluxStatus(check: FluxHealthCheck, object: object): FluxStatus {
  const variables = variablesOf(object);
  const inOrder: readonly (readonly [string, FluxStatus])[] = [
    [check.inProgress, 'InProgress'],
    [check.failed, 'Failed'],
    [check.current, 'Current'],
  ];
  for (const [expression, status] of inOrder) {
    const answer = run(expression, variables);
    if (isCelError(answer) || typeof answer !== 'boolean') return 'Unknown';
    if (answer) return status;
  }
  return 'InProgress';
}
