// The commands, their arguments and options: what may be said, in the words of the help.
import { Argument, Command, Option, type CommanderError } from 'commander';
import { createColors } from 'picocolors';
import {
  DRIFT_FORMAT_NAMES,
  EXPLAIN_FORMAT_NAMES,
  FORMAT_NAMES,
  PLAN_FORMAT_NAMES,
  PRINT_FORMAT_NAMES,
  RULES_FORMAT_NAMES,
  STATUS_FORMAT_NAMES,
} from '../report/format-names';
import { noCommand, notOneOf, PROGRAM, usage, usageError } from './usage';

/** Those that `init` writes a pipeline for. */
export const CI_SERVICES = ['github', 'gitlab'] as const;
export type CiService = (typeof CI_SERVICES)[number];

/** Those that completion knows. */
const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** The options that every command has. */
export interface GlobalValues {
  readonly folder?: string;
  readonly quiet?: true;
  readonly color?: boolean;
}

/** What a command is, but for what it does. */
interface Words {
  readonly summary: string;
  readonly description: string;
  readonly arguments?: readonly Argument[];
  readonly options?: readonly Option[];
  /** What to type. */
  readonly examples: readonly string[];
}

/** An option with a value: what looks like the next option is none, or that one would be lost without a word. */
function valued(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string) => {
    if (!/^-./.test(value)) return value;
    throw usage(
      `${flags} needs a value`,
      `'${value}' looks like an option; a path that begins with a dash is ./${value}`,
    );
  });
}

/** An option whose value is one of a few. */
function oneOf(flags: string, names: readonly string[], description: string): Option {
  const option = new Option(flags, description).choices(names);
  return option.argParser((value: string) => {
    if (names.includes(value)) return value;
    throw notOneOf(option.attributeName(), value, names);
  });
}

/** An argument that is one of a few words. */
function oneWordOf(argument: Argument, what: string, words: readonly string[]): Argument {
  return argument.choices(words).argParser((word: string) => {
    if (words.includes(word)) return word;
    throw notOneOf(what, word, words);
  });
}

const listed = (names: readonly string[]) =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(names);

const format = (names: readonly string[], note = '') =>
  oneOf('--format <format>', names, `${note}${listed(names)} (default: ${names[0] ?? ''})`);

/** `<format>=<file>`, one or several. */
function reports(names: readonly string[]): Option {
  return new Option(
    '--report <format=file>',
    'write one more report of this run, such as markdown=report.md; may be repeated',
  ).argParser((written: string, before: readonly object[] | undefined) => {
    const at = written.indexOf('=');
    const [name, file] = [written.slice(0, at), written.slice(at + 1)];
    if (at < 1 || file === '')
      throw usage(
        `'${written}' names no report`,
        'write --report <format>=<file>, such as markdown=report.md',
      );
    if (!names.includes(name)) throw notOneOf('format', name, names);
    return [...(before ?? []), { format: name, file }];
  });
}

const against = () =>
  valued(
    '--against <baseline>',
    'what is deployed: a git ref, git:<ref>:<folder>, a path that begins with ./, ../ or /, - (standard input), or none; a file and standard input may hold live objects as kubectl prints them (default: CDK8S_LIQO_AGAINST, then baseline in config/cluster.ts, then the main branch of origin)',
  );
const output = () => valued('--output <file>', 'write the report there instead of standard output');

const judging = (names: readonly string[]) => [
  against(),
  new Option(
    '--no-merge',
    'judge the checkout as it is, not as its merge into the baseline: for pushes, where a branch may have been set back',
  ),
  new Option('--all', 'count findings that were there before the change as errors'),
  format(names),
  output(),
  reports(names),
];

const directory = () => new Argument('[dir]', 'a folder of manifests, judged as it is instead of config/');

