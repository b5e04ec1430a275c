import { claimsOf, claimTemplatesOf } from '../pod-data';
import type { Facts, StateRule } from '../rule';
import { valueAt } from '../../manifests/manifest';
import type { State } from '../state';
import { claimIn, classOf, isLiqoClass } from '../storage';
import { surroundings } from '../surroundings';
import { environmentOf, reachOf, workloadsOf, type Workload } from '../workloads';

/** Whether pods run on other clusters or nowhere. Liqo's documentation uses nodeName for pods with storage on a provider. */
function isRemoteOnly(workload: Workload, state: State, facts: Facts): boolean {
  const { pod, manifest } = workload;
  if (pod.nodeName !== undefined || surroundings(state, manifest.namespace, facts).offloading === undefined)
    return false;
  const { landing, virtual } = reachOf(pod, environmentOf(workload, state, facts), facts);
  return landing.outcome === 'stored' && landing.local.answer === 'no' && virtual.answer !== 'no';
}

/** The claims of a workload, in words, that manifests give another class than Liqo's. */
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
  summary:
    "Pods that can run only on other clusters use a PersistentVolumeClaim that is not of Liqo's storage class.",
  why: 'Liqo recreates a claim of its own class on the provider, with a storage class of that cluster. It does not copy any other claim: the remote pod still names it and waits for a claim of that name on the provider, or is never scheduled because the volume is on the local cluster.',
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
          message: `The pods of ${title} in '${manifest.namespace}' can run only on other clusters, where they wait for ${claims.join(', ')}: Liqo copies only claims of its own storage class.`,
          remedy:
            "Give new claims Liqo's storage class ('liqo' by default), or let the pods run on local nodes.",
          manifest,
        },
      ];
    }),
};
