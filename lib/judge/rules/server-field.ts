import { isLive } from '../../manifests/live-object';
import { identityOf, isObject, sameJson, valueAt, type Json, type Manifest } from '../../manifests/manifest';
import type { Facts, ChangeRule, Problem } from '../rule';
import type { State } from '../state';
import { forcedBy, notAppliedBy } from '../../manifests/engines/signs';

interface ServerField {
  readonly path: readonly string[];
  /** How it makes an apply fail; undefined if it has no effect. */
  readonly effect?: string;
  /** Whether the API server rejects it as a conflict or as invalid: an engine with force then deletes the object. */
  readonly isForced?: true;
  /** Whether an empty value counts too. */
  readonly isStrict?: true;
}

const DELETION = 'an update is refused, and Flux creates the object only to have it deleted at once';

/** Fields that only the API server sets, the most serious first. Tested on an API server: docs/apiserver.md. */
const FIELDS: readonly ServerField[] = [
  {
    path: ['metadata', 'uid'],
    effect: 'an apply is refused unless the live object has this uid',
    isForced: true,
  },
  {
    path: ['metadata', 'resourceVersion'],
    effect: 'an apply is refused once anything has changed the live object',
    isForced: true,
    isStrict: true,
  },
  { path: ['metadata', 'deletionTimestamp'], effect: DELETION, isForced: true },
  { path: ['metadata', 'deletionGracePeriodSeconds'], effect: 'an update is refused', isForced: true },
  {
    path: ['metadata', 'managedFields'],
    effect:
      "a server-side apply, such as Flux's, is refused, and any other apply overwrites the field ownership",
    isStrict: true,
  },
  { path: ['metadata', 'creationTimestamp'] },
  { path: ['metadata', 'generation'] },
  { path: ['metadata', 'selfLink'] },
  { path: ['status'] },
];
const UID = FIELDS[0];

/** Whether a value is empty: `{}`, or `{ loadBalancer: {} }` as `kubectl create --dry-run` prints it. */
function isBlank(value: Json | undefined): boolean {
  if (value === undefined || value === null || value === '') return true;
  const parts: readonly (Json | undefined)[] | undefined = Array.isArray(value)
    ? value
    : isObject(value)
      ? Object.values(value)
      : undefined;
  return parts?.every(isBlank) === true;
}

function declares({ body }: Manifest, { path, isStrict }: ServerField): boolean {
  const value = valueAt(body, ...path);
  return isStrict === true ? value !== undefined : !isBlank(value);
}

/** Live objects have all these fields. For an object in Git, an unchanged uid is harmless. */
function wasThere(was: Manifest, is: Manifest, field: ServerField): boolean {
  if (!isLive(was)) return declares(was, field);
  return field === UID && sameJson(valueAt(was.body, ...field.path), valueAt(is.body, ...field.path));
}

const fieldsOf = (manifest: Manifest) => FIELDS.filter((field) => declares(manifest, field));

const TWINS: ReadonlySet<string> = new Set(['Namespace', 'NamespaceOffloading']);

/** What makes an engine delete a namespace or its offloading when the API server refuses these fields. */
const deletedBy = (manifest: Manifest, fields: readonly ServerField[]) =>
  TWINS.has(manifest.kind) && fields.some(({ isForced }) => isForced) ? forcedBy(manifest) : undefined;

/** The same, if it is new in the change. */
function newlyDeletedBy(manifest: Manifest, old: readonly Manifest[]): string | undefined {
  const live = old.filter(isLive);
  const isOwn = (field: ServerField) => live.some((was) => wasThere(was, manifest, field));
  const inGit = old.filter((was) => !isLive(was));
  if (inGit.some((was) => deletedBy(was, fieldsOf(was)) !== undefined)) return undefined;
  return deletedBy(
    manifest,
    fieldsOf(manifest).filter((field) => !isOwn(field)),
  );
}

/** How serious these new fields are; undefined: the category of the rule. */
function categoryOf(added: readonly ServerField[], { engines }: Facts): Problem['category'] {
  const failing = added.filter(({ effect }) => effect !== undefined);
  if (failing.length === 0) return 'info';
  const isSeenByFlux = engines.length === 0 || engines.includes('flux');
  return isSeenByFlux || failing.some(({ isForced }) => isForced) ? undefined : 'risky';
}

