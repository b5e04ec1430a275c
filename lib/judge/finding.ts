// The judge's output: findings, and the summary that decides the exit status.
import type { Witness } from '../selector/algebra';

/** The kind of harm that a rule reports; refused and destructive can never be lowered. */
export type Category = 'refused' | 'destructive' | 'broken' | 'policy' | 'risky' | 'info';
export type Severity = 'error' | 'warning' | 'info';

export interface Finding {
  readonly rule: string;
  readonly category: Category;
  readonly severity: Severity;
  readonly namespace?: string;
  /** What happens in the cluster: one or two sentences. */
  readonly message: string;
  /** What to do instead. */
  readonly remedy: string;
  /** Relative to the root of the repository. */
  readonly file?: string;
  /** From 1. */
  readonly line?: number;
  /** The object is removed: file and line are those of the baseline. */
  readonly removed?: true;
  /** The config file that the object comes from, relative to the root of the repository. */
  readonly config?: string;
  /** The affected providers, by cluster ID. */
  readonly clusters?: readonly string[];
  /** The labels (and the name) of a virtual node for which the finding holds. */
  readonly witness?: Witness;
  /** The state was the same before the change. */
  readonly existing?: true;
  /** The reason of the approval that matches it. */
  readonly approved?: string;
}

/** How many findings there are; an approved one counts only as approved. */
export interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly approved: number;
}

export interface Verdict {
  readonly findings: readonly Finding[];
  readonly summary: Summary;
}

export function summarize(findings: readonly Finding[]): Summary {
  const open = findings.filter(({ approved }) => approved === undefined);
  const count = (severity: Severity) => open.filter((one) => one.severity === severity).length;
  return {
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    approved: findings.length - open.length,
  };
}
