// What a user writes. docs/config.md is generated from the comments here, so they are the reference.
import type { Chart } from 'cdk8s';

/** The cluster that the namespaces live in: the default export of `config/cluster.ts`. */
export interface ClusterConfig {
  /** The consumer's Liqo cluster ID, a DNS-1123 label: the second half of a twin namespace's default name. */
  readonly id: string;
  /**
   * The RuntimeClass through which pods ask for a virtual node.
   * @default the one that Liqo's chart installs
   */
  readonly runtimeClass?: RuntimeClassConfig;
  /**
   * Whether to write kustomize Components for workloads of other repositories into components/, one a placement of each
   * offloaded namespace: see docs/components.md.
   * @default false
   */
  readonly components?: boolean;
  /**
   * The deployed state that the judge compares with: a git ref such as `origin/main`.
   * @default the main branch of origin, else HEAD, else (outside git) the dist on disk
   */
  readonly baseline?: string;
  /**
   * The severity of findings, by the rule's name; docs/rules.md shows which rules can be lowered.
   * @default each rule's own
   */
  readonly severities?: Readonly<Record<string, SeveritySetting>>;
  /**
   * How many commits of the baseline the judge looks at for a newly offloaded namespace: it may have been unoffloaded
   * there with another strategy, which the engine may not have reconciled yet. `0` looks at none.
   * @default 20
   */
  readonly settledAfterCommits?: number;
  /**
   * What to write for the engines that apply dist: annotations on its objects, and objects of their own in gitops/: see
   * docs/gitops.md.
   * @default nothing
   */
  readonly gitops?: GitOpsConfig;
  /**
   * What the cluster itself enforces, with ValidatingAdmissionPolicies in dist/cluster/guard.yaml: see docs/guard.md.
   * `{}` guards everything, and only warns.
   * @default nothing
   */
  readonly guard?: GuardConfig;
  /**
   * The paths of pods in kinds that cdk8s-liqo does not know: they are then placed, explained and judged like any others.
   * docs/workloads.md lists the kinds that it knows.
   * @default none
   */
  readonly podTemplates?: readonly PodTemplateConfig[];
}

/** The guard: which manual changes it stops, and who is exempt. It needs Kubernetes 1.30. */
export interface GuardConfig {
  /**
   * What happens to a change that it stops: `warn` lets it through with a warning, `audit` with a line in the audit log alone,
   * `deny` refuses it, `off` guards nothing.
   * @default 'warn'
   */
  readonly action?: GuardSetting;
  /**
   * The same for single things, by their names in docs/guard.md.
   * @default that of all
   */
  readonly actions?: Readonly<Partial<Record<Guarded, GuardSetting>>>;
  /**
   * The same for single policies, by their names. `deny` for one of which CEL can hold nothing is an error.
   * @default that of `policies` in `actions`
   */
  readonly policies?: Readonly<Record<string, GuardSetting>>;
  /**
   * The users that the GitOps engines act as: service accounts are `system:serviceaccount:<namespace>:<name>`.
   * @default those of the engines in `gitops`, as `flux bootstrap` and Argo CD name them; of both without `gitops`
   */
  readonly engines?: readonly string[];
  /**
   * Who else is exempt.
   * @default none
   */
  readonly exempt?: GuardExempt;
  /**
   * The namespace that Liqo runs in: its service accounts pass.
   * @default 'liqo'
   */
  readonly liqoNamespace?: string;
  /**
   * The namespace of the ConfigMaps that the guard looks names and labels up in.
   * @default 'kube-system'
   */
  readonly parametersNamespace?: string;
}

/** Users and groups, as the API server knows them. */
export interface GuardExempt {
  /**
   * Users.
   * @default none
   */
  readonly users?: readonly string[];
  /**
   * Groups.
   * @default none
   */
  readonly groups?: readonly string[];
}

/** What happens to a change that the guard stops. */
export type GuardSetting = 'off' | 'warn' | 'audit' | 'deny';

/** What the guard guards; docs/guard.md says what each is. */
export type Guarded =
  | 'offloading-deletion'
  | 'namespace-deletion'
  | 'narrowing'
  | 'webhook-skip'
  | 'scheduling-label'
  | 'peering-deletion'
  | 'cluster-labels'
  | 'local-pods'
  | 'policies';

/** Where a kind has its pods. Paths are keys from the root of the object, parted by dots; `*` stands for each element of a list, or each key of a map. */
export interface PodTemplateConfig {
  /** The group and a version of the kind, such as `example.com/v1`; it counts in every version. */
  readonly apiVersion: string;
  /** The kind. */
  readonly kind: string;
  /** The pod template, with `metadata` and `spec` in it: `spec.template`, `spec.workers.*.template`. */
  readonly path: string;
  /**
   * Where the RuntimeClass of the pods lies.
   * @default in the spec of the template
   */
  readonly runtimeClassName?: string;
  /**
   * Where their tolerations lie.
   * @default in the spec of the template
   */
  readonly tolerations?: string;
  /**
   * Where their affinity lies.
   * @default in the spec of the template
   */
  readonly affinity?: string;
}

