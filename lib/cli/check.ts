// cdk8s-liqo check: judges, writes nothing.
import { resolve } from 'node:path';
import type { FormatName } from '../report/formats';
import { guarded, sayReport, type ExitStatus } from './console';
import { examineConfig, examineFolder } from './examine';

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
export function check(options: CheckOptions): ExitStatus {
  return guarded((progress) => {
    const { root, dir, against, all } = options;
    const request = { root, against, all, progress: progress.say };
    const report =
      dir === undefined ? examineConfig(request).report : examineFolder(request, resolve(root, dir));
    progress.clear();
    return sayReport(report, options.format, process.stdout, options.output && resolve(root, options.output));
  });
}
