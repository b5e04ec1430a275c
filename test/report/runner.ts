// How GitHub's runner finds commands in a log: actions/runner, src/Runner.Common/ActionCommand.cs.
export interface Command {
  readonly command: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

function unescaped(text: string, escapes: readonly (readonly [string, string])[]): string {
  return escapes.reduce((all, [code, character]) => all.replaceAll(code, character), text);
}

const DATA = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const;
const PROPERTY = [['%3A', ':'], ['%2C', ','], ...DATA] as const;

/** The commands of a log; a line without one that holds the older form of a command is one as well. */
export function commandsIn(log: string): Command[] {
  return log.split(/\r?\n|\r/).flatMap((line) => {
    const [, command, properties = '', data = ''] = /^\s*::([^ :]+)(?: (.*?))?::(.*)$/s.exec(line) ?? [];
    if (command === undefined)
      return line.includes('##[') ? [{ command: '##[', properties: {}, data: line }] : [];
    const pairs = properties.split(',').map((one): [string, string] => {
      const at = one.indexOf('=');
      return [one.slice(0, at), unescaped(one.slice(at + 1), PROPERTY)];
    });
    return [{ command, properties: Object.fromEntries(pairs), data: unescaped(data, DATA) }];
  });
}
