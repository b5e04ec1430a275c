import { until } from './cluster';

/** One claim of ours about Liqo or Kubernetes, and whether it was seen to hold. */
export interface Check {
  readonly claim: string;
  readonly holds: boolean;
  /** What the cluster said or held, shown where the claim does not hold. */
  readonly seen: string;
}

/** Waits for what a claim says. */
export async function comes(claim: string, look: () => boolean): Promise<Check> {
  try {
    await until(claim, look);
    return { claim, holds: true, seen: '' };
  } catch (error) {
    return { claim, holds: false, seen: String(error) };
  }
}

export function listed(checks: readonly Check[]): string {
  return checks
    .map(({ claim, holds, seen }) => (holds ? `  = ${claim}` : `  X ${claim}\n      ${seen.trim()}`))
    .join('\n');
}