/** The GitOps engines that apply dist; a repository may serve both. */
export interface GitOpsConfig {
  /**
   * Argo CD: sync waves and sync options on the objects, an Application for each folder, and the health of a
   * NamespaceOffloading.
   * @default none
   */
  readonly argocd?: ArgoCDConfig;
  /**
   * Flux: a Kustomization for each folder and layer, which waits until namespaces are offloaded.
   * @default none
   */
  readonly flux?: FluxConfig;
  /**
   * When a NamespaceOffloading lets what comes after it be applied.
   * @default only when every selected provider has its twin namespace
   */
  readonly health?: GitOpsHealth;
}

/** Verdicts of the health checks that are yours; docs/gitops.md has the others. */
export interface GitOpsHealth {
  /**
   * Of an offloading that selects no provider.
   * @default 'degraded'
   */
  readonly noClusterSelected?: 'healthy' | 'progressing' | 'degraded';
  /**
   * Of an offloading that some of the selected providers refuse; `healthy` goes on with the others.
   * @default 'degraded'
   */
  readonly someFailed?: 'healthy' | 'progressing' | 'degraded';
}

/** Argo CD's Applications, in gitops/argocd. */
export interface ArgoCDConfig {
  /** The repository that dist lies in, as Argo CD knows it. */
  readonly repoURL: string;
  /**
   * The branch, tag or commit of it.
   * @default 'HEAD'
   */
  readonly targetRevision?: string;
  /**
   * The namespace of the Applications.
   * @default 'argocd'
   */
  readonly namespace?: string;
  /**
   * The AppProject of the Applications.
   * @default 'default'
   */
  readonly project?: string;
  /**
   * The cluster that dist is for, by its API server or by the name that Argo CD gives it.
   * @default the one that Argo CD runs in
   */
  readonly destination?: ArgoCDDestination;
  /**
   * Whether Argo CD syncs automatically, prunes, and reverts manual changes. `false`: you start each sync.
   * @default true
   */
  readonly automated?: boolean;
  /**
   * What guards an offloaded Namespace, a NamespaceOffloading or a PersistentVolumeClaim against deletion. `confirm`:
   * you confirm it in Argo CD. Argo CD before 2.14 does not know that and deletes at once: `prevent` keeps the object
   * there, to be deleted by hand.
   * @default 'confirm'
   */
  readonly protection?: 'confirm' | 'prevent' | 'none';
  /**
   * What deleting an Application does to its objects: `Orphan` leaves them in the cluster, `Delete` deletes them.
   * @default 'Orphan'
   */
  readonly deletionPolicy?: 'Orphan' | 'Delete';
}

/** A cluster of Argo CD: either field. */
export interface ArgoCDDestination {
  /**
   * The URL of its API server.
   * @default none
   */
  readonly server?: string;
  /**
   * Its name in Argo CD.
   * @default none
   */
  readonly name?: string;
}

/** Flux's Kustomizations, in gitops/flux. */
export interface FluxConfig {
  /**
   * What Flux fetches the repository by.
   * @default the GitRepository flux-system
   */
  readonly sourceRef?: FluxSource;
  /**
   * The namespace of the Kustomizations.
   * @default 'flux-system'
   */
  readonly namespace?: string;
  /**
   * How often Flux looks at the cluster, and how soon after a failure: durations such as `10m` or `1h30m`.
   * @default '10m'
   */
  readonly interval?: string;
  /**
   * How soon Flux tries again after a failure.
   * @default '1m'
   */
  readonly retryInterval?: string;
  /**
   * How long Flux waits for an apply, and for what it applied to become healthy.
   * @default '5m'
   */
  readonly timeout?: string;
  /**
   * Whether objects that are removed from Git are deleted from the cluster.
   * @default true
   */
  readonly prune?: boolean;
  /**
   * Whether a Kustomization is ready only when everything it applied is healthy; workloads then wait for their namespaces.
   * @default true
   */
  readonly wait?: boolean;
  /**
   * What guards an offloaded Namespace, a NamespaceOffloading or a PersistentVolumeClaim against deletion. `prevent`
   * keeps the object in the cluster, to be deleted by hand.
   * @default 'none'
   */
  readonly protection?: 'prevent' | 'none';
  /**
   * What deleting a Kustomization does to its objects: `Orphan` leaves them in the cluster, `Delete` deletes them.
   * @default 'Orphan'
   */
  readonly deletionPolicy?: 'Orphan' | 'Delete';
}

