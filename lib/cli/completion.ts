// cdk8s-liqo completion: scripts for shells, from the commands and options as the parser has them.
import type { Command, Option } from 'commander';
import { RULES } from '../judge/registry';
import { groupBy } from '../manifests/group';
import { PROGRAM } from './usage';

/** What completes a word: one of a few, files, folders, or nothing that a shell knows. */
type Words = readonly string[] | 'file' | 'folder' | 'nothing';

/** What a value is, its name in the help says: `<file>`, `[dir]`, `<folder>`. */
function wordsOf(name: string): Words {
  if (/^(dir|folder)$/.test(name)) return 'folder';
  return /^(file|path)$/.test(name) ? 'file' : 'nothing';
}

interface Switch {
  readonly short?: string;
  readonly long: string;
  readonly description: string;
  /** What its value is; undefined where it has none. */
  readonly value?: Words;
}

/** The first clause: a menu has no room for more. */
const clause = (text: string) => text.split(/[:;(,]/)[0]?.trim() ?? '';

function switchOf({ flags, short, long, description, argChoices }: Option): Switch {
  const name = flags.split('<')[1]?.replace('>', '');
  const value = argChoices ?? (name === undefined ? undefined : wordsOf(name));
  return { short: short ?? undefined, long: long ?? '', description: clause(description), value };
}

interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly switches: readonly Switch[];
  readonly operand: Words;
}

function operandOf({ registeredArguments: [first], parent }: Command): Words {
  const name = first?.name() ?? '';
  if (name === 'rule') return RULES.map((one) => one.name);
  if (name === 'command') return parent?.commands.map((one) => one.name()) ?? [];
  return first?.argChoices ?? wordsOf(name);
}

const HELP: Switch = { short: '-h', long: '--help', description: 'show this help' };

/** What there is to complete: the commands, and the options that all of them have. */
interface Table {
  readonly commands: readonly Completed[];
  readonly common: readonly Switch[];
}

const tableOf = (program: Command): Table => ({
  common: [...program.options.map(switchOf), HELP],
  commands: program.commands.map((command) => ({
    name: command.name(),
    summary: command.summary(),
    switches: command.options.map(switchOf),
    operand: operandOf(command),
  })),
});

const namesOf = (switches: readonly Switch[]) =>
  switches.flatMap(({ short, long }) => [...(short === undefined ? [] : [short]), long]);

/** For a shell that completes files where it is told nothing. */
const listOf = (words: Words = 'nothing') => (typeof words === 'string' ? '' : words.join(' '));

/** A line of bash's `case` for each list of words, with all that has it. */
function cases(entries: readonly (readonly [pattern: string, words: string])[]): string {
  return [...groupBy(entries, ([, words]) => words)]
    .map(([words, all]) => `    ${all.map(([pattern]) => pattern).join(' | ')}) words='${words}' ;;`)
    .join('\n');
}

function bash({ commands, common }: Table): string {
  const values = (command: string, switches: readonly Switch[]) =>
    switches.flatMap((one) =>
      one.value === undefined
        ? []
        : namesOf([one]).map((name) => [`${command}:${name}`, listOf(one.value)] as const),
    );
  const names = commands.map(({ name }) => name).join(' ');
  return `# bash completion for ${PROGRAM}
_cdk8s_liqo() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD - 1]}
  local command='' options='' words='' value=1 i
  if [[ $cur == = ]]; then cur=''; elif [[ $prev == = ]]; then prev=\${COMP_WORDS[COMP_CWORD - 2]}; fi
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in
    -C | --folder) i=$((i + 1)) ;;
    -*) ;;
    *)
      command=\${COMP_WORDS[i]}
      break
      ;;
    esac
  done
  case $command:$prev in
${cases([...values('*', common), ...commands.flatMap(({ name, switches }) => values(name, switches))])}
    *) value='' ;;
  esac
  if [[ -z $value ]]; then
    case $command in
${cases(commands.map(({ name, operand }) => [name, listOf(operand)]))}
    *) words='${names}' ;;
    esac
  fi
  if [[ $cur == -* ]]; then
    case $command in
${cases(commands.map(({ name, switches }) => [name, namesOf([...switches, ...common]).join(' ')]))}
    *) words='${namesOf(common).join(' ')}' ;;
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F _cdk8s_liqo ${PROGRAM}
`;
}

