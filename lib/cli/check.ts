// cdk8s-liqo check: judges, writes nothing.
import { resolve } from 'node:path';
import { FORMATS, type FormatName } from '../report/formats';
import { guarded, sayReport, type ExitStatus } from './console';
import { examine } from './examine';

export interface CheckOptions {
  /** Absolute path of the project. */
  readonly root: string;
  /** Manifests to judge as they lie there, from the project; undefined: what config/ gives. */
  readonly dir?: string;
  readonly against?: string;
  readonly all?: boolean;
  readonly format: FormatName;
  readonly output?: string;
}

/** Reports to standard output, or to a file. */
export function check({ root, dir, format, output, ...options }: CheckOptions): ExitStatus {
  return guarded((progress) => {
    const report = examine({ root, ...options, progress: progress.say }, dir);
    progress.clear();
    return sayReport(report, FORMATS[format], process.stdout, output && resolve(root, output));
  });
}
