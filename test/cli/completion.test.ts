// Completion as a shell sees it: bash runs its script; the others' are compared with the commands and options, since they may
// not be installed.
import { spawnSync } from 'node:child_process';
import { cli, folder } from '../scratch';

const script = (shell: string) => cli(folder(), ['completion', shell]).out;
const bash = (text: string) => spawnSync('bash', { input: text, encoding: 'utf8' });

/** What bash offers for the last word. */
function offered(...words: string[]): string[] {
  const { stdout, stderr } = bash(
    `${script('bash')}\nCOMP_WORDS=(${words.map((one) => `'${one}'`).join(' ')}); COMP_CWORD=${words.length - 1}\n_cdk8s_liqo; echo "\${COMPREPLY[@]}"\n`,
  );
  expect(stderr).toBe('');
  return stdout.trim().split(' ');
}

test('bash takes the script for one', () => {
  expect(spawnSync('bash', ['-n'], { input: script('bash'), encoding: 'utf8' })).toMatchObject({
    status: 0,
    stderr: '',
  });
});

test.each([
  [['cdk8s-liqo', 'ch'], ['check']],
  [
    ['cdk8s-liqo', 'plan', '--format', ''],
    ['text', 'json', 'markdown'],
  ],
  [['cdk8s-liqo', '-C', 'x', 'check', '--format', '=', 's'], ['sarif']],
  [['cdk8s-liqo', 'check', '--no-m'], ['--no-merge']],
  [['cdk8s-liqo', 'explain', '--no-m'], ['']],
  [['cdk8s-liqo', '--q'], ['--quiet']],
  [['cdk8s-liqo', 'rules', 'unoff'], ['unoffload']],
  [
    ['cdk8s-liqo', 'completion', ''],
    ['bash', 'zsh', 'fish'],
  ],
  [['cdk8s-liqo', 'check', '--against', ''], ['']],
])('bash: %j', (words, expected) => {
  expect(offered(...words)).toEqual(expected);
});

test.each(['zsh', 'fish'])('%s knows every command, and the options of each', (shell) => {
  const text = script(shell);
  for (const word of ['plan', 'check', 'synth', 'import', 'rules', 'unoffload', 'no-merge', 'sarif', 'quiet'])
    expect(text).toContain(word);
});
