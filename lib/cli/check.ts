// cdk8s-liqo check: judges, writes nothing but reports.
import { FORMATS, type FormatName } from '../report/formats';
import type { Format } from '../report/report';
import { guarded, type ExitStatus, type Io } from './console';
import { examine } from '../case/examine';
import { Reports, type Wanted } from './reports';

export interface CheckOptions<Name extends FormatName = FormatName> extends Wanted<Name> {
  /** Absolute path of the project. */
  readonly root: string;
  /** Manifests to judge as they lie there, from the project; undefined: what config/ gives. */
  readonly dir?: string;
  readonly against?: string;
  readonly noMerge?: boolean;
  readonly all?: boolean;
}

/** Judges, and reports in one of the formats. */
export function reportOn<Name extends FormatName>(
  { root, dir, against, noMerge, all, ...wanted }: CheckOptions<Name>,
  formats: Readonly<Record<Name, Format>>,
  io: Io,
  isPlan = false,
): ExitStatus {
  const reports = new Reports(root, wanted, formats, [dir, against]);
  return guarded(
    io,
    (progress) => {
      reports.prepare();
      const report = examine(
        { root, against, noMerge, all, isPlan, isApart: io.isApart, progress: progress.say },
        dir,
      );
      progress.clear();
      return reports.write(report, io.stdout);
    },
    (problems) => {
      reports.fail(problems, io.stdout);
    },
  );
}

export const check = (options: CheckOptions, io: Io): ExitStatus => reportOn(options, FORMATS, io);
