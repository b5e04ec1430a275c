// Evaluates a health check as Flux does (fluxcd/pkg, runtime/cel, status_evaluator.go), but without Flux's own comparison of
// observedGeneration, which comes first there: the expressions must hold by themselves.
import { celError, isCelError, run, type CelError, type CelInput } from '@bufbuild/cel';
import type { FluxHealthCheck } from '../../../lib/manifests/engines/health';

/** kstatus. An expression that is an error makes the status Unknown. */
export type FluxStatus = 'InProgress' | 'Failed' | 'Current' | 'Unknown';

/** Integers are CEL's ints, as in what Flux reads from the API server. */
function celValue(value: unknown): CelInput {
  if (typeof value === 'number') return BigInt(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (Array.isArray(value)) return value.map(celValue);
  if (typeof value !== 'object' || value === null) return null;
  return new Map(Object.entries(value).map(([key, field]) => [key, celValue(field)]));
}

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
