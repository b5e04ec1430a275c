// A command line: what was said.
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { CommanderError, type Command } from 'commander';
import type {
  DriftFormatName,
  ExplainFormatName,
  FormatName,
  PlanFormatName,
  PrintFormatName,
  RulesFormatName,
  StatusFormatName,
} from '../report/format-names';
import type * as Completion from './completion';
import { makeProgram, type CiService, type CommandName, type GlobalValues, type HelpPage } from './program';
import type { ReportFile } from './reports';
import { unknownCommand, usage } from './usage';

/** How a command speaks, whatever it says. */
export interface Manner {
  readonly quiet: boolean;
  /** undefined: as the terminal and the environment have it. */
  readonly color: boolean | undefined;
}

interface Common extends Manner {
  /** Absolute path. */
  readonly root: string;
  /** Whether the project may be a folder above: nobody named one. */
  readonly mayBeAbove: boolean;
}

/** Makes a path from the working directory absolute. */
type FromHere = (path: string) => string;

interface Judging<Name extends FormatName> {
  readonly dir: string | undefined;
  readonly against: string | undefined;
  /** Whether the checkout is judged as it is, and not merged. */
  readonly noMerge: boolean;
  readonly all: boolean;
  readonly format: Name;
  readonly output: string | undefined;
  readonly reports: readonly ReportFile<Name>[] | undefined;
}

/** Each command has what belongs to it. */
export type Arguments = Common &
  (
    | ({ readonly command: 'synth' | 'check' } & Judging<FormatName>)
    | ({ readonly command: 'plan' } & Judging<PlanFormatName>)
    | {
        readonly command: 'explain';
        readonly target: string;
        /** The file that holds the target. */
        readonly file: string | undefined;
        readonly format: ExplainFormatName;
        readonly output: string | undefined;
      }
    | {
        readonly command: 'print';
        readonly namespaces: readonly string[];
        readonly format: PrintFormatName;
        readonly output: string | undefined;
      }
    | { readonly command: 'rules'; readonly rule: string | undefined; readonly format: RulesFormatName }
    | {
        readonly command: 'import';
        /** A path, or `-`. */
        readonly source: string;
        /** Whether it only compares. */
        readonly check: boolean;
        readonly against: string | undefined;
        readonly format: DriftFormatName;
        readonly output: string | undefined;
      }
    | {
        readonly command: 'status';
        readonly source: string | undefined;
        readonly format: StatusFormatName;
        readonly output: string | undefined;
      }
    | { readonly command: 'init'; readonly ci?: CiService }
  );

/** Help, the version, a completion script: all that there is to say, and nothing to do. */
export interface Said {
  readonly command: 'say';
  readonly text: string;
}

/** What the options of a command that judges hold. */
interface JudgeValues<Name extends FormatName> {
  readonly against?: string;
  readonly merge: boolean;
  readonly all?: true;
  readonly format?: Name;
  readonly output?: string;
  readonly report?: readonly ReportFile<Name>[];
}

const isFolder = (path: string) => existsSync(path) && statSync(path).isDirectory();

function commonOf(program: Command, command: Command, fromHere: FromHere): Common {
  const { folder, quiet = false, color } = program.opts<GlobalValues>();
  const root = fromHere(folder ?? '.');
  const isInit = command.name() === 'init';
  if (!isFolder(root) && !(isInit && !existsSync(root)))
    // init makes it
    throw usage(`'${root}' is no folder`, 'name one that exists with -C');
  return { root, mayBeAbove: folder === undefined && !isInit, quiet, color };
}

function judging<Name extends FormatName>(command: Command, { root }: Common, text: Name): Judging<Name> {
  const { against, merge, all = false, format = text, output, report } = command.opts<JudgeValues<Name>>();
  const [dir] = command.args;
  if (dir !== undefined && !isFolder(resolve(root, dir)))
    throw usage(
      `'${dir}' is no folder`,
      `${command.name()} takes a folder of manifests, or config/ without one`,
    );
  return { dir, against, noMerge: !merge, all, format, output, reports: report };
}

/** @throws InputError for what only --check knows */
function readImport(command: Command, common: Common): Arguments {
  const values = command.opts<{
    check?: true;
    against?: string;
    format?: DriftFormatName;
    output?: string;
  }>();
  const { check = false, against, format = 'text', output } = values;
  const stray = (['against', 'format', 'output'] as const).find((name) => values[name] !== undefined);
  if (!check && stray !== undefined)
    throw usage(
      `--${stray} is for import --check`,
      'import itself writes into config/, and says so on standard output',
    );
  return { command: 'import', ...common, source: command.args[0] ?? '', check, against, format, output };
}

/** @throws InputError for an unknown command; CommanderError once the help is shown */
function help({ args: [word], parent }: Command): never {
  const command = parent?.commands.find((one) => one.name() === word);
  if (parent === null) throw new Error('help is a command of no program');
  if (word !== undefined && command === undefined) throw unknownCommand(word, parent);
  return (command ?? parent).help();
}

/** What each command makes of its options. */
const READERS: Readonly<Record<CommandName, (command: Command, common: Common) => Arguments | Said>> = {
  synth: (command, common) => ({ command: 'synth', ...common, ...judging(command, common, 'text') }),
  check: (command, common) => ({ command: 'check', ...common, ...judging(command, common, 'text') }),
  plan: (command, common) => ({
    command: 'plan',
    ...common,
    ...judging<PlanFormatName>(command, common, 'text'),
  }),
  explain: (command, common) => {
    const values = command.opts<{ file?: string; format?: ExplainFormatName; output?: string }>();
    const { file, format = 'text', output } = values;
    return { command: 'explain', ...common, target: command.args[0] ?? '', file, format, output };
  },
  print: (command, common) => {
    const { format = 'yaml', output } = command.opts<{ format?: PrintFormatName; output?: string }>();
    return { command: 'print', ...common, namespaces: command.args, format, output };
  },
  rules: (command, common) => {
    const { format = 'text' } = command.opts<{ format?: RulesFormatName }>();
    return { command: 'rules', ...common, rule: command.args[0], format };
  },
  status: (command, common) => {
    const { format = 'text', output } = command.opts<{ format?: StatusFormatName; output?: string }>();
    return { command: 'status', ...common, source: command.args[0], format, output };
  },
  init: (command, common) => ({ command: 'init', ...common, ...command.opts<{ ci?: CiService }>() }),
  import: readImport,
  completion: (command) => {
    // It knows all rules.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { completionScript } = require('./completion') as typeof Completion;
    return { command: 'say', text: completionScript(command) };
  },
  help,
};

/**
 * @param fromHere makes a path from the working directory absolute
 * @param page how help looks
 * @throws InputError for wrong usage
 */
export function readArguments(
  args: readonly string[],
  fromHere: FromHere,
  page: Omit<HelpPage, 'say'>,
): Arguments | Said {
  const texts: string[] = [];
  const asked: (Arguments | Said)[] = [];
  const program = makeProgram({ ...page, say: (text) => texts.push(text) }, (name, command) => {
    asked.push(READERS[name](command, commonOf(program, command, fromHere)));
  });
  try {
    program.parse(args, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown; // by now an error is an InputError, and this is help
  }
  return asked[0] ?? { command: 'say', text: texts.join('') };
}
