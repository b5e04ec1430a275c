// cdk8s-liqo plan: what a merge would do. Writes nothing.
import { resolve } from 'node:path';
import { PLAN_FORMATS, type PlanFormatName } from '../report/formats';
import type { CheckOptions } from './check';
import { guarded, sayReport, type ExitStatus } from './console';
import { examine } from './examine';

/** As for check. */
export type PlanOptions = Omit<CheckOptions, 'format'> & { readonly format: PlanFormatName };

/** Prints to standard output, or to a file. */
export function plan({ root, dir, format, output, ...options }: PlanOptions): ExitStatus {
  return guarded((progress) => {
    const report = examine({ root, ...options, progress: progress.say }, dir);
    progress.clear();
    return sayReport(report, PLAN_FORMATS[format], process.stdout, output && resolve(root, output));
  });
}
