// What the guard guards and how its objects are marked: what configs, the compiler, the judge and reports have in common.

/** On each object of the guard: what it guards. */
export const GUARD_LABEL = 'cdk8s-liqo.io/guard';
/** On an object: what a person is allowed to do to it, and why. */
export const ALLOW_ANNOTATION = 'cdk8s-liqo.io/allow';

/** What is guarded, and what the guard stops of it: the end of "stops …". */
export const GUARDED = {
  'offloading-deletion': 'the deletion of a NamespaceOffloading, which deletes its twin namespaces',
  'namespace-deletion':
    'the deletion of an offloaded Namespace, of the namespace of a peering, and of that of Liqo',
  narrowing: 'an update of a NamespaceOffloading that drops a term of its selector or makes one stricter',
  'webhook-skip': "the label liqo.io/webhook-skip, which disables Liqo's own webhook for an offloading",
  'scheduling-label': "an update that removes Liqo's scheduling label from a Namespace",
  'peering-deletion':
    'the deletion of a VirtualNode, ResourceSlice, ForeignCluster or NamespaceMap, which ends a peering',
  'cluster-labels': 'an update of a virtual node that changes a label used by a selector or a policy',
  'local-pods': 'a pod that tolerates or names virtual nodes itself, in namespaces that policies keep Local',
  policies: 'what config/policies.ts forbids, as far as CEL can express it',
} as const;
export type Guarded = keyof typeof GUARDED;

export const GUARD_ACTIONS = ['off', 'warn', 'audit', 'deny'] as const;
/** What happens to what the guard stops: it passes with a warning, passes and is audited, or is denied. `off`: it is not guarded. */
export type GuardAction = (typeof GUARD_ACTIONS)[number];
export const DEFAULT_GUARD_ACTION: GuardAction = 'warn';

/** The matchConditions that let somebody pass, by name, and who that is. */
export const PASSES = {
  'not-an-engine': 'the GitOps engines, whose changes were judged',
  'not-liqo': "Liqo's own service accounts",
  'not-kubernetes': "Kubernetes' namespace controller and garbage collector",
  'not-exempt': 'users that the settings exempt',
} as const;
export type Pass = keyof typeof PASSES;

/** How far a constraint of a policy is held in the cluster. */
export type Held = 'held' | 'partly' | 'by the judge alone';

/** The guard in words. */
export interface GuardDescription {
  readonly guarded: readonly {
    readonly name: Guarded;
    readonly stops: string;
    readonly action: GuardAction;
  }[];
  readonly passes: readonly { readonly who: string; readonly names: readonly string[] }[];
  /** What each policy asks for, and who holds it. */
  readonly policies: readonly {
    readonly policy: string;
    readonly asks: string;
    readonly held: Held;
    readonly action: GuardAction;
    readonly why: string;
  }[];
}
