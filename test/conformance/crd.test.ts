// The project's schema of NamespaceOffloading, held against Liqo's CRD: same fields, types, enums, defaults, required. Skipped,
// visibly, where the folder with the CRD is absent: nothing of it is part of this project.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_MAPPING_STRATEGY, DEFAULT_POD_STRATEGY } from '../../lib/liqo/namespace-offloading';
import { isObject, valueAt, type Json, type JsonObject } from '../../lib/manifests/manifest';
import { readManifests } from '../../lib/manifests/read';
import { NAMESPACE_OFFLOADING } from '../../lib/manifests/schema';
import { PROJECT } from '../scratch';

const CRD = join(PROJECT, '../shared/reference/liqo-v1.2.0/namespaceoffloadings.crd.yaml');
const withCrd = existsSync(CRD) ? test : test.skip;

/** The schema of v1beta1 in the CRD. */
function upstream(): Json {
  const [crd] = readManifests(CRD, readFileSync(CRD, 'utf8'));
  const versions = valueAt(crd?.body, 'spec', 'versions');
  const version = Array.isArray(versions)
    ? versions.find((one: Json) => valueAt(one, 'name') === 'v1beta1')
    : undefined;
  return valueAt(version, 'schema', 'openAPIV3Schema') ?? null;
}

/** What a schema says of values: types, fields, enums and required ones, sorted. */
function meaning(schema: Json | undefined): JsonObject {
  const list = (key: string) => {
    const value = valueAt(schema, key);
    return Array.isArray(value) && value.length > 0 ? { [key]: [...(value as string[])].sort() } : {};
  };
  const properties = valueAt(schema, 'properties');
  const items = valueAt(schema, 'items');
  return {
    // Of a list of words it goes without saying.
    type: valueAt(schema, 'enum') === undefined ? valueAt(schema, 'type') : 'string',
    ...list('enum'),
    ...list('required'),
    ...(isObject(properties) && {
      properties: Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, meaning(one)])),
    }),
    ...(items !== undefined && { items: meaning(items) }),
  };
}

/** Every default in a schema, by its path. */
function defaults(schema: Json | undefined, path = ''): JsonObject {
  const properties = valueAt(schema, 'properties');
  const inner = isObject(properties)
    ? Object.entries(properties).map(([key, one]) => defaults(one, `${path}/${key}`))
    : [];
  const own = valueAt(schema, 'default');
  return Object.assign({}, ...inner, ...(own === undefined ? [] : [{ [path]: own }])) as JsonObject;
}

const ours = JSON.parse(JSON.stringify(NAMESPACE_OFFLOADING)) as Json;

withCrd('spec has the same fields, types, enums and required ones', () => {
  expect(meaning(valueAt(ours, 'properties', 'spec'))).toEqual(
    meaning(valueAt(upstream(), 'properties', 'spec')),
  );
});

withCrd('the same parts of the object are required, beside its metadata', () => {
  expect(valueAt(ours, 'required')).toEqual([
    'metadata',
    ...((valueAt(upstream(), 'required') ?? []) as string[]),
  ]);
});

withCrd('the defaults are those that the judge fills in, and no others', () => {
  expect(defaults(valueAt(upstream(), 'properties', 'spec'))).toEqual({
    '/namespaceMappingStrategy': DEFAULT_MAPPING_STRATEGY,
    '/podOffloadingStrategy': DEFAULT_POD_STRATEGY,
  });
});
