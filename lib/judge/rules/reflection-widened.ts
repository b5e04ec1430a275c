import { REFLECTION, type Reflection } from '../../liqo/annotations';
import { groupOf, identityOf, sameJson, valueAt, type Json, type Manifest } from '../../manifests/manifest';
import { describe, reached } from '../cluster-impact';
import { entriesOf, hasKeysOf, holds } from '../exposed-content';
import { installedBefore, valueIn } from '../liqo-chart';
import { someOf } from '../peering-impact';
import { isReflected, reflectedAnnotations, reflectedPath, reflectedTitle } from '../reflected';
import type { ChangeRule, Facts, Problem } from '../rule';
import { updated, type Change, type State } from '../state';
import { surroundings } from '../surroundings';

/** Whether an annotation says so: it is there with any value but "false" (ShouldSkipReflection). */
function says(manifest: Manifest, annotation: Reflection): boolean {
  const value = reflectedAnnotations(manifest).get(REFLECTION[annotation]);
  return value !== undefined && value.toLowerCase() !== 'false';
}

/** What newly lets Liqo copy an object, and what takes that back; undefined where nothing does. */
function widened(was: Manifest, is: Manifest): { what: string; remedy: string } | undefined {
  const { skip, allow } = REFLECTION;
  if (says(was, 'skip') && !says(is, 'skip'))
    return { what: `loses ${skip}`, remedy: `Give it ${skip}: "true"` };
  if (!says(was, 'allow') && says(is, 'allow') && !says(is, 'skip'))
    return {
      what: `gains ${allow}, which counts where Liqo reflects what is allowed alone`,
      remedy: `Remove ${allow}`,
    };
  return undefined;
}

/** Where an object goes, undefined where it is certain to go nowhere. */
function whereTo(namespace: string, state: State, facts: Facts) {
  const { declared, offloading } = surroundings(state, namespace, facts);
  const others = 'every provider that the namespace selects';
  if (offloading === undefined)
    return declared ? undefined : { text: `${others}, if it is offloaded`, clusters: undefined };
  const { clusters, others: more } = reached(offloading, facts, 'now');
  if (clusters === undefined) return { text: others, clusters };
  return clusters.length === 0
    ? undefined
    : { text: describe({ clusters, ...(more && { others: more }) }), clusters };
}

/** Objects that lose what kept them at home. */
function ofObjects({ before, after }: Change, facts: Facts): Problem[] {
  const candidates = after.manifests.filter((one) => isReflected(one) && one.name !== '');
  return updated(before, candidates).flatMap(({ was, is }) => {
    const found = widened(was, is);
    const to = found && whereTo(is.namespace, after, facts);
    if (found === undefined || to === undefined) return [];
    return [
      {
        namespace: is.namespace,
        message: `${reflectedTitle(is)} in '${is.namespace}' ${found.what}: Liqo copies it to ${to.text}.`,
        remedy: `${found.remedy}, unless the providers may read it.`,
        manifest: is,
        field: reflectedPath(is),
        clusters: to.clusters,
      },
    ];
  });
}

const titled = (one: Manifest) => `${reflectedTitle(one)} in '${one.namespace}'`;

/** Whether `is` newly holds what `kept` holds: a copy, or the same object under a name that its values are sealed for. */
function exposes(is: Manifest, kept: Manifest, { before, after }: Change): boolean {
  const had = before.byIdentity.get(identityOf(is)) ?? [];
  if (had.some((was) => holds(was, kept) && !says(was, 'skip'))) return false;
  const isRenamed = had.length === 0 && !after.has(kept) && kept.namespace === is.namespace;
  return holds(is, kept) || (isRenamed && hasKeysOf(is, kept));
}

/** Objects that hold what another one kept at home: Liqo looks at annotations, and never at what is in an object. */
function ofContent(change: Change, facts: Facts): Problem[] {
  const { before, after } = change;
  const keeping = before.manifests.filter(
    (one) => isReflected(one) && says(one, 'skip') && entriesOf(one).size > 0,
  );
  if (keeping.length === 0) return [];
  const candidates = after.manifests.filter(
    (one) => isReflected(one) && one.name !== '' && !says(one, 'skip') && !isUnchanged(one, before),
  );
  return candidates.flatMap((is) => {
    const kept = keeping.find((one) => identityOf(one) !== identityOf(is) && exposes(is, one, change));
    const to = kept && whereTo(is.namespace, after, facts);
    if (kept === undefined || to === undefined) return [];
    return [
      {
        namespace: is.namespace,
        message: `${titled(is)} holds what ${titled(kept)} kept at home with ${REFLECTION.skip}, and lacks the annotation: Liqo copies it to ${to.text}.`,
        remedy: `Give it ${REFLECTION.skip}: "true", unless the providers may read it.`,
        manifest: is,
        field: reflectedPath(is),
        clusters: to.clusters,
      },
    ];
  });
}

