import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { configText, type AdoptedConfig } from '../../lib/adopt/print';
import { loadNamespaces } from '../../lib/config/load';
import { folder, PROJECT } from '../scratch';
import { config, narrowConfig } from './arbitrary';

const numbered = (configs: readonly AdoptedConfig[]) =>
  configs.map((one, i) => ({ ...one, name: `n${i}-${one.name}` }));
const filesOf = (configs: readonly AdoptedConfig[]) =>
  Object.fromEntries(configs.map((one) => [`config/namespaces/${one.name}.ts`, configText(one)]));

test('whatever a config says, its text says the same', () => {
  fc.assert(
    fc.property(fc.array(config, { minLength: 20, maxLength: 60 }), (list) => {
      const configs = numbered(list);
      const { namespaces } = loadNamespaces(folder(filesOf(configs)));
      const byName = new Map(namespaces.map((one) => [one.config.name, one.config]));
      for (const one of configs) expect(byName.get(one.name)).toEqual(one);
    }),
    { numRuns: 10 },
  );
});

test('prettier finds nothing to change', () => {
  const configs = numbered(fc.sample(narrowConfig, { numRuns: 400, seed: 1 }));
  const root = folder(filesOf(configs));
  const prettier = join(PROJECT, 'node_modules/prettier/bin/prettier.cjs');
  const settings = ['--config', join(PROJECT, '.prettierrc.json'), '--list-different', root];
  const { status, stdout, stderr } = spawnSync(process.execPath, [prettier, ...settings], {
    encoding: 'utf8',
  });
  expect([status, stdout, stderr]).toEqual([0, '', '']);
});

test('reads as a person would write it', () => {
  expect(
    configText({
      name: 'shop',
      labels: { team: 'shops', 'data-region': 'south' },
      annotations: { 'example.org/owner': "the shop's" },
      offloading: {
        namespaceMappingStrategy: 'SelectedName',
        podOffloadingStrategy: 'Remote',
        remoteNamespaceName: 'shop-of-venice',
        clusterSelector: ['topology.liqo.io/region in (south,center)', '!maintenance'],
      },
    }),
  ).toBe(`import { defineNamespace } from 'cdk8s-liqo';

export default defineNamespace({
  name: 'shop',
  labels: { team: 'shops', 'data-region': 'south' },
  annotations: { 'example.org/owner': "the shop's" },
  offloading: {
    namespaceMappingStrategy: 'SelectedName',
    podOffloadingStrategy: 'Remote',
    remoteNamespaceName: 'shop-of-venice',
    clusterSelector: ['topology.liqo.io/region in (south,center)', '!maintenance'],
  },
});
`);
});

test.each([
  ['\u202e\u2066', '\\u202e\\u2066'],
  ['\u200b\u00ad\ufeff', '\\u200b\\u00ad\\ufeff'],
  ['\u001b[31m', '\\u001b[31m'],
  ['a\nb\r\tc', 'a\\nb\\r\\tc'],
  ['\u{e0041}', '\\u{e0041}'],
])('what nobody sees is written so that it is seen: %j', (text, shown) => {
  expect(configText({ name: 'a', annotations: { a: text } })).toContain(`annotations: { a: '${shown}' },`);
});
