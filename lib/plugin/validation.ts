// The validation plugin of cdk8s: `check <output>` for an app of somebody else's, started by `cdk8s synth` once it is done.
import { relative, resolve } from 'node:path';
import { examineFolder } from '../case/examine';
import { configuredOutput } from '../case/staging';
import type { ClusterFacts } from '../config/types';
import { InputError } from '../input/error';
import { isWithin, realPath } from '../manifests/folder';
import { besideViolations, problemViolations, violationsOf, type Violation } from '../report/cdk8s';
import { readProperties } from './properties';

/** What a validation plugin is given by cdk8s-cli: the part of its ValidationContext that is used here. */
export interface LiqoValidationContext {
  /** The manifests that cdk8s found in the output folder, from the working directory or absolute. */
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure'): void;
  };
  readonly logger: { log(message: string): void };
}

const SETTINGS = 'cdk8s.yaml';

/**
 * The output folder. cdk8s has emptied and written it by now, so what was deployed is only known of the folder that is
 * named in cdk8s.yaml, from git.
 * @throws InputError where manifests were written somewhere else
 */
function outputOf(root: string, manifests: readonly string[]): string {
  const output = configuredOutput(root);
  const folder = realPath(resolve(root, output));
  const stray = manifests.find((path) => !isWithin(realPath(resolve(root, path)), folder));
  if (stray === undefined) return folder;
  throw new InputError({
    message: `cdk8s wrote ${relative(root, resolve(root, stray))}, which is not in '${output}': only that folder has a known deployed state`,
    file: SETTINGS,
    remedy: `set 'output' in ${SETTINGS} to the folder that is deployed, or use --no-validate for a preview`,
  });
}

/**
 * Judges what a cdk8s app has written against what is deployed, as `cdk8s-liqo check` does: cdk8s.yaml names it under
 * `validations`. Approvals, inventory, policies and config/cluster.ts of the project are honoured. An error makes
 * `cdk8s synth` exit with 2; the output is written by then.
 */
export class LiqoValidation {
  /** @param properties those of cdk8s.yaml: what is known of the cluster, where there is no config/cluster.ts */
  constructor(private readonly properties: ClusterFacts = {}) {}

  /** Adds a violation for each error, also where nothing can be judged for certain, and submits the report. */
  validate({ manifests, report, logger }: LiqoValidationContext): Promise<void> {
    const { violations, said } = this.judge(process.cwd(), manifests);
    if (said !== '') logger.log(said);
    for (const violation of violations) report.addViolation(violation);
    report.submit(violations.length > 0 ? 'failure' : 'success');
    return Promise.resolve();
  }

  private judge(root: string, manifests: readonly string[]): { violations: Violation[]; said: string } {
    try {
      const cluster = readProperties(SETTINGS, this.properties);
      const judged = examineFolder({
        root,
        dir: outputOf(root, manifests),
        settings: { cluster, file: SETTINGS },
        progress: () => undefined,
      });
      return { violations: violationsOf(judged), said: besideViolations(judged) };
    } catch (thrown) {
      if (!(thrown instanceof InputError)) throw thrown;
      return { violations: problemViolations(thrown.problems), said: '' };
    }
  }
}
