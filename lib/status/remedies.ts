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
    'Missing: no engine has applied it, or it was deleted. Check the Application or Kustomization that applies dist, and that kubectl listed namespaces and namespaceoffloadings.',
  different:
    'Different: an engine has not applied the newest commit, or it was changed by hand. `check --against -` shows what applying dist does to it.',
  immutable:
    'Immutable fields: Liqo refuses to update them, so applying dist fails. docs/changing-a-strategy.md describes the two steps.',
  twin: "Twins with another name: the `id` in config/cluster.ts is not this cluster's Liqo ID, or this is another cluster.",
  failed:
    'CreationLoopBackOff: the provider already has a namespace with that name from another owner, or refuses the name. Choose another mapping (docs/changing-a-strategy.md), or ask the owner to give up the name.',
  deleting:
    'Deletions wait until every provider has deleted the twin: an unreachable provider blocks them. A deletion cannot be undone.',
  unknown:
    'No status: check that liqo-controller-manager is running. An offloading whose selector is absent or invalid also stays like this: run `check`.',
  unselected:
    'No cluster: no virtual node matches the selector. `explain <namespace>` shows why; `kubectl get virtualnodes -A` lists them.',
  overlooked:
    'Selected only by the inventory: it is out of date, or the peering is not up. Import it again: `kubectl get virtualnodes,nodes -A -o yaml | cdk8s-liqo import -`.',
  creating: 'Being created: check again in a minute. An unreachable provider keeps it in this state.',
  undeclared:
    'Not in dist: offloaded by hand or from another source. Declare it, or unoffload it once its twins are no longer needed.',
};
