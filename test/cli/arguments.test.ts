import { resolve } from 'node:path';
import { readArguments } from '../../lib/cli/arguments';
import { InputError } from '../../lib/input/error';
import { folder } from '../scratch';

const root = folder({ 'deploy/a.yaml': '', file: '' });
const PAGE = { width: 80, color: (wanted?: boolean) => wanted === true, version: '1.2.3' };
const read = (...args: string[]) => readArguments(['-C', root, ...args], resolve, PAGE);
const textOf = (...args: string[]) => {
  const said = readArguments(args, resolve, PAGE);
  if (said.command !== 'say') throw new Error(`${args.join(' ')} says nothing`);
  return said.text;
};
const COMMON = { root, mayBeAbove: false, quiet: false, color: undefined };
const REPORT = { format: 'text', output: undefined };
const JUDGING = {
  ...COMMON,
  ...REPORT,
  dir: undefined,
  against: undefined,
  noMerge: false,
  all: false,
  reports: undefined,
};
const EXPLAINING = { ...COMMON, ...REPORT, command: 'explain', file: undefined };
const IMPORTING = { ...COMMON, ...REPORT, command: 'import', check: false, against: undefined };
const STATUS = { ...COMMON, ...REPORT, command: 'status', source: undefined };

test.each([
  [['synth'], { ...JUDGING, command: 'synth' }],
  [['check'], { ...JUDGING, command: 'check' }],
  [['check', 'deploy'], { ...JUDGING, command: 'check', dir: 'deploy' }],
  [
    ['check', '--against', 'origin/main', 'deploy'],
    { ...JUDGING, command: 'check', dir: 'deploy', against: 'origin/main' },
  ],
  [['check', '--against', '-'], { ...JUDGING, command: 'check', against: '-' }],
  [['check', '--against=-', 'deploy'], { ...JUDGING, command: 'check', dir: 'deploy', against: '-' }],
  [['check', '--against', ''], { ...JUDGING, command: 'check', against: '' }],
  [['check', '--no-merge'], { ...JUDGING, command: 'check', noMerge: true }],
  [
    ['synth', '--all', '--format', 'json', '--output', 'o.json'],
    { ...JUDGING, command: 'synth', all: true, format: 'json', output: 'o.json' },
  ],
  [['-q', 'synth', '--no-color'], { ...JUDGING, command: 'synth', quiet: true, color: false }],
  [['synth', '--quiet', '--color'], { ...JUDGING, command: 'synth', quiet: true, color: true }],
  [['plan'], { ...JUDGING, command: 'plan' }],
  [
    ['plan', 'deploy', '--format', 'markdown'],
    { ...JUDGING, command: 'plan', dir: 'deploy', format: 'markdown' },
  ],
  [
    ['check', '--format', 'github', '--report', 'markdown=a=b.md', '--report=sarif=s.sarif'],
    {
      ...JUDGING,
      command: 'check',
      format: 'github',
      reports: [
        { format: 'markdown', file: 'a=b.md' },
        { format: 'sarif', file: 's.sarif' },
      ],
    },
  ],
  [
    ['plan', '--report', 'json=p.json'],
    { ...JUDGING, command: 'plan', reports: [{ format: 'json', file: 'p.json' }] },
  ],
  [['explain', 'shop'], { ...EXPLAINING, target: 'shop' }],
  [
    ['explain', 'shop/Deployment/web', '--file', 'pod.yaml', '--format', 'markdown', '--output', 'o.md'],
    { ...EXPLAINING, target: 'shop/Deployment/web', file: 'pod.yaml', format: 'markdown', output: 'o.md' },
  ],
  [['print'], { ...COMMON, command: 'print', namespaces: [], format: 'yaml', output: undefined }],
  [
    ['print', 'shop', 'blog', '--format', 'json'],
    { ...COMMON, command: 'print', namespaces: ['shop', 'blog'], format: 'json', output: undefined },
  ],
  [['rules'], { ...COMMON, command: 'rules', rule: undefined, format: 'text' }],
  [
    ['rules', 'unoffload', '--format=json'],
    { ...COMMON, command: 'rules', rule: 'unoffload', format: 'json' },
  ],
  [['init'], { ...COMMON, command: 'init' }],
  [['status'], STATUS],
  [['status', '-', '--format', 'json'], { ...STATUS, source: '-', format: 'json' }],
  [['status', 'live.yaml', '--output', 'o'], { ...STATUS, source: 'live.yaml', output: 'o' }],
  [['import', '-'], { ...IMPORTING, source: '-' }],
  [['import', 'gone.yaml'], { ...IMPORTING, source: 'gone.yaml' }],
  [
    ['import', '--check', '-', '--against', 'origin/main', '--format', 'json', '--output', 'o.json'],
    { ...IMPORTING, source: '-', check: true, against: 'origin/main', format: 'json', output: 'o.json' },
  ],
])('reads %j', (args, expected) => {
  expect(read(...args)).toEqual(expected);
});

test('a folder that was named is the project, and no other', () => {
  expect(readArguments(['synth'], () => root, PAGE)).toMatchObject({ root, mayBeAbove: true });
  expect(readArguments(['init'], () => root, PAGE)).toMatchObject({ mayBeAbove: false });
});

test.each([['-v'], ['--version']])('reads %s', (arg) => {
  expect(textOf(arg)).toBe('1.2.3\n');
  expect(textOf('synth', arg)).toBe('1.2.3\n');
});

const COMMANDS = 'plan check synth explain print rules status init import completion help'.split(' ');