/** In single quotes, where every shell of these takes a text as it is. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function zsh({ commands, common }: Table): string {
  const escaped = (text: string) => text.replace(/[[\]:\\]/g, '\\$&');
  const action = (words: Words) => {
    if (words === 'file') return '_files';
    if (words === 'folder') return '_files -/';
    return words === 'nothing' ? ' ' : `(${words.join(' ')})`;
  };
  const spec = (one: Switch) =>
    namesOf([one]).map((name) => {
      const value =
        one.value === undefined ? '' : `:${escaped(name.replace(/^-+/, ''))}:${action(one.value)}`;
      return quoted(`${name}[${escaped(one.description)}]${value}`);
    });
  const own = ({ name, switches, operand }: Completed) =>
    `      ${name}) _arguments $common ${[...switches.flatMap(spec), quoted(`*:${name}:${action(operand)}`)].join(' ')} ;;`;
  return `#compdef ${PROGRAM}
_cdk8s_liqo() {
  local curcontext=$curcontext state line
  local -a commands common
  commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${escaped(summary)}`)}`).join('\n')}
  )
  common=(
${common
  .flatMap(spec)
  .map((one) => `    ${one}`)
  .join('\n')}
  )
  _arguments -C $common '1:command:->command' '*::argument:->argument'
  case $state in
    command) _describe command commands ;;
    argument)
      case $words[1] in
${commands.map(own).join('\n')}
      esac ;;
  esac
}
if [[ $funcstack[1] == _cdk8s-liqo ]]; then _cdk8s_liqo "$@"; else compdef _cdk8s_liqo ${PROGRAM}; fi
`;
}

function fish({ commands, common }: Table): string {
  const complete = `complete -c ${PROGRAM}`;
  const value = (words: Words) => {
    if (words === 'file') return ' -rF';
    if (words === 'folder') return " -x -a '(__fish_complete_directories)'";
    return words === 'nothing' ? ' -x' : ` -x -a ${quoted(words.join(' '))}`;
  };
  const line = (when: string, { short, long, description, value: words }: Switch) =>
    `${complete}${when}${short === undefined ? '' : ` -s ${short.slice(1)}`} -l ${long.slice(2)}${words === undefined ? '' : value(words)} -d ${quoted(description)}`;
  const own = ({ name, switches, operand }: Completed) => {
    const when = ` -n '__fish_seen_subcommand_from ${name}'`;
    const files = operand === 'file' || operand === 'folder';
    return [
      ...switches.map((one) => line(when, one)),
      ...(files
        ? [`${complete}${when} -F`]
        : operand === 'nothing'
          ? []
          : [`${complete}${when}${value(operand)}`]),
    ];
  };
  return `# fish completion for ${PROGRAM}
${complete} -f
${[
  ...common.map((one) => line('', one)),
  ...commands.map(
    ({ name, summary }) => `${complete} -n __fish_use_subcommand -a ${name} -d ${quoted(summary)}`,
  ),
  ...commands.flatMap(own),
].join('\n')}
`;
}

const SCRIPTS: Readonly<Record<string, (table: Table) => string>> = { bash, zsh, fish };

/** @param command the completion command, of the program to complete, with the shell as its argument */
export function completionScript({ args: [shell = ''], parent }: Command): string {
  const script = SCRIPTS[shell];
  if (script === undefined || parent === null) throw new Error(`no completion for ${shell}`);
  return script(tableOf(parent));
}
