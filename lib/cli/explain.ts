// cdk8s-liqo explain: where pods can land, and why. Needs no baseline, and writes nothing.
import { describeGuard } from '../compile/guard/guard';
import { declaredPods } from '../config/pod-templates';
import { coded, InputError } from '../input/error';
import { explain } from '../explain/explain';
import type { Known } from '../explain/known';
import { parseTarget } from '../explain/target';
import { webhookClassOf } from '../liqo/runtime-class';
import { withDeclaredPods } from '../manifests/pod-template';
import { EXPLAIN_FORMATS, GUARD_FORMATS, type ExplainFormatName } from '../report/formats';
import type { ExitStatus, Io } from './console';
import { newState, type StateRequest } from '../case/project';
import { assertedLabels, readInventory } from '../case/facts';
import { readGiven } from './given-file';
import { withReport } from './reports';

export interface ExplainOptions {
  /** Absolute path of the project. */
  readonly root: string;
  /** `namespace` or `namespace/kind/name`. */
  readonly target: string;
  /** Manifests to explain as if they stood in that namespace, from the project. */
  readonly file?: string;
  readonly format: ExplainFormatName;
  readonly output?: string;
}

/** What explains the guard, unless it is a namespace. */
const GUARD = 'guard';

function noGuard(): never {
  throw new InputError({
    message: 'config/cluster.ts asks for no guard',
    remedy: 'add guard: {} to it; docs/guard.md says what that does',
  });
}

const FILE_TAKES = '--file takes a file of manifests';

function gather(request: StateRequest) {
  const { root } = request;
  const { state, config, prefix } = newState(request);
  const known: Known = {
    state,
    consumer: config?.cluster.id,
    inventory: readInventory(root, prefix),
    asserted: assertedLabels(config?.namespaces ?? []),
    configured: new Set((config?.namespaces ?? []).map((one) => one.config.name)),
    liqoRuntimeClass: webhookClassOf(config?.cluster.runtimeClass),
  };
  return {
    known,
    pods: declaredPods(config?.cluster.podTemplates),
    guard: config && describeGuard(config),
  };
}

/** Prints to standard output, or to a file. @returns 0 explained, whatever the answer; 2 could not */
export function explainTarget({ root, target, file, format, output }: ExplainOptions, io: Io): ExitStatus {
  return withReport({ root, format, output }, io, (progress, report) => {
    const meant = coded('usage', () => parseTarget(target));
    const read = file === undefined ? undefined : readGiven(root, file, FILE_TAKES);
    const { known, pods, guard } = gather({ root, progress: progress.say, isApart: io.isApart });
    if (target === GUARD && file === undefined && !known.configured.has(GUARD)) {
      const described = guard ?? coded('target-unknown', noGuard);
      report((look) => GUARD_FORMATS[format](described, look));
      return 0;
    }
    const given =
      file === undefined || read === undefined
        ? undefined
        : { file, manifests: withDeclaredPods(read, pods) };
    const explanation = coded('target-unknown', () => explain(meant, known, given));
    report((look) => EXPLAIN_FORMATS[format](explanation, look));
    return 0;
  });
}
