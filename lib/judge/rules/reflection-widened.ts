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

/** Whether an annotation is set: present with any value but "false" (ShouldSkipReflection). */
function says(manifest: Manifest, annotation: Reflection): boolean {
  const value = reflectedAnnotations(manifest).get(REFLECTION[annotation]);
  return value !== undefined && value.toLowerCase() !== 'false';
}

/** What now lets Liqo copy an object, and how to prevent it; undefined if nothing does. */
function widened(was: Manifest, is: Manifest): { what: string; remedy: string } | undefined {
  const { skip, allow } = REFLECTION;
  if (says(was, 'skip') && !says(is, 'skip'))
    return { what: `loses ${skip}`, remedy: `Give it ${skip}: "true"` };
  if (!says(was, 'allow') && says(is, 'allow') && !says(is, 'skip'))
    return {
      what: `gains ${allow}, which matters if Liqo reflects only allowed objects`,
      remedy: `Remove ${allow}`,
    };
  return undefined;
}

/** Where an object is copied to; undefined if it is certainly copied nowhere. */
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

/** Objects that lose what kept them from being copied. */
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
        remedy: `${found.remedy} unless the providers may read the object.`,
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
        message: `${titled(is)} holds the data that ${titled(kept)} kept from providers with ${REFLECTION.skip}, but lacks that annotation: Liqo copies it to ${to.text}.`,
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

/** What a reflector copies: nothing, only allowed objects, or all that are not skipped. */
function extent(read: (field: 'type' | 'workers') => Json | undefined): number {
  if (read('workers') === 0) return 0;
  return read('type') === 'AllowList' ? 1 : 2;
}

const isUnchanged = (one: Manifest, { byIdentity }: State) =>
  (byIdentity.get(identityOf(one)) ?? []).some(({ body }) => sameJson(body, one.body));

const isOptions = ({ apiVersion, kind }: Manifest) =>
  kind === 'VkOptionsTemplate' && groupOf(apiVersion) === 'offloading.liqo.io';

/** Both settings of a reflector: values of Liqo's chart, and templates of virtual kubelets. */
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
          message: `The ${manifest.kind} '${manifest.name}' makes Liqo copy more: the providers get every ${REFLECTORS[kind]} ${what} of ${of}.`,
          remedy: `Revert type and workers of the reflector, or set ${REFLECTION.skip}: "true" on objects that providers must not read.`,
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
  summary: 'Liqo starts to copy a Secret or a ConfigMap to providers.',
  why: "In an offloaded namespace, under every podOffloadingStrategy, Liqo's virtual kubelets copy Secrets and ConfigMaps into the twin namespaces. `liqo.io/skip-reflection`, with any value but `false`, prevents that. If the chart's value `offloading.reflection.<kind>.type` is AllowList, only objects with `liqo.io/allow-reflection` are copied, and with 0 workers nothing is. The rule also finds a change of these values, or of a VkOptionsTemplate. For a Secret that comes from a SealedSecret, an ExternalSecret, a Certificate or a Vault secret, the annotations of the template count. A renamed or copied object needs the annotation too: the rule finds a new object that holds the same data, or that replaces an object with the same keys, without it. Once an object was copied, the provider may have read it.",
  source:
    'Liqo docs/usage/reflection.md; pkg/virtualKubelet/reflection/generic/namespaced.go (ShouldSkipReflection); deployments/liqo/templates/liqo-vk-options-template.yaml',
  check: (change, facts) => [
    ...ofObjects(change, facts),
    ...ofContent(change, facts),
    ...ofReflectors(change),
  ],
};