const listed = (fields: readonly ServerField[]) => fields.map(({ path }) => path.join('.')).join(', ');

function messageOf(manifest: Manifest, fields: readonly ServerField[], force: string | undefined): string {
  const object = `The ${manifest.kind} '${manifest.name}' declares ${listed(fields)}`;
  if (force !== undefined)
    return `${object} and has ${force}: the API server refuses the apply, so the engine deletes the object, and Liqo its twin namespaces and everything in them.`;
  const effects = fields
    .flatMap(({ effect }) => effect ?? [])
    .filter((one, _, all) => all.every((other) => other === one || !other.startsWith(one)));
  const said = effects.length === 0 ? 'this has no effect in the cluster' : effects.join('; ');
  return `${object}, which only the API server sets: ${said}.`;
}

function problemOf(manifest: Manifest, before: State, facts: Facts): Problem[] {
  const fields = fieldsOf(manifest);
  const [first] = fields;
  if (first === undefined) return [];
  const old = before.byIdentity.get(identityOf(manifest)) ?? [];
  const added = fields.filter((field) => !old.some((was) => wasThere(was, manifest, field)));
  const force = newlyDeletedBy(manifest, old);
  return [
    {
      namespace: (manifest.kind === 'Namespace' ? manifest.name : manifest.namespace) || undefined,
      message: messageOf(manifest, fields, force),
      remedy: 'Remove these fields. `kubectl get -o yaml` prints them, but no manifest needs them.',
      manifest,
      field: first.path,
      category: force === undefined ? categoryOf(added, facts) : 'destructive',
    },
  ];
}

/** Whether one of the engines applies it, or the engines are unknown. */
const isApplied = (manifest: Manifest, { engines }: Facts) =>
  engines.length === 0 || engines.some((engine) => notAppliedBy(engine, manifest) === undefined);

export const serverField: ChangeRule = {
  name: 'server-field',
  category: 'broken',
  about: 'change',
  summary: 'An object declares a field that only the API server sets, such as `uid` or `resourceVersion`.',
  why: `A manifest copied from a cluster (\`kubectl get -o yaml\`) has fields that an apply cannot set. The engines do not remove them: Flux drops only \`status\` and \`creationTimestamp\`, and Argo CD passes all of them to \`kubectl apply\`.

- \`uid\`: refused unless the live object has the same. A server-side apply, such as Flux's, does not even create the object; Argo CD creates it once, and then fails at each sync.
- \`resourceVersion\`: a conflict as soon as anything changes the live object, and Liqo's controllers do. If Argo CD created a custom resource or RuntimeClass with one, an apply without it is refused too, until you run \`kubectl apply set-last-applied -f <manifest>\` once.
- \`deletionTimestamp\`, \`deletionGracePeriodSeconds\`: an update is refused. With a \`deletionTimestamp\`, a server-side apply creates a new object that is deleted at once.
- \`managedFields\`: refused by a server-side apply. \`kubectl apply\` writes them, and the API server loses track of who owns which field.
- \`creationTimestamp\`, \`generation\`, \`selfLink\`, \`status\`: no effect, but Argo CD can show the object as OutOfSync for ever. The API server refuses \`status\` if the kind has none.

With force, the engine deletes an object if its apply is a conflict or invalid: a \`uid\` then deletes a namespace or its offloading, and the finding counts as destructive. Fields that the baseline already declares are \`info\`. \`creationTimestamp: null\` and an empty \`status\`, as tools print them, give no finding.`,
  source:
    'seen on an API server: docs/apiserver.md; fluxcd/pkg ssa/normalize/normalize.go, ssa/errors/immutable.go; gitops-engine pkg/sync/sync_context.go, pkg/diff/diff.go (Normalize)',
  check: ({ before, after }, facts) =>
    after.manifests
      .filter((one) => !isLive(one) && isApplied(one, facts))
      .flatMap((one) => problemOf(one, before, facts)),
};
