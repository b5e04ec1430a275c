// The command line: what may be said, and what was said.
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { InputError, messageOf } from '../input/error';
import { suggestion } from '../input/schema';
import {
  DRIFT_FORMATS,
  EXPLAIN_FORMATS,
  FORMATS,
  isFormat,
  PLAN_FORMATS,
  STATUS_FORMATS,
  type DriftFormatName,
  type ExplainFormatName,
  type FormatName,
  type PlanFormatName,
  type StatusFormatName,
} from '../report/formats';
import type { ReportFile } from './reports';

export const COMMANDS = ['synth', 'check', 'plan', 'explain', 'import', 'status', 'init'] as const;
type CommandName = (typeof COMMANDS)[number];

export const USAGE = `cdk8s-liqo: configs in, reviewed YAML out, for Liqo namespace offloading

  cdk8s-liqo synth           compile config/, judge it, publish dist/
  cdk8s-liqo check [dir]     judge config/, or the manifests in dir
  cdk8s-liqo plan [dir]      what a merge would do, per namespace and cluster
  cdk8s-liqo explain <namespace>[/<kind>/<name>]
                             where pods can land, and why not elsewhere
  cdk8s-liqo import <from>   write configs and config/inventory.yaml from what a
                             file, a folder or - (standard input) holds of
                             kubectl get -A -o yaml for namespaces,
                             namespaceoffloadings,virtualnodes,nodes
  cdk8s-liqo status [file]   what dist wants beside what the cluster shows, from
                             a file or - (standard input, the default) that
                             holds the output of kubectl get
                             namespaces,namespaceoffloadings -A -o yaml
  cdk8s-liqo init            set up a new repository

  --against <baseline>       what is deployed: a git ref, git:<ref>:<folder>, a
                             path that begins with ./, ../ or /, - (standard
                             input) or none; a file and standard input may
                             hold live objects, as kubectl prints them
                             (default: CDK8S_LIQO_AGAINST, then baseline in
                             config/cluster.ts, then the main branch of origin)
  --no-merge                 judge the checkout as it is, not as its merge into
                             the baseline: for pushes, where a branch may have
                             been set back
  --all                      findings that were there before are errors again
  --check                    import: write nothing, say where the inventory is
                             stale and which namespaces lose clusters by it
  --file <manifests>         explain: the workloads of a file, as if they stood
                             in that namespace
  --format <format>          synth, check: text (the default), json, markdown,
                             github, sarif or junit; plan, explain: text, json
                             or markdown; status, import --check: text or json
  --output <file>            the report goes there instead of standard output
  --report <format>=<file>   synth, check, plan: one more report of the same
                             run, such as markdown=report.md; repeatable
  -C <folder>                work in that folder
  --help, --version

Exit status: 0 passed, 1 findings at severity error (import --check: stale,
status: not as wanted), 2 could not judge
`;

interface Common {
  /** Absolute path. */
  readonly root: string;
  readonly dir: string | undefined;
  /** What import or status reads: a path, or `-`. */
  readonly source?: string;
  /** What explain explains, as it was written, and the file that holds it. */
  readonly target?: string;
  readonly file?: string;
  /** Whether import only compares. */
  readonly check?: boolean;
  readonly against: string | undefined;
  /** Whether the checkout is judged as it is, and not merged. */
  readonly noMerge: boolean;
  readonly all: boolean;
  readonly output: string | undefined;
}

/** Each command has formats of its own; init reports nothing. */
export type Arguments = Common &
  (
    | {
        readonly command: 'synth' | 'check';
        readonly format: FormatName;
        readonly reports?: readonly ReportFile[];
      }
    | {
        readonly command: 'plan';
        readonly format: PlanFormatName;
        readonly reports?: readonly ReportFile<PlanFormatName>[];
      }
    | { readonly command: 'explain'; readonly format: ExplainFormatName }
    | { readonly command: 'import'; readonly format: DriftFormatName }
    | { readonly command: 'status'; readonly format: StatusFormatName }
    | { readonly command: 'init' }
  );

const SEE_HELP = 'cdk8s-liqo --help lists what there is';

const OPTIONS = {
  against: { type: 'string' },
  'no-merge': { type: 'boolean' },
  all: { type: 'boolean' },
  check: { type: 'boolean' },
  file: { type: 'string' },
  format: { type: 'string' },
  output: { type: 'string' },
  report: { type: 'string', multiple: true },
  folder: { type: 'string', short: 'C' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

function usage(message: string, remedy = SEE_HELP): InputError {
  return new InputError({ message, remedy });
}

function parse(args: readonly string[]) {
  try {
    // A baseline of `-` is standard input; parseArgs takes a lone dash for a positional, so it is joined to its option.
    const joined = args.flatMap((arg, i) => (arg === '-' && args[i - 1] === '--against' ? [] : [arg]));
    const dashed = joined.map((arg, i) => (arg === '--against' && args[i + 1] === '-' ? '--against=-' : arg));
    return parseArgs({ args: dashed, options: OPTIONS, allowPositionals: true, strict: true });
  } catch (thrown) {
    const option = /'(--?[^ ']+)/.exec(messageOf(thrown))?.[1] ?? '';
    const meant = suggestion(option.replace(/^-+/, ''), Object.keys(OPTIONS));
    const message = messageOf(thrown).split('. ')[0] ?? '';
    throw usage(
      message,
      meant === undefined || `--${meant}` === option ? SEE_HELP : `did you mean --${meant}?`,
    );
  }
}