/** A source of Flux. */
export interface FluxSource {
  /**
   * Its kind.
   * @default 'GitRepository'
   */
  readonly kind?: 'GitRepository' | 'OCIRepository' | 'Bucket' | 'ExternalArtifact';
  /** Its name. */
  readonly name: string;
  /**
   * Its namespace.
   * @default that of the Kustomizations
   */
  readonly namespace?: string;
}

/** Facts about the cluster for the judge, if another tool writes the manifests; every key is optional. */
export type ClusterFacts = Partial<Omit<ClusterConfig, 'components' | 'gitops' | 'guard'>>;

/** The severity of a rule: `off` hides its findings, `error` rejects the change. */
export type SeveritySetting = 'off' | 'info' | 'warning' | 'error';

/** The RuntimeClass of Liqo. With `managed`, the values of Liqo's chart for its own are fields here. */
export interface RuntimeClassConfig {
  /**
   * Its name. Where the chart installs it, this is the chart's value `offloading.runtimeClass.name`. The virtual kubelet
   * drops a pod's class on the provider only if its name is exactly `liqo`: any other needs a `remoteName`.
   * @default 'liqo'
   */
  readonly name?: string;
  /**
   * The RuntimeClass that remote pods have on the provider, where it must exist: `place(…, 'remote')` by this class writes it
   * into the annotation `liqo.io/remote-runtime-class-name` of pods that have none. Required if `name` is not `liqo`.
   * @default none
   */
  readonly remoteName?: string;
  /**
   * Whether to write it into dist/cluster. Liqo's chart always installs one: give that another name
   * (`offloading.runtimeClass.name`) and set it as `chartName`, because Helm refuses a RuntimeClass that it does not own.
   * @default false
   */
  readonly managed?: boolean;
  /**
   * The name of the chart's own class, if there is a managed one. Liqo's pod webhook skips pods of the chart's class, and
   * restricts pods of a managed one to the clusters of their namespace.
   * @default 'liqo'
   */
  readonly chartName?: string;
  /**
   * The handler of a managed class, a DNS-1123 label; immutable.
   * @default 'liqo'
   */
  readonly handler?: string;
  /**
   * Labels of a managed class.
   * @default none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of a managed class.
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * The nodes that a managed class restricts its pods to, by labels; `false` for any.
   * @default virtual nodes, liqo.io/type: virtual-node
   */
  readonly nodeSelector?: false | Readonly<Record<string, string>>;
  /**
   * The tolerations that a managed class adds to its pods; one must match the taint of virtual nodes.
   * @default that taint, virtual-node.liqo.io/not-allowed
   */
  readonly tolerations?: readonly RuntimeClassToleration[];
}

/** A core/v1 Toleration. */
export interface RuntimeClassToleration {
  /**
   * The taint's key.
   * @default every key, with Exists
   */
  readonly key?: string;
  /**
   * How the taint's value relates to this one.
   * @default 'Equal'
   */
  readonly operator?: 'Exists' | 'Equal';
  /**
   * The taint's value, for Equal.
   * @default none
   */
  readonly value?: string;
  /**
   * The taint's effect.
   * @default every effect
   */
  readonly effect?: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute';
}

/** A namespace of the consumer: the default export (or one of an array) of a file below `config/namespaces`. */
export interface NamespaceConfig {
  /** The name, a DNS-1123 label. */
  readonly name: string;
  /**
   * The folder below dist/namespaces and dist/workloads, such as `team-a/shops`.
   * @default the folder of the config file below config/namespaces
   */
  readonly folder?: string;
  /**
   * Labels of the Namespace; with `manageNamespace: false`, the labels that policies may assume. Liqo's scheduling label is added if Liqo's controller would set it.
   * @default none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the Namespace.
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;
  /**
   * Whether to write the Namespace itself. `false` if it is owned elsewhere.
   * @default true
   */
  readonly manageNamespace?: boolean;
  /**
   * How the namespace is extended onto other clusters.
   * @default it is not offloaded
   */
  readonly offloading?: OffloadingConfig;
  /**
   * Adds objects of cdk8s or cdk8s-plus to a chart whose namespace is this one; they go to dist/workloads.
   * @default none
   */
  readonly constructs?: (chart: Chart) => void;
  /**
   * Existing manifests, copied to dist/workloads with this namespace and a placement.
   * @default none
   */
  readonly include?: readonly IncludeConfig[];
}

