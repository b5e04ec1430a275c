import { slipOf, suggestion } from '../../input/schema';
import { OFFLOADING_KIND } from '../../liqo/constants';
import { isLiqoGroup, LIQO_KINDS, liqoKind, type LiqoKind } from '../../liqo/kinds';
import { groupOf, stringsAt, type Manifest } from '../../manifests/manifest';
import type { Problem, StateRule } from '../rule';

const GROUPS = [...new Set(LIQO_KINDS.map(({ group }) => group))];
const KINDS = [...new Set(LIQO_KINDS.map(({ kind }) => kind))];

/** What somebody meant by a kind that nobody serves: the same kind elsewhere, or one that is nearly called so. */
function meantBy(group: string, kind: string): LiqoKind | undefined {
  const same = LIQO_KINDS.find((one) => one.kind === kind);
  const here = LIQO_KINDS.filter((one) => one.group === (slipOf(group, GROUPS) ?? group));
  const candidates = here.length > 0 ? here : LIQO_KINDS;
  const name = suggestion(
    kind,
    candidates.map((one) => one.kind),
  );
  return same ?? candidates.find((one) => one.kind === name);
}

/** A group that says Liqo's name, with another end or none. */
const NAMES_LIQO = /(^|\.)liqo(\.[a-z]+)?$/;

/** Whether an object is meant for Liqo: its group is Liqo's or nearly so, or it is nearly a NamespaceOffloading of any group. */
function isForLiqo({ apiVersion, kind }: Manifest): boolean {
  const group = groupOf(apiVersion);
  if (isLiqoGroup(group) || slipOf(kind, [OFFLOADING_KIND]) !== undefined) return true;
  if (NAMES_LIQO.test(group)) return slipOf(kind, KINDS) !== undefined;
  return slipOf(group, GROUPS) !== undefined && meantBy(group, kind) !== undefined;
}

/** The kinds that the manifests themselves define, as `group/kind`. */
const definedIn = (manifests: readonly Manifest[]): ReadonlySet<string> =>
  new Set(
    manifests
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ body }) => {
        const group = stringsAt(body, 'spec').get('group') ?? '';
        return `${group}/${stringsAt(body, 'spec', 'names').get('kind') ?? ''}`;
      }),
  );

function problem(manifest: Manifest): Problem {
  const { apiVersion, kind, name, namespace } = manifest;
  const meant = meantBy(groupOf(apiVersion), kind);
  const consequence = meant?.kind === OFFLOADING_KIND ? ', and nothing is offloaded by it' : '';
  const correct =
    meant === undefined
      ? ''
      : `Did you mean ${meant.kind} of ${meant.group}/${meant.version}? Otherwise remove it; `;
  return {
    namespace: namespace || undefined,
    message: `No Liqo that we know serves ${kind} as ${apiVersion}: the API server refuses '${name}'${consequence}.`,
    remedy: `${correct || 'Remove it; '}if your Liqo is newer and serves it, lower the rule.`,
    manifest,
    field: [meant === undefined || meant.kind === kind ? 'apiVersion' : 'kind'],
  };
}

export const kindUnknown: StateRule = {
  name: 'kind-unknown',
  category: 'broken',
  about: 'state',
  summary: 'An object of a kind, or of a group, that Liqo does not serve.',
  why: 'kubectl and GitOps engines find no such kind in the cluster, so the object is never there, and the rest of the sync may not be applied either. Found are all kinds of groups in `liqo.io` that are not among those of Liqo v1.0 to v1.2, a NamespaceOffloading, or what is nearly called so, of any other group, and groups that are misspelt. Kinds that a CustomResourceDefinition beside them defines are left alone.',
  source: "Liqo's CRDs, deployments/liqo/charts/liqo-crds/crds",
  check: ({ manifests }) => {
    const candidates = manifests.filter(
      (one) => isForLiqo(one) && liqoKind(groupOf(one.apiVersion), one.kind) === undefined,
    );
    if (candidates.length === 0) return [];
    const defined = definedIn(manifests);
    return candidates
      .filter(({ apiVersion, kind }) => !defined.has(`${groupOf(apiVersion)}/${kind}`))
      .map(problem);
  },
};