const WORDS = {
  plan: {
    summary: 'show what a merge would do, per namespace and cluster',
    description:
      'Shows what a merge would do to the cluster: objects, clusters that namespaces gain and lose, and what is deleted for good. Writes nothing.',
    arguments: [directory()],
    options: judging(PLAN_FORMAT_NAMES),
    examples: ['cdk8s-liqo plan', 'cdk8s-liqo plan --format markdown --output plan.md'],
  },
  check: {
    summary: 'judge config/, or the manifests in dir',
    description:
      'Judges what config/ compiles to, or the manifests in dir, against what is deployed. Writes nothing but reports.',
    arguments: [directory()],
    options: judging(FORMAT_NAMES),
    examples: [
      'cdk8s-liqo check --against origin/main',
      'cdk8s-liqo check deploy/ --against origin/main',
      'cdk8s-liqo check --format github --report sarif=report.sarif',
    ],
  },
  synth: {
    summary: 'compile config/, judge it, write dist/',
    description:
      'Compiles config/, judges the result and writes dist/. If it is rejected, dist/ stays as it was.',
    options: judging(FORMAT_NAMES),
    examples: ['cdk8s-liqo synth', 'cdk8s-liqo synth --against none   # nothing is deployed yet'],
  },
  explain: {
    summary: 'show where pods can land, and why not elsewhere',
    description:
      'Shows where the pods of a namespace or a workload can land, and why not elsewhere. Needs no cluster.',
    arguments: [new Argument('<namespace[/kind/name]>', 'a namespace, or a workload in it')],
    options: [
      valued('--file <file>', 'explain the workloads of this file as if they were in the namespace'),
      format(EXPLAIN_FORMAT_NAMES),
      output(),
    ],
    examples: [
      'cdk8s-liqo explain shop',
      'cdk8s-liqo explain shop/Deployment/web',
      'cdk8s-liqo explain shop --file web.yaml',
    ],
  },
  print: {
    summary: 'print what config/ compiles to',
    description:
      'Prints what config/ compiles to, byte for byte as synth writes it. Judges nothing and writes nothing.',
    arguments: [new Argument('[namespace...]', 'only what belongs to these namespaces')],
    options: [
      format(PRINT_FORMAT_NAMES),
      valued('--output <file>', 'write there instead of standard output'),
    ],
    examples: ['cdk8s-liqo print | kubectl diff -f -', 'cdk8s-liqo print shop'],
  },
  rules: {
    summary: 'list the rules, or tell all about one',
    description: 'Lists the rules. For one rule: what it finds, why, and how to approve or lower it.',
    arguments: [new Argument('[rule]', 'the name of a rule')],
    options: [format(RULES_FORMAT_NAMES)],
    examples: ['cdk8s-liqo rules', 'cdk8s-liqo rules clusters-deselected'],
  },
  status: {
    summary: 'compare dist/ with what a cluster shows',
    description: 'Compares what dist/ wants with what a cluster shows.',
    arguments: [
      new Argument('[file]', 'a file of what kubectl get prints, or - for standard input (the default)'),
    ],
    options: [format(STATUS_FORMAT_NAMES), output()],
    examples: [
      'kubectl get namespaces,namespaceoffloadings -A -o yaml | cdk8s-liqo status -',
      'cdk8s-liqo status live.yaml',
    ],
  },
  init: {
    summary: 'set up a new repository',
    description: 'Writes what a new repository needs. Files that are there stay as they are.',
    options: [
      oneOf('--ci <service>', CI_SERVICES, 'also write the pipeline of docs/ci.md: github or gitlab'),
    ],
    examples: ['cdk8s-liqo init', 'cdk8s-liqo init --ci github'],
  },
  import: {
    summary: 'write configs and an inventory from a cluster or a folder',
    description:
      'Writes configs and config/inventory.yaml from what a cluster or a folder of manifests holds.',
    arguments: [
      new Argument(
        '<path>',
        'a folder of manifests, a file of what kubectl get prints, or - for standard input',
      ),
    ],
    options: [
      new Option(
        '--check',
        'write nothing; say where config/inventory.yaml is stale, and which namespaces gain or lose clusters by it',
      ),
      against(),
      format(DRIFT_FORMAT_NAMES, 'with --check: '),
      output(),
    ],
    examples: [
      'kubectl get ns,namespaceoffloadings,virtualnodes,nodes -A -o yaml > all.yaml',
      'cdk8s-liqo import all.yaml',
      'cdk8s-liqo import --check all.yaml',
    ],
  },
  completion: {
    summary: 'print a completion script for bash, zsh or fish',
    description: 'Prints a completion script for your shell.',
    arguments: [oneWordOf(new Argument('<shell>', listed(SHELLS)), 'completion for', SHELLS)],
    examples: [
      'source <(cdk8s-liqo completion bash)   # in ~/.bashrc',
      'cdk8s-liqo completion zsh > "${fpath[1]}/_cdk8s-liqo"',
      'cdk8s-liqo completion fish > ~/.config/fish/completions/cdk8s-liqo.fish',
    ],
  },
  help: {
    summary: 'show the help of a command',
    description: 'Shows the help of a command.',
    arguments: [new Argument('[command]', 'the command')],
    examples: ['cdk8s-liqo help check'],
  },
} as const satisfies Record<string, Words>;

