// Wrong usage: one clear error each, with what was probably meant.
import type { Command, CommanderError } from 'commander';
import { InputError } from '../input/error';
import { suggestion } from '../input/schema';

export const PROGRAM = 'cdk8s-liqo';

/** Where the options of a command are listed. */
export const helpOf = (command: string) => `see ${PROGRAM} ${command} --help`;

export const usage = (message: string, remedy: string) => new InputError({ message, remedy });

const meantOr = (meant: string | undefined, otherwise: string) =>
  meant === undefined ? otherwise : `did you mean ${meant}?`;

const namesOf = ({ commands }: Command) => commands.map((one) => one.name());

/** A word where a command was expected. */
export function unknownCommand(word: string, program: Command): InputError {
  const meant = suggestion(word, namesOf(program));
  return usage(`there is no command '${word}'`, meantOr(meant, `${PROGRAM} --help lists the commands`));
}

/** A value that is none of those that an option or an argument takes. */
export function notOneOf(what: string, word: string, known: readonly string[]): InputError {
  const meant = suggestion(word, known);
  const all = `there are ${known.join(', ')}`;
  return usage(`there is no ${what} '${word}'`, meant === undefined ? all : `did you mean ${meant}? ${all}`);
}

const longOf = ({ options }: Command) => options.flatMap(({ long }) => long ?? []);

/** Other commands than this one that have the option. */
function ownersOf(option: string, command: Command): string[] {
  const others = (command.parent ?? command).commands.filter((one) => one !== command);
  return others.filter((one) => longOf(one).includes(option)).map((one) => one.name());
}

function unknownOption(written: string, command: Command): InputError {
  const [option = written] = written.split('=');
  const { parent } = command;
  if (longOf(command).includes(option)) return usage(`${option} takes no value`, helpOf(command.name()));
  const owners = ownersOf(option, command);
  if (owners.length > 0 && parent === null) {
    const asked = namesOf(command).find((one) => command.args.includes(one));
    return usage(
      `${option} comes after the command`,
      `write ${PROGRAM} ${asked ?? owners[0] ?? ''} ${option}`,
    );
  }
  if (owners.length > 0)
    return usage(
      `${option} belongs to ${new Intl.ListFormat('en-GB').format(owners)}, not to ${command.name()}`,
      helpOf(command.name()),
    );
  const known = [...longOf(command), ...(parent === null ? [] : longOf(parent)), '--help'];
  return usage(
    `there is no option '${option}'${parent === null ? '' : ` of ${command.name()}`}`,
    meantOr(suggestion(option, known), parent === null ? `see ${PROGRAM} --help` : helpOf(command.name())),
  );
}

/** Nothing that was said is a command. */
export function noCommand(program: Command): InputError {
  const [word] = program.args;
  if (word === undefined) return usage('no command was given', `${PROGRAM} --help lists the commands`);
  return word.startsWith('-') ? unknownOption(word, program) : unknownCommand(word, program);
}

/**
 * What the library found wrong, in our words.
 * @param command the one that was asked for, or the program
 * @param example what to type instead
 */
export function usageError({ code, message }: CommanderError, command: Command, example: string): InputError {
  const help = command.parent === null ? `see ${PROGRAM} --help` : helpOf(command.name());
  const [first = ''] = message.replace(/^error: /, '').split('\n');
  const [, named = ''] = /'([^']*)'/.exec(first) ?? [];
  switch (code) {
    case 'commander.unknownOption':
      return unknownOption(named, command);
    case 'commander.optionMissingArgument':
      return usage(`${named} needs a value`, help);
    case 'commander.missingArgument':
      return usage(`${command.name()} needs a <${named}>`, `such as ${example}; ${help}`);
    case 'commander.excessArguments':
      return usage(
        `'${command.args[command.registeredArguments.length] ?? ''}' is one word too many for ${command.name()}`,
        help,
      );
    default:
      return usage(first, help);
  }
}