test('help of the program has every command', () => {
  const text = textOf('--help');
  expect(textOf('-h')).toBe(text);
  expect(textOf('help')).toBe(text);
  for (const name of COMMANDS) expect(text).toMatch(new RegExp(`^  ${name} `, 'm'));
});

test.each(COMMANDS)('help of %s fits a screen, and its examples are read as they stand', (name) => {
  const text = textOf(name, '--help');
  expect(textOf('help', name)).toBe(text);
  const lines = text.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(40);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  const examples = lines
    .flatMap((line) => /\bcdk8s-liqo ([a-z].*?)(\)? +#|[|>]|$)/.exec(line)?.[1] ?? [])
    .slice(1);
  expect(examples.length).toBeGreaterThan(0);
  for (const example of examples.filter((one) => !one.includes('deploy/')))
    expect(() => read(...example.trim().split(' '))).not.toThrow();
});

test('titles are bold where colours are wanted', () => {
  expect(textOf('--color', 'check', '--help')).toContain('\u001b[1mExamples:');
  expect(textOf('check', '--help')).not.toContain('\u001b');
});

test.each([
  [[], /no command/, undefined],
  [['snyth'], /no command 'snyth'/, /did you mean synth/],
  [['snyth', '--against', 'x'], /no command 'snyth'/, /did you mean synth/],
  [['help', 'chekc'], /no command 'chekc'/, /did you mean check/],
  [['--all', 'check'], /--all comes after the command/, /check --all/],
  [['--vresion'], /no option '--vresion'/, /did you mean --version/],
  [['check', '--quite'], /no option '--quite'/, /did you mean --quiet/],
  [['check', '-x'], /no option '-x' of check/, /check --help/],
  [['check', '--against', '--all'], /--against <baseline> needs a value/, /'--all' looks like an option/],
  [['completion', 'bsh'], /no completion for 'bsh'/, /did you mean bash/],
  [['completion'], /completion needs a <shell>/, /completion/],
  [['import'], /import needs a <path>/, /import all.yaml/],
  [['deploy'], /no command 'deploy'/, /--help/],
  [['synth', 'deploy'], /'deploy' is one word too many for synth/, undefined],
  [['check', 'deploy', 'more'], /'more' is one word too many/, undefined],
  [['check', 'gone'], /'gone' is no folder/, undefined],
  [['explain'], /explain needs a <namespace\[\/kind\/name\]>/, /explain shop/],
  [['explain', 'shop', 'blog'], /'blog' is one word too many for explain/, undefined],
  [
    ['explain', 'shop', '--against', 'main'],
    /--against belongs to plan, check, synth and import, not to explain/,
    /explain --help/,
  ],
  [['explain', 'shop', '--all'], /--all belongs to plan, check and synth, not to explain/, undefined],
  [['explain', 'shop', '--check'], /--check belongs to import, not to explain/, undefined],
  [['explain', 'shop', '--format', 'yaml'], /no format 'yaml'/, /text, json, markdown/],
  [['check', '--file', 'pod.yaml'], /--file belongs to explain, not to check/, undefined],
  [['check', 'file'], /'file' is no folder/, undefined],
  [['check', '--agianst', 'x'], /--agianst/, /did you mean --against/],
  [['check', '--against'], /--against/, undefined],
  [['check', '--format', 'yaml'], /no format 'yaml'/, /text, json/],
  [['check', '--report', 'markdown'], /'markdown' names no report/, /<format>=<file>/],
  [['check', '--report', '=r.md'], /'=r.md' names no report/, /<format>=<file>/],
  [['check', '--report', 'markdown='], /'markdown=' names no report/, /<format>=<file>/],
  [['check', '--report', 'html=r.html'], /no format 'html'/, /markdown/],
  [['plan', '--report', 'sarif=r.sarif'], /no format 'sarif'/, /text, json, markdown/],
  [['explain', 'shop', '--report', 'text=r'], /--report belongs to plan, check and synth/, undefined],
  [['import', '--check', '-', '--format', 'sarif'], /no format 'sarif'/, /text, json/],
  [['check', '-C', 'gone'], /is no folder/, undefined],
  [['import', '-', 'more'], /'more' is one word too many for import/, undefined],
  [['import', '-', '--format', 'text'], /--format is for import --check/, undefined],
  [['import', '-', '--against', 'x'], /--against is for import --check/, undefined],
  [['import', '-', '--output', 'x'], /--output is for import --check/, /writes into config\//],
  [['synth', '--check'], /--check belongs to import, not to synth/, undefined],
  [['check', '--all=yes'], /--all takes no value/, undefined],
  [['status', '-', 'more'], /'more' is one word too many for status/, undefined],
  [['status', '--against', 'x'], /--against belongs to/, undefined],
  [['status', '--all'], /--all belongs to/, undefined],
  [['status', '--file', 'x'], /--file belongs to explain, not to status/, undefined],
  [['status', '--check'], /--check belongs to import, not to status/, undefined],
  [['status', '--format', 'markdown'], /no format 'markdown'/, /text, json/],
  [['stauts'], /no command 'stauts'/, /did you mean status/],
] as const)('refuses %j', (args, message, remedy) => {
  const reading = () => read(...args);
  expect(reading).toThrow(InputError);
  expect(reading).toThrow(
    expect.objectContaining({
      problems: [
        expect.objectContaining({
          message: expect.stringMatching(message),
          remedy: remedy === undefined ? expect.any(String) : expect.stringMatching(remedy),
        }),
      ],
    }),
  );
});
