import { resolve } from 'node:path';
import { readArguments } from '../../lib/cli/arguments';
import { InputError } from '../../lib/input/error';
import { folder } from '../scratch';

const root = folder({ 'deploy/a.yaml': '', file: '' });
const read = (...args: string[]) => readArguments(['-C', root, ...args], resolve);
const DEFAULTS = {
  root,
  dir: undefined,
  against: undefined,
  noMerge: false,
  all: false,
  format: 'text',
  output: undefined,
};

test.each([
  [['synth'], { command: 'synth' }],
  [['check'], { command: 'check' }],
  [['check', 'deploy'], { command: 'check', dir: 'deploy' }],
  [
    ['check', '--against', 'origin/main', 'deploy'],
    { command: 'check', dir: 'deploy', against: 'origin/main' },
  ],
  [['check', '--against', '-'], { command: 'check', against: '-' }],
  [['check', '--against=-', 'deploy'], { command: 'check', dir: 'deploy', against: '-' }],
  [['check', '--against', ''], { command: 'check', against: '' }],
  [
    ['--all', '--format', 'json', '--output', 'o.json', 'synth'],
    { command: 'synth', all: true, format: 'json', output: 'o.json' },
  ],
  [['plan'], { command: 'plan' }],
  [['plan', 'deploy', '--format', 'markdown'], { command: 'plan', dir: 'deploy', format: 'markdown' }],
  [
    ['check', '--format', 'github', '--report', 'markdown=a=b.md', '--report=sarif=s.sarif'],
    {
      command: 'check',
      format: 'github',
      reports: [
        { format: 'markdown', file: 'a=b.md' },
        { format: 'sarif', file: 's.sarif' },
      ],
    },
  ],
  [['plan', '--report', 'json=p.json'], { command: 'plan', reports: [{ format: 'json', file: 'p.json' }] }],
  [['explain', 'shop'], { command: 'explain', target: 'shop' }],
  [
    ['explain', 'shop/Deployment/web', '--file', 'pod.yaml', '--format', 'markdown', '--output', 'o.md'],
    {
      command: 'explain',
      target: 'shop/Deployment/web',
      file: 'pod.yaml',
      format: 'markdown',
      output: 'o.md',
    },
  ],
  [['init'], { command: 'init', format: undefined }],
  [['status'], { command: 'status' }],
  [['status', '-', '--format', 'json'], { command: 'status', source: '-', format: 'json' }],
  [['status', 'live.yaml', '--output', 'o'], { command: 'status', source: 'live.yaml', output: 'o' }],
  [['import', '-'], { command: 'import', source: '-' }],
  [['import', 'gone.yaml'], { command: 'import', source: 'gone.yaml' }],
  [['import'], { command: 'import' }],
  [
    ['import', '--check', '-', '--against', 'origin/main', '--format', 'json', '--output', 'o.json'],
    {
      command: 'import',
      source: '-',
      check: true,
      against: 'origin/main',
      format: 'json',
      output: 'o.json',
    },
  ],
])('reads %j', (args, expected) => {
  expect(read(...args)).toEqual({ ...DEFAULTS, ...expected });
});

test.each([
  ['--help', 'help'],
  ['-h', 'help'],
  ['--version', 'version'],
])('reads %s', (arg, expected) => {
  expect(readArguments([arg], resolve)).toBe(expected);
  expect(readArguments(['synth', arg], resolve)).toBe(expected);
});

test.each([
  [[], /no command/, undefined],
  [['snyth'], /no command 'snyth'/, /did you mean 'synth'/],
  [['deploy'], /no command 'deploy'/, /--help/],
  [['synth', 'deploy'], /'deploy' is one word too many for synth/, undefined],
  [['check', 'deploy', 'more'], /'more' is one word too many/, undefined],
  [['check', 'gone'], /'gone' is no folder/, undefined],
  [['explain'], /explain was not told what/, /<namespace>\/<kind>\/<name>/],
  [['explain', 'shop', 'blog'], /'blog' is one word too many for explain/, undefined],
  [['explain', 'shop', '--against', 'main'], /--against means nothing to explain/, /judges nothing/],
  [['explain', 'shop', '--all'], /--all means nothing to explain/, undefined],
  [['explain', 'shop', '--check'], /--check belongs to import, not to explain/, undefined],
  [['explain', 'shop', '--format', 'yaml'], /no format 'yaml'/, /text, json, markdown/],
  [['check', '--file', 'pod.yaml'], /--file belongs to explain, not to check/, undefined],
  [['check', 'file'], /'file' is no folder/, undefined],
  [['check', '--agianst', 'x'], /--agianst/, /did you mean --against/],
  [['check', '--against'], /--against/, undefined],
  [['check', '--format', 'yaml'], /no format 'yaml'/, /text, json/],
  [['check', '--report', 'markdown'], /'markdown' is no report/, /<format>=<file>/],
  [['check', '--report', '=r.md'], /'=r.md' is no report/, /<format>=<file>/],
  [['check', '--report', 'markdown='], /'markdown=' is no report/, /<format>=<file>/],
  [['check', '--report', 'html=r.html'], /no format 'html'/, /markdown/],
  [['plan', '--report', 'sarif=r.sarif'], /no format 'sarif'/, /text, json, markdown/],
  [['explain', 'shop', '--report', 'text=r'], /--report belongs to synth, check and plan/, undefined],
  [['import', '--check', '-', '--format', 'sarif'], /no format 'sarif'/, /text, json/],
  [['check', '-C', 'gone'], /is no folder/, undefined],
  [['import', '-', 'more'], /'more' is one word too many for import/, undefined],
  [['import', '-', '--format', 'text'], /--format is for import --check/, undefined],
  [['import', '-', '--against', 'x'], /--against is for import --check/, undefined],
  [['import', '-', '--output', 'x'], /--output is for import --check/, /writes into config\//],
  [['synth', '--check'], /--check belongs to import/, /cdk8s-liqo check/],
  [['check', '--all=yes'], /--all/, undefined],
  [['status', '-', 'more'], /'more' is one word too many for status/, undefined],
  [['status', '--against', 'x'], /--against means nothing to status/, /check --against -/],
  [['status', '--all'], /--all means nothing to status/, undefined],
  [['status', '--file', 'x'], /--file belongs to explain, not to status/, undefined],
  [['status', '--check'], /--check belongs to import, not to status/, undefined],
  [['status', '--format', 'markdown'], /no format 'markdown'/, /text, json/],
  [['stauts'], /no command 'stauts'/, /did you mean 'status'/],
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