const REFLECTORS = { secret: 'Secret', configmap: 'ConfigMap' } as const;
type Reflector = keyof typeof REFLECTORS;

/** What a reflector copies: nothing, what is allowed, or all but what is kept at home. */
function extent(read: (field: 'type' | 'workers') => Json | undefined): number {
  if (read('workers') === 0) return 0;
  return read('type') === 'AllowList' ? 1 : 2;
}

const isUnchanged = (one: Manifest, { byIdentity }: State) =>
  (byIdentity.get(identityOf(one)) ?? []).some(({ body }) => sameJson(body, one.body));

const isOptions = ({ apiVersion, kind }: Manifest) =>
  kind === 'VkOptionsTemplate' && groupOf(apiVersion) === 'offloading.liqo.io';

/** Both forms of what configures a reflector: values of Liqo's chart, and templates of virtual kubelets. */
function reflectorsOf(change: Change, kind: Reflector) {
  const installed = installedBefore(change).map(({ was, is = was }) => ({
    manifest: is.manifest,
    extents: [was, is].map((one) => extent((field) => valueIn(one, 'offloading', 'reflection', kind, field))),
  }));
  const options = updated(change.before, change.after.manifests.filter(isOptions)).map(({ was, is }) => ({
    manifest: is,
    extents: [was, is].map(({ body }) =>
      extent((field) => valueAt(body, 'spec', 'reflectorsConfig', kind, field)),
    ),
  }));
  return [...installed, ...options];
}

/** Reflectors that copy more than before, of every offloaded namespace. */
function ofReflectors(change: Change): Problem[] {
  const namespaces = [...change.after.offloadingsOf.keys()].sort();
  const of = namespaces.length === 0 ? 'every offloaded namespace' : someOf(namespaces);
  return (Object.keys(REFLECTORS) as Reflector[]).flatMap((kind) =>
    reflectorsOf(change, kind).flatMap(({ manifest, extents: [old = 2, now = 2] }) => {
      if (now <= old) return [];
      const what = now === 1 ? `with ${REFLECTION.allow}` : `without ${REFLECTION.skip}`;
      return [
        {
          message: `The ${manifest.kind} '${manifest.name}' has Liqo copy more: every ${REFLECTORS[kind]} ${what} of ${of} goes to the providers.`,
          remedy: `Set type and workers of the reflector back, or give ${REFLECTION.skip}: "true" to what providers may not read.`,
          manifest,
        },
      ];
    }),
  );
}

export const reflectionWidened: ChangeRule = {
  name: 'reflection-widened',
  category: 'risky',
  about: 'change',
  summary: 'Liqo newly copies a Secret or a ConfigMap to providers.',
  why: "In an offloaded namespace, under every podOffloadingStrategy, Liqo's virtual kubelets copy Secrets and ConfigMaps into the twin namespaces. `liqo.io/skip-reflection`, with any value but `false`, keeps an object at home. Where the chart's value `offloading.reflection.<kind>.type` is AllowList, nothing is copied without `liqo.io/allow-reflection`, and with 0 workers nothing at all; a change of these, or of a VkOptionsTemplate, is found too. Of Secrets that a SealedSecret, an ExternalSecret, a Certificate or a Vault secret has made, the annotations of the template count. So does the annotation of one that is renamed or copied: a new object that holds the same, or that has the same keys and comes in its place, needs it as well. What was copied once the provider may have read.",
  source:
    'Liqo docs/usage/reflection.md; pkg/virtualKubelet/reflection/generic/namespaced.go (ShouldSkipReflection); deployments/liqo/templates/liqo-vk-options-template.yaml',
  check: (change, facts) => [
    ...ofObjects(change, facts),
    ...ofContent(change, facts),
    ...ofReflectors(change),
  ],
};
