import { REFLECTION, type Reflection } from '../../liqo/annotations';
import { annotationsOf, groupOf, type Manifest } from '../../manifests/manifest';
import { describe, reached } from '../cluster-impact';
import type { ChangeRule, Facts } from '../rule';
import { updated, type State } from '../state';
import { surroundings } from '../surroundings';

const KINDS: ReadonlySet<string> = new Set(['Secret', 'ConfigMap']);

/** Whether an annotation says so: it is there with any value but "false" (ShouldSkipReflection). */
function says(manifest: Manifest, annotation: Reflection): boolean {
  const value = annotationsOf(manifest).get(REFLECTION[annotation]);
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

export const reflectionWidened: ChangeRule = {
  name: 'reflection-widened',
  category: 'risky',
  about: 'change',
  summary: 'Liqo newly copies a Secret or a ConfigMap to providers.',
  why: "In an offloaded namespace, under every podOffloadingStrategy, Liqo's virtual kubelets copy Secrets and ConfigMaps into the twin namespaces. `liqo.io/skip-reflection`, with any value but `false`, keeps an object at home. Where the chart's value `offloading.reflection.<kind>.type` is AllowList, nothing is copied without `liqo.io/allow-reflection`. What was copied once the provider may have read.",
  source:
    'Liqo docs/usage/reflection.md; pkg/virtualKubelet/reflection/generic/namespaced.go (ShouldSkipReflection)',
  check: ({ before, after }, facts) => {
    const candidates = after.manifests.filter(
      ({ apiVersion, kind, name }) => groupOf(apiVersion) === '' && KINDS.has(kind) && name !== '',
    );
    return updated(before, candidates).flatMap(({ was, is }) => {
      const found = widened(was, is);
      const to = found && whereTo(is.namespace, after, facts);
      if (found === undefined || to === undefined) return [];
      return [
        {
          namespace: is.namespace,
          message: `${is.kind} '${is.name}' in '${is.namespace}' ${found.what}: Liqo copies it to ${to.text}.`,
          remedy: `${found.remedy}, unless the providers may read it.`,
          manifest: is,
          field: ['metadata', 'annotations'],
          clusters: to.clusters,
        },
      ];
    });
  },
};