export type CommandName = keyof typeof WORDS;

/** In the order and under the headings of the help. */
const GROUPS: readonly (readonly [heading: string, commands: readonly CommandName[]])[] = [
  ['With every change:', ['plan', 'check', 'synth']],
  ['To look something up:', ['explain', 'print', 'rules', 'status']],
  ['Once:', ['init', 'import', 'completion', 'help']],
];

const STATUS = `Exit status: 0 passed, 1 rejected, 2 could not judge, or wrong usage`;

/** Where help is shown. */
export interface HelpPage {
  readonly width: number;
  /** Asked once the options are known. */
  readonly color: (wanted: boolean | undefined) => boolean;
  readonly version: string;
  readonly say: (text: string) => void;
}

/** One error each, and help as what it is: no error. */
const asUsage =
  (command: Command, example = '') =>
  (error: CommanderError) => {
    throw error.exitCode === 0 ? error : usageError(error, command, example);
  };

function addCommand(name: CommandName, program: Command, title: (text: string) => string): Command {
  const { summary, description, examples, ...words }: Words = WORDS[name];
  const command = program.command(name).summary(summary).description(description);
  for (const one of words.arguments ?? []) command.addArgument(one);
  for (const one of words.options ?? []) command.addOption(one);
  return command
    .exitOverride(
      asUsage(
        command,
        examples.find((line) => line.startsWith(PROGRAM)),
      ),
    )
    .allowExcessArguments(false)
    .addHelpText(
      'after',
      () => `\n${title('Examples:')}\n${examples.map((line) => `  $ ${line}`).join('\n')}`,
    );
}

/** A parser of command lines. @param act is called with the command that was asked for, once its options are read */
export function makeProgram(
  { width, color, version, say }: HelpPage,
  act: (name: CommandName, command: Command) => void,
): Command {
  const program = new Command(PROGRAM);
  const hasColor = () => color(program.opts<GlobalValues>().color);
  const title = (text: string) => createColors(hasColor()).bold(text);
  program
    .description('TypeScript configs in, reviewed YAML out, for Liqo namespace offloading.')
    .configureOutput({
      writeOut: say,
      writeErr: () => undefined,
      getOutHelpWidth: () => width,
      getOutHasColors: hasColor,
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: title,
      optionDescription: ({ description }) => description,
      subcommandTerm: (command) => command.name(),
      minWidthToWrap: 20,
    })
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .version(version, '-v, --version', 'print the version')
    .addOption(valued('-C, --folder <folder>', 'work in that folder'))
    .option('-q, --quiet', 'no progress and no notes; of findings, only errors')
    .option('--color', 'colours, or --no-color for none (default: on a terminal)')
    .addOption(new Option('--no-color', 'no colours').hideHelp())
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText('after', `\n${STATUS}`)
    .exitOverride(asUsage(program));
  for (const [heading, names] of GROUPS) {
    program.commandsGroup(heading);
    for (const name of names) {
      const command = addCommand(name, program, title);
      command.action(() => {
        act(name, command);
      });
    }
  }
  return program.action(() => {
    throw noCommand(program);
  });
}
