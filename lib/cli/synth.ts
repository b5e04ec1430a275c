// cdk8s-liqo synth, and the app that `cdk8s synth` starts: compile, judge, publish, in that order and only so.
import { GITOPS, publish, type DistChanges } from '../manifests/dist';
import { FORMATS } from '../report/formats';
import { policiesText } from '../report/guard';
import { guarded, OF_PROCESS, say, type ExitStatus, type Io } from './console';
import { examinePublication } from '../case/examine';
import { published } from '../case/project';
import { Reports, type Wanted } from './reports';
import { isStartedByCdk8s, stagingOf, writeStaging } from '../case/staging';

export interface SynthOptions extends Partial<Wanted> {
  /** The project's folder; by default the working directory. */
  readonly root?: string;
  readonly against?: string;
  /** Whether the checkout is judged as it is, and not merged into what it is judged against. */
  readonly noMerge?: boolean;
  readonly all?: boolean;
}

function changesLine({ added, changed, removed, unchanged }: DistChanges, what: string): string {
  return `${what}: ${added.length} added, ${changed.length} changed, ${removed.length} removed, ${unchanged} unchanged\n`;
}

/** dist, and the folders beside it that have files of ours. */
function foldersOf(beside: readonly string[]): string {
  const all = [...new Set(['dist', ...beside.map((path) => path.split('/')[0] ?? '')])];
  return new Intl.ListFormat('en').format(all);
}

/** What the engines need once, where all of their objects are new; empty otherwise. */
function nextSteps({ added }: DistChanges, beside: readonly string[]): string {
  const units = beside.filter((path) => path.startsWith(`${GITOPS}/`));
  if (units.length === 0 || !units.every((path) => added.includes(path))) return '';
  const has = (engine: string) => units.some((path) => path.startsWith(`${GITOPS}/${engine}/`));
  return `\n${[
    'Once, so that your engine applies this (docs/gitops.md):',
    '    git add config dist gitops && git commit && git push',
    ...(has('argocd')
      ? [
          '    kubectl patch configmap argocd-cm -n argocd --patch-file gitops/argocd-health/argocd-cm.yaml',
          '  and give Argo CD one Application for the folder gitops/argocd.',
        ]
      : []),
    ...(has('flux') ? ['  and give Flux one Kustomization for the folder gitops/flux.'] : []),
  ].join('\n')}\n`;
}

/**
 * Compiles config/, judges the result against the baseline and publishes it to dist/, or leaves dist as it was.
 * Started by cdk8s, all it says goes to stderr, since cdk8s keeps an app's stdout to itself.
 * @returns 0 published, 1 rejected, 2 could not
 */
export const synth = (options: SynthOptions = {}): ExitStatus => publishProject(options, OF_PROCESS);

/** The same for whoever started it. */
export function publishProject(options: SynthOptions, io: Io): ExitStatus {
  const { root: folder = '.', against, noMerge, all, format = 'text', ...wanted } = options;
  const root = io.resolve(folder);
  const reports = new Reports(root, { format, ...wanted }, FORMATS, [against]);
  const stream = isStartedByCdk8s() ? io.stderr : io.stdout;
  return guarded(
    io,
    (progress) => {
      reports.prepare();
      const staging = stagingOf(root);
      const request = { root, against, noMerge, all, isApart: io.isApart, progress: progress.say };
      const { report, compiled, disk, changes } = examinePublication(request);
      progress.clear();
      const status = reports.write(report, stream);
      if (status !== 0) {
        io.stderr.write('dist was left as it was\n');
        return status;
      }
      if (staging.publishes) {
        const beside = [...compiled.beside.keys()];
        const line = changesLine(changes, foldersOf(beside)) + nextSteps(changes, beside);
        publish(disk, published(compiled), changes);
        if (stream.quiet !== true) (format === 'text' ? stream : io.stderr).write(line);
        if (format === 'text' && compiled.guard !== undefined)
          say(({ width }) => policiesText(compiled.guard?.policies ?? [], width), stream);
      } else if (stream.quiet !== true)
        io.stderr.write(`a preview in ${staging.folder ?? ''}; dist was left as it was
`);
      if (staging.folder !== undefined) writeStaging(staging.folder, compiled.files);
      return 0;
    },
    (problems) => {
      reports.fail(problems, stream);
    },
  );
}
