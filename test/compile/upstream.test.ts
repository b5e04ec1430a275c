// Real manifests of others through `include`: nothing but the namespace and the placement changes. Skipped, visibly, where
// the folder with them is absent: nothing of it is part of this project.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../../lib/compile/compile';
import { loadConfig } from '../../lib/config/load';
import {
  isObject,
  sameJson,
  valueAt,
  type Json,
  type JsonObject,
  type Manifest,
} from '../../lib/manifests/manifest';
import { createsPods, podSpecOf, podTemplatesOf } from '../../lib/manifests/pod-template';
import { KnownTexts } from '../../lib/manifests/known';
import { readManifests } from '../../lib/manifests/read';
import { folder, link, PROJECT } from '../scratch';

const REFERENCE = join(PROJECT, '../shared/reference');
const UPSTREAM = [
  'online-boutique/kubernetes-manifests.yaml',
  'liqo-examples/offloading-with-policies.deploy.yaml',
  'liqo-examples/quick-start.hello-world.yaml',
  'liqo-examples/replicated-deployments.deploy.yaml',
  'liqo-examples/service-offloading.app.yaml',
];
const withReference = existsSync(REFERENCE) ? test : test.skip;

/** The manifests before and after, by way of an include. */
function included(file: string, include: string): { given: Manifest[]; taken: Manifest[] } {
  const text = readFileSync(join(REFERENCE, file), 'utf8');
  const root = folder({
    'config/cluster.ts': "export default { id: 'venice' };\n",
    'config/namespaces/shop.ts': `export default { name: 'shop', offloading: { clusterSelector: ['region=south'] }, include: [${include}] };\n`,
    'upstream.yaml': text,
    'package.json': '{}',
  });
  link(root);
  const { files } = compile(loadConfig(root), { prefix: '', known: new KnownTexts(), root, boundary: root });
  const written = files.get('dist/workloads/shop.yaml') ?? '';
  return { given: readManifests(file, text), taken: readManifests('dist/workloads/shop.yaml', written) };
}

const without = (value: Json | undefined, ...keys: readonly string[]) =>
  isObject(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))) : {};

/** The body as it would be with neither namespace nor placement. */
function bare({ body, ...manifest }: Manifest): Json {
  const stripped = { ...body, metadata: without(valueAt(body, 'metadata'), 'namespace') };
  const [template] = podTemplatesOf({ ...manifest, body: stripped });
  if (template === undefined) return stripped;
  const path = [...template.at, 'spec'];
  const inside = (value: Json | undefined, [key, ...deeper]: readonly string[]): JsonObject =>
    key === undefined
      ? without(value, 'runtimeClassName', 'tolerations', 'affinity')
      : { ...without(value), [key]: inside(valueAt(value, key), deeper) };
  return inside(stripped, path);
}

withReference.each(UPSTREAM)('%s: only the namespace and the placement change', (file) => {
  // One of the tutorial's pods keeps off virtual nodes by itself.
  const overrides = file.includes('hello-world') ? "{ 'Pod/nginx-local': 'local' }" : '{}';
  const include = `{ path: 'upstream.yaml', placement: 'remote', overrides: ${overrides} }`;
  const { given, taken } = included(file, include);
  expect(taken).toHaveLength(given.length);
  expect(given.length).toBeGreaterThan(0);
  given.forEach((manifest, i) => {
    const now = taken[i];
    if (now === undefined) throw new Error('gone');
    expect(sameJson(bare(manifest), bare(now))).toBe(true);
    expect(now.namespace).toBe('shop');
    if (!createsPods(manifest) || manifest.name === 'nginx-local') return;
    // The pods of a Pod are made once: what could change later is left to Liqo's webhook.
    if (manifest.kind === 'Pod') expect(JSON.stringify(podSpecOf(now))).toContain('"virtual-node"');
    else expect(podSpecOf(now)).toHaveProperty('runtimeClassName', 'liqo');
  });
});

withReference.each(UPSTREAM)('%s: inherited, nothing but the namespace changes', (file) => {
  const { given, taken } = included(file, "{ path: 'upstream.yaml' }");
  given.forEach(({ body }, i) => {
    const expected = { ...body, metadata: { ...without(valueAt(body, 'metadata')), namespace: 'shop' } };
    expect(sameJson(taken[i]?.body, expected)).toBe(true);
  });
});

withReference('one service of the boutique stays at home', () => {
  const { taken } = included(
    'online-boutique/kubernetes-manifests.yaml',
    "{ path: 'upstream.yaml', placement: 'remote', overrides: { 'Deployment/redis-cart': 'local' } }",
  );
  const remote = taken
    .filter((one) => podSpecOf(one)?.['runtimeClassName'] === 'liqo')
    .map(({ name }) => name);
  expect(remote).toHaveLength(taken.filter((one) => createsPods(one)).length - 1);
  expect(remote).not.toContain('redis-cart');
});