/** Manifests of the repository that a namespace includes: everything stays as it is, except for the namespace and where pods run. */
export interface IncludeConfig {
  /** A file, a folder with everything in it, or a pattern (`**`, `*`, `?`, `{a,b}`), from the project's folder; never out of the repository. */
  readonly path: string;
  /**
   * Where the pods of these manifests run.
   * @default 'inherit'
   */
  readonly placement?: WorkloadPlacement;
  /**
   * How a `remote` pod gets onto virtual nodes: by Liqo's RuntimeClass, or by a toleration.
   * @default 'runtimeClass'
   */
  readonly means?: 'runtimeClass' | 'toleration';
  /**
   * Other placements for single objects, by `Kind/name`.
   * @default none
   */
  readonly overrides?: Readonly<Record<string, WorkloadPlacement>>;
}

/**
 * Where a workload's pods run: `local` off virtual nodes, `remote` on those of clusters that the namespace selects,
 * `anywhere` on both, `inherit` as Liqo's webhook decides when they are created, with nothing in the manifest.
 */
export type WorkloadPlacement = 'inherit' | 'local' | 'remote' | 'anywhere';

/** A rule for namespaces, no matter what their configs say: an element of the default export of `config/policies.ts`. */
export interface PolicyConfig {
  /** The name that findings cite. */
  readonly name: string;
  /**
   * Its purpose, in a few words; findings cite it as well.
   * @default none
   */
  readonly description?: string;
  /**
   * The namespaces that it is for: a label selector over their labels (`data=personal`), or a list of names.
   * @default every namespace
   */
  readonly namespaces?: string | readonly string[];
  /**
   * The clusters that they may be offloaded to: a selector, or alternatives. A namespace's own selector must be proven to be a subset.
   * @default any
   */
  readonly clusters?: string | readonly (string | SelectorTerm)[];
  /**
   * The strategies that they may use.
   * @default all
   */
  readonly namespaceMappingStrategies?: readonly ('DefaultName' | 'EnforceSameName' | 'SelectedName')[];
  /**
   * The strategies that they may use.
   * @default all
   */
  readonly podOffloadingStrategies?: readonly ('LocalAndRemote' | 'Remote' | 'Local')[];
  /**
   * `local`: their pods stay off virtual nodes. The podOffloadingStrategy must be Local where there is one, and no workload may get past the taint of virtual nodes or ask for one of them. `podOffloadingStrategies: ['Local']` asks the same of the workloads of namespaces that are offloaded.
   * @default anywhere
   */
  readonly pods?: 'local';
  /**
   * Whether they must, or must not, be offloaded at all.
   * @default neither
   */
  readonly offloading?: 'forbidden' | 'required';
  /**
   * How many clusters each may select; only a complete inventory can clear it.
   * @default any number
   */
  readonly maxClusters?: number;
}

/** The spec of the NamespaceOffloading, in the CRD's own words. `remoteNamespaceName` belongs to SelectedName alone. */
export type OffloadingConfig = CommonOffloading & (SelectedName | ComputedName);

/** What every NamespaceOffloading has. */
export interface CommonOffloading {
  /**
   * Where pods may run: `LocalAndRemote`, `Remote` or `Local` (services are mirrored, pods stay).
   * @default 'LocalAndRemote'
   */
  readonly podOffloadingStrategy?: 'LocalAndRemote' | 'Remote' | 'Local';
  /**
   * The clusters, as alternatives: label selectors (`topology.liqo.io/region in (south,center)`) or NodeSelectorTerms.
   * @default every cluster
   */
  readonly clusterSelector?: readonly (string | SelectorTerm)[];
}

/** A twin namespace whose name Liqo computes. */
export interface ComputedName {
  /**
   * `DefaultName` gives the twin the name `<namespace>-<cluster ID>`, `EnforceSameName` the namespace's own. Immutable.
   * @default 'DefaultName'
   */
  readonly namespaceMappingStrategy?: 'DefaultName' | 'EnforceSameName';
  readonly remoteNamespaceName?: never;
}

/** A twin namespace whose name is chosen. */
export interface SelectedName {
  /** Takes the twin's name from `remoteNamespaceName`. Immutable. */
  readonly namespaceMappingStrategy: 'SelectedName';
  /** The twin's name on every provider, a DNS-1123 label. Immutable. */
  readonly remoteNamespaceName: string;
}

/** A core/v1 NodeSelectorTerm: all requirements must hold. matchFields are refused: Liqo's pod webhook drops them. */
export interface SelectorTerm {
  /** Requirements on labels of virtual nodes, at least one. */
  readonly matchExpressions: readonly SelectorRequirement[];
}

/** A core/v1 NodeSelectorRequirement. */
export interface SelectorRequirement {
  /** The label. */
  readonly key: string;
  /** How the label relates to the values. */
  readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' | 'Gt' | 'Lt';
  /**
   * At least one for In and NotIn, one integer for Gt and Lt, none for Exists and DoesNotExist.
   * @default none
   */
  readonly values?: readonly string[];
}