function isCommand(word: string): word is CommandName {
  return COMMANDS.some((one) => one === word);
}

function commandOf(word: string | undefined): CommandName {
  if (word === undefined) throw usage('no command was given');
  if (isCommand(word)) return word;
  const meant = suggestion(word, COMMANDS);
  throw usage(`there is no command '${word}'`, meant === undefined ? SEE_HELP : `did you mean '${meant}'?`);
}

function formatOf<T extends object>(formats: T, name = 'text'): keyof T & FormatName {
  if (isFormat(formats, name)) return name;
  throw usage(`there is no format '${name}'`, `there are ${Object.keys(formats).join(', ')}`);
}

/** `<format>=<file>`, in the order given. */
function reportsOf<T extends object>(
  formats: T,
  written: readonly string[] | undefined,
): ReportFile<keyof T & FormatName>[] | undefined {
  return written?.map((one) => {
    const at = one.indexOf('=');
    const [name, file] = [one.slice(0, at), one.slice(at + 1)];
    if (at < 1 || file === '')
      throw usage(`'${one}' is no report`, 'write --report <format>=<file>, such as markdown=report.md');
    return { format: formatOf(formats, name), file };
  });
}

/** @throws InputError where --check is said of another command, or what belongs to it without it */
function checkImport(command: CommandName, { check, ...values }: ReturnType<typeof parse>['values']): void {
  if (check === true && command !== 'import')
    throw usage(`--check belongs to import, not to ${command}`, 'cdk8s-liqo check is a command of its own');
  if (command !== 'import' || check === true) return;
  const stray = (['against', 'format', 'output'] as const).find((name) => values[name] !== undefined);
  if (stray !== undefined)
    throw usage(
      `--${stray} is for import --check`,
      'import itself writes into config/, and says so on standard output',
    );
}

/** @throws InputError where --file is said of another command, or explain of what it does not ask */
function checkExplain(
  command: CommandName,
  target: string | undefined,
  { file, against, all }: ReturnType<typeof parse>['values'],
): void {
  if (command !== 'explain') {
    if (file !== undefined) throw usage(`--file belongs to explain, not to ${command}`);
    return;
  }
  if (target === undefined)
    throw usage('explain was not told what', 'cdk8s-liqo explain <namespace>, or <namespace>/<kind>/<name>');
  const stray = against !== undefined ? 'against' : all === true ? 'all' : undefined;
  if (stray !== undefined)
    throw usage(`--${stray} means nothing to explain`, 'it looks at the new side only, and judges nothing');
}

/** @throws InputError where status is asked to judge */
function checkStatus(command: CommandName, { against, all }: ReturnType<typeof parse>['values']): void {
  const stray = against !== undefined ? 'against' : all === true ? 'all' : undefined;
  if (command === 'status' && stray !== undefined)
    throw usage(
      `--${stray} means nothing to status`,
      'cdk8s-liqo check --against - judges a change against a cluster',
    );
}

/**
 * @param fromHere makes a path from the working directory absolute
 * @throws InputError for wrong usage
 */
export function readArguments(
  args: readonly string[],
  fromHere: (path: string) => string,
): Arguments | 'help' | 'version' {
  const { values, positionals } = parse(args);
  if (values.help === true) return 'help';
  if (values.version === true) return 'version';
  const [word, operand, ...others] = positionals;
  const command = commandOf(word);
  const stray = ['check', 'plan', 'explain', 'import', 'status'].includes(command) ? others[0] : operand;
  if (stray !== undefined) throw usage(`'${stray}' is one word too many for ${command}`);
  const root = fromHere(values.folder ?? '.');
  const isNew = command === 'init' && !existsSync(root); // init makes it
  if (!isNew && !(existsSync(root) && statSync(root).isDirectory())) throw usage(`'${root}' is no folder`);
  const dir = command === 'check' || command === 'plan' ? operand : undefined;
  const source = command === 'import' || command === 'status' ? operand : undefined;
  const target = command === 'explain' ? operand : undefined;
  if (dir !== undefined && !(existsSync(resolve(root, dir)) && statSync(resolve(root, dir)).isDirectory())) {
    throw usage(`'${dir}' is no folder`, `check and plan take a folder of manifests, or config/ without one`);
  }
  checkImport(command, values);
  checkExplain(command, target, values);
  checkStatus(command, values);
  const { against, 'no-merge': noMerge = false, all = false, check, output, file } = values;
  if (noMerge && !['synth', 'check', 'plan'].includes(command))
    throw usage(`--no-merge belongs to synth, check and plan, not to ${command}`);
  const common = { root, dir, source, target, file, check, against, noMerge, all, output };
  if (values.report !== undefined && !['synth', 'check', 'plan'].includes(command))
    throw usage(`--report belongs to synth, check and plan, not to ${command}`);
  switch (command) {
    case 'synth':
    case 'check': {
      const [format, reports] = [formatOf(FORMATS, values.format), reportsOf(FORMATS, values.report)];
      return { ...common, command, format, reports };
    }
    case 'plan': {
      const [format, reports] = [
        formatOf(PLAN_FORMATS, values.format),
        reportsOf(PLAN_FORMATS, values.report),
      ];
      return { ...common, command, format, reports };
    }
    case 'explain':
      return { ...common, command, format: formatOf(EXPLAIN_FORMATS, values.format) };
    case 'import':
      return { ...common, command, format: formatOf(DRIFT_FORMATS, values.format) };
    case 'status':
      return { ...common, command, format: formatOf(STATUS_FORMATS, values.format) };
    case 'init':
      return { ...common, command };
  }
}
