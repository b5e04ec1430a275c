// What comes of fields that only the API server sets, beyond whether it takes an object: what is deleted, and what is kept.
import type { Check } from './check';
import type { Cluster, Ran } from './cluster';
import { SERVER_SIDE } from './verdicts';

const NAMESPACE = 'server-fields';
const OTHER = '00000000-0000-4000-8000-000000000001';

/** A ConfigMap, as an engine would have it. */
function manifest(name: string, metadata: object, value: string): string {
  const body = { metadata: { name, namespace: NAMESPACE, ...metadata }, data: { value } };
  return JSON.stringify({ apiVersion: 'v1', kind: 'ConfigMap', ...body });
}

const applied = (cluster: Cluster, how: readonly string[], object: string): Ran =>
  cluster.kubectl([...how, '-f', '-'], object);

function field(cluster: Cluster, name: string, path: string): string {
  const got = [
    'get',
    'configmap',
    name,
    '-n',
    NAMESPACE,
    '--show-managed-fields',
    '-o',
    `jsonpath={${path}}`,
  ];
  return cluster.kubectl(got).out;
}

const succeeds = (claim: string, { ok, out, err }: Ran): Check => ({ claim, holds: ok, seen: out + err });
const refused = (claim: string, { ok, err }: Ran, by: RegExp): Check => ({
  claim,
  holds: !ok && by.test(err),
  seen: err === '' ? 'accepted' : err,
});

/** Its own uid does no harm; another one, with force, deletes the object. */
function ofUid(cluster: Cluster): Check[] {
  applied(cluster, ['apply'], manifest('uid', {}, 'a'));
  const uid = field(cluster, 'uid', '.metadata.uid');
  const own = [['apply'], SERVER_SIDE, ['replace']].map((how, i) =>
    succeeds(
      `the uid of the live object is accepted: kubectl ${how.slice(0, 2).join(' ')}`,
      applied(cluster, how, manifest('uid', { uid }, `${i}`)),
    ),
  );
  const forced = [{ uid: OTHER }, { resourceVersion: '1' }].map((metadata) => {
    const before = field(cluster, 'uid', '.metadata.uid');
    applied(cluster, ['apply', '--force'], manifest('uid', metadata, 'forced'));
    const after = field(cluster, 'uid', '.metadata.uid');
    const claim = `with force, a ${Object.keys(metadata).join()} of another object deletes it and creates it anew`;
    return { claim, holds: after !== '' && after !== before, seen: `${before} became ${after}` };
  });
  return [...own, ...forced];
}

/** The right one fits until anything changes the object. */
function ofResourceVersion(cluster: Cluster): Check[] {
  return [['apply'], SERVER_SIDE].flatMap((how, i) => {
    const name = `version-${i}`;
    applied(cluster, how, manifest(name, {}, 'a'));
    const object = manifest(
      name,
      { resourceVersion: field(cluster, name, '.metadata.resourceVersion') },
      'b',
    );
    const by = `kubectl ${how.slice(0, 2).join(' ')}`;
    return [
      succeeds(
        `the resourceVersion of the live object is accepted once: ${by}`,
        applied(cluster, how, object),
      ),
      refused(
        `and refused from then on: ${by}`,
        applied(cluster, how, object),
        /the object has been modified/,
      ),
    ];
  });
}

/** Of a RuntimeClass and a custom resource, a client-side apply cannot even take it back. */
function ofResourceVersionThatGoes(cluster: Cluster): Check[] {
  const object = (metadata: object) =>
    JSON.stringify({
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: NAMESPACE, ...metadata },
      handler: 'liqo',
    });
  applied(cluster, ['apply'], object({ resourceVersion: '1' }));
  const gone = applied(cluster, ['apply'], object({}));
  applied(cluster, ['apply', 'set-last-applied'], object({}));
  return [
    refused(
      'created with a resourceVersion, a RuntimeClass is refused where the manifest no longer has it: kubectl apply',
      gone,
      /metadata.resourceVersion: Invalid value: 0: must be specified for an update/,
    ),
    succeeds('kubectl apply set-last-applied mends that', applied(cluster, ['apply'], object({}))),
  ];
}

/** Created as an object whose deletion has begun. */
function ofDeletion(cluster: Cluster): Check[] {
  const at = { deletionTimestamp: '2026-01-01T00:00:00Z' };
  applied(cluster, SERVER_SIDE, manifest('dying', at, 'a'));
  applied(cluster, ['apply'], manifest('living', at, 'a'));
  const [dying, living] = ['dying', 'living'].map((name) =>
    field(cluster, name, '.metadata.deletionTimestamp'),
  );
  return [
    {
      claim: 'a server-side apply with a deletionTimestamp creates an object that is being deleted',
      holds: dying === at.deletionTimestamp,
      seen: String(dying),
    },
    {
      claim: 'a client-side apply drops a deletionTimestamp where it creates the object',
      holds: living === '',
      seen: String(living),
    },
    refused(
      'and is refused with it from then on',
      applied(cluster, ['apply'], manifest('living', at, 'b')),
      /metadata.deletionTimestamp: Invalid value: .*field is immutable/,
    ),
  ];
}

/** Taken over by what is no server-side apply. */
function ofManagedFields(cluster: Cluster): Check[] {
  applied(cluster, ['apply'], manifest('managed', {}, 'a'));
  const entry = { manager: 'from-git', operation: 'Update', apiVersion: 'v1', time: '2026-01-01T00:00:00Z' };
  const managedFields = [{ ...entry, fieldsType: 'FieldsV1', fieldsV1: { 'f:data': { 'f:value': {} } } }];
  applied(cluster, ['apply'], manifest('managed', { managedFields }, 'a'));
  const managers = field(cluster, 'managed', '.metadata.managedFields[*].manager');
  const claim = 'a client-side apply takes over the managedFields of a manifest';
  return [{ claim, holds: managers.split(' ').includes('from-git'), seen: managers }];
}

export function tryServerFields(cluster: Cluster): Check[] {
  cluster.kubectl(['create', 'namespace', NAMESPACE]);
  const claims = [ofUid, ofResourceVersion, ofResourceVersionThatGoes, ofDeletion, ofManagedFields];
  return claims.flatMap((claim) => claim(cluster));
}
