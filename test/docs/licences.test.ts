// What users install with us is under licences that ask for nothing but a notice.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT } from '../scratch';

const ALLOWED = new Set([
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
]);

test('production dependencies', () => {
  const { packages } = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { readonly dev?: true; readonly devOptional?: true; readonly license?: string }>;
  };
  const ours = Object.entries(packages).filter(
    ([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional,
  );
  expect(ours.length).toBeGreaterThan(5);
  expect(
    ours
      .filter(([, { license = 'none' }]) => !ALLOWED.has(license))
      .map(([path, { license }]) => [path, license]),
  ).toEqual([]);
});
