// cdk8s-liqo print: what config/ compiles to, on standard output. Nothing is judged, and dist stays as it is.
import { resolve } from 'node:path';
import { workTree } from '../case/checkout';
import type { Configs } from '../case/configs-request';
import { readConfigs } from '../case/read-configs';
import { withManifests, type Compiled } from '../compile/compiled';
import { InputError } from '../input/error';
import { suggestion } from '../input/schema';
import { Repository } from '../manifests/git';
import { KnownTexts } from '../manifests/known';
import type { PrintFormatName } from '../report/format-names';
import { plainJson } from '../report/terminal';
import { guarded, say, type ExitStatus, type Io } from './console';

export interface PrintOptions {
  /** Absolute path of the project. */
  readonly root: string;
  /** Only what the configs of these give; empty for all there is. */
  readonly namespaces: readonly string[];
  readonly format: PrintFormatName;
  /** A file from the project, instead of standard output. */
  readonly output?: string;
}

/** @throws InputError for a namespace that no config declares */
function refuseUnknown({ namespaces }: Configs, wanted: readonly string[]): void {
  const names = namespaces.map((one) => one.config.name);
  const problems = wanted
    .filter((name) => !names.includes(name))
    .map((name) => {
      const meant = suggestion(name, names);
      return {
        message: `no config declares the namespace '${name}'`,
        remedy: meant === undefined ? 'cdk8s-liqo print prints all of them' : `did you mean '${meant}'?`,
      };
    });
  if (problems.length > 0) throw new InputError(problems);
}

/** As the files of dist have it, one after the other; of single namespaces without what is the whole cluster's. */
function compiled(
  root: string,
  wanted: readonly string[],
  isApart?: boolean,
): Pick<Compiled, 'files' | 'manifests'> {
  const { top, prefix } = workTree(root, Repository.around(root));
  const only = wanted.length === 0 ? undefined : wanted;
  const request = { root, home: root, boundary: top, prefix, what: 'everything', only } as const;
  const configs = readConfigs(request, isApart);
  refuseUnknown(configs, wanted);
  const { files, manifests } = withManifests(configs.compiled, { prefix, known: new KnownTexts() });
  const isShared = (path: string) => only !== undefined && path.startsWith('dist/cluster/');
  return {
    files: new Map([...files].filter(([path]) => !isShared(path))),
    manifests: manifests.filter(({ source }) => !isShared(source.file.slice(prefix.length))),
  };
}

const FORMATS = {
  yaml: ({ files }) => [...files.values()].join(''),
  json: ({ manifests }) =>
    `${plainJson({ apiVersion: 'v1', kind: 'List', items: manifests.map(({ body }) => body) })}\n`,
} as const satisfies Record<PrintFormatName, (one: Pick<Compiled, 'files' | 'manifests'>) => string>;

/** @returns 0 printed; 2 could not */
export function print({ root, namespaces, format, output }: PrintOptions, io: Io): ExitStatus {
  return guarded(io, (progress) => {
    progress.say('compiling');
    const text = FORMATS[format](compiled(root, namespaces, io.isApart));
    progress.clear();
    say(() => text, io.stdout, output && resolve(root, output));
    return 0;
  });
}
