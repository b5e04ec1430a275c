// What to do about each trouble: said once, however many namespaces have it.

export type Trouble =
  | 'missing'
  | 'different'
  | 'immutable'
  | 'twin'
  | 'failed'
  | 'deleting'
  | 'unknown'
  | 'unselected'
  | 'overlooked'
  | 'creating'
  | 'undeclared';

export const REMEDIES: Readonly<Record<Trouble, string>> = {
  missing:
    'Missing: no engine has applied it, or somebody deleted it. Ask the Application or the Kustomization that applies dist; was kubectl asked for namespaces and namespaceoffloadings?',
  different:
    'Different: an engine has not applied the newest commit, or somebody changed it by hand. `check --against -` says what applying dist does to it.',
  immutable:
    'Immutable fields: Liqo refuses to update them, so applying dist fails. docs/changing-a-strategy.md leads through the two steps.',
  twin: "Twins of another name: the `id` in config/cluster.ts is not this cluster's Liqo ID, or this is another cluster.",
  failed:
    'CreationLoopBackOff: the provider has a namespace of that name which is not of this cluster, or does not take the name. Choose another mapping (docs/changing-a-strategy.md), or have its owner give the name up.',
  deleting:
    'Deletions wait until every provider has deleted the twin: one that is out of reach holds them up. Nothing takes a deletion back.',
  unknown:
    'No status: is liqo-controller-manager running? An offloading whose selector is absent or in error is stuck like this too: run `check`.',
  unselected:
    'No cluster: no virtual node matches the selector. `explain <namespace>` says why; `kubectl get virtualnodes -A` lists them.',
  overlooked:
    'Selected by the inventory only: it is older than the cluster, or the peering is not up. Import it anew: `kubectl get virtualnodes,nodes -A -o yaml | cdk8s-liqo import -`.',
  creating: 'Being created: look again in a minute; a provider that is out of reach keeps it so.',
  undeclared:
    'Not in dist: offloaded by hand or from elsewhere. Declare it, or unoffload it once nobody needs its twins.',
};
