import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { stagingOf, writeStaging } from '../../lib/case/staging';
import { InputError } from '../../lib/input/error';
import { folder } from '../scratch';

const CONFIGURED = { 'cdk8s.yaml': 'output: .cdk8s-staging\n' };

function staging(outdir: string | undefined, root = folder(CONFIGURED)) {
  const before = process.env['CDK8S_OUTDIR'];
  if (outdir === undefined) delete process.env['CDK8S_OUTDIR'];
  else process.env['CDK8S_OUTDIR'] = outdir;
  try {
    const { folder: at, publishes } = stagingOf(root);
    return { at: at?.replace(root, ''), publishes };
  } finally {
    if (before === undefined) delete process.env['CDK8S_OUTDIR'];
    else process.env['CDK8S_OUTDIR'] = before;
  }
}

test.each([
  [undefined, { at: undefined, publishes: true }],
  ['', { at: undefined, publishes: true }],
  ['.cdk8s-staging', { at: '/.cdk8s-staging', publishes: true }],
  ['./x/../.cdk8s-staging/', { at: '/.cdk8s-staging', publishes: true }],
  ['elsewhere', { at: '/elsewhere', publishes: false }],
  ['distribution', { at: '/distribution', publishes: false }],
])('an output of %j', (outdir, expected) => {
  expect(staging(outdir)).toEqual(expected);
});

test.each(['dist', './dist/', 'dist/sub', '.', '..', '/'])('an output of %s is refused', (outdir) => {
  expect(() => staging(outdir)).toThrow(InputError);
  expect(() => staging(outdir)).toThrow(
    expect.objectContaining({
      problems: [expect.objectContaining({ remedy: expect.stringContaining('git restore dist') })],
    }),
  );
});

test('a link does not hide dist, on either side', () => {
  const root = folder(CONFIGURED);
  mkdirSync(join(root, 'dist'));
  symlinkSync('dist', join(root, 'innocent'));
  expect(() => staging('innocent', root)).toThrow(InputError);
  const other = folder(CONFIGURED);
  mkdirSync(join(other, 'real'));
  symlinkSync('real', join(other, 'dist'));
  expect(() => staging('real/x', other)).toThrow(InputError);
});

test('cdk8s itself writes to dist where cdk8s.yaml names nothing', () => {
  expect(() => staging('dist', folder())).toThrow(InputError);
  expect(staging('out', folder())).toEqual({ at: '/out', publishes: false });
});

test('cdk8s is given one file', () => {
  const out = join(folder(), 'new');
  writeStaging(
    out,
    new Map([
      ['dist/a.yaml', '---\na: 1\n'],
      ['dist/b.yaml', '---\nb: 1\n'],
    ]),
  );
  expect(readdirSync(out)).toEqual(['cdk8s-liqo.k8s.yaml']);
  expect(readFileSync(join(out, 'cdk8s-liqo.k8s.yaml'), 'utf8')).toBe('---\na: 1\n---\nb: 1\n');
});

test('an output that cannot be written is said to be one', () => {
  expect(() => {
    writeStaging(join(folder({ file: '' }), 'file'), new Map());
  }).toThrow(/cannot be written/);
});
