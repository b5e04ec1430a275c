import { claimsOf, claimTemplatesOf } from '../pod-data';
import type { Facts, StateRule } from '../rule';
import { valueAt } from '../../manifests/manifest';
import type { State } from '../state';
import { claimIn, classOf, isLiqoClass } from '../storage';
import { surroundings } from '../surroundings';
import { environmentOf, reachOf, workloadsOf, type Workload } from '../workloads';

/** Whether pods run on other clusters or nowhere; a nodeName is how Liqo's documentation has storage of one's own used there. */
function isRemoteOnly(workload: Workload, state: State, facts: Facts): boolean {
  const { pod, manifest } = workload;
  if (pod.nodeName !== undefined || surroundings(state, manifest.namespace, facts).offloading === undefined)
    return false;
  const { landing, virtual } = reachOf(pod, environmentOf(workload, state, facts), facts);
  return landing.outcome === 'stored' && landing.local.answer === 'no' && virtual.answer !== 'no';
}

/** The claims of a workload that have another class than Liqo's, as far as manifests show them, in words. */
function foreignClaims(workload: Workload, state: State): string[] {
  const { manifest } = workload;
  const named = claimsOf(workload).flatMap((name) => {
    const claim = claimIn(state, manifest.namespace, name);
    return claim === undefined ? [] : [{ name, class: classOf(claim.body) }];
  });
  const made = claimTemplatesOf(manifest).map((template) => {
    const name = valueAt(template, 'metadata', 'name');
    return { name: typeof name === 'string' ? name : '', class: classOf(template) };
  });
  return [...named, ...made]
    .filter((one) => !isLiqoClass(one.class, state))
    .map(
      (one) =>
        `'${one.name}' (${one.class === undefined ? "of the cluster's default class" : one.class === '' ? 'of no class' : `of class '${one.class}'`})`,
    );
}

export const claimNotCarried: StateRule = {
  name: 'claim-not-carried',
  category: 'risky',
  about: 'state',
  summary: "Pods that run on other clusters only use a claim that is not of Liqo's class.",
  why: "Liqo makes a claim of its own class anew on the provider, with a class of that cluster behind it. Of any other claim it takes nothing along: the pod keeps naming it there, and waits for a claim of that name on the provider, or is not scheduled at all because the claim's volume is at home.",
  source:
    'Liqo docs/usage/stateful-applications.md, docs/features/storage-fabric.md; pkg/virtualKubelet/reflection/storage/persistentvolumeclaim.go (shouldProvision)',
  check: (state, facts) =>
    workloadsOf(state).flatMap((workload) => {
      const claims = foreignClaims(workload, state);
      if (claims.length === 0 || !isRemoteOnly(workload, state, facts)) return [];
      const { manifest, title } = workload;
      return [
        {
          namespace: manifest.namespace,
          message: `The pods of ${title} in '${manifest.namespace}' can run on other clusters only, and Liqo takes no claim there but those of its own class: they wait for ${claims.join(', ')}.`,
          remedy:
            "Give new claims Liqo's class ('liqo' unless the chart's values say otherwise), or let the pods run at home.",
          manifest,
        },
      ];
    }),
};
