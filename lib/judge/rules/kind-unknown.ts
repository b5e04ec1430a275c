import { slipOf, suggestion } from '../../input/schema';
import { OFFLOADING_KIND } from '../../liqo/constants';
import { isLiqoGroup, LIQO_KINDS, liqoKind, type LiqoKind } from '../../liqo/kinds';
import { groupOf, stringsAt, type Manifest } from '../../manifests/manifest';
import type { Problem, StateRule } from '../rule';

const GROUPS = [...new Set(LIQO_KINDS.map(({ group }) => group))];
const KINDS = [...new Set(LIQO_KINDS.map(({ kind }) => kind))];

/** The kind that was probably meant: the same kind of another group, or one with a similar name. */
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

/** A group named after Liqo, with another top-level domain or none. */
const NAMES_LIQO = /(^|\.)liqo(\.[a-z]+)?$/;

/** Whether an object is meant for Liqo: its group is, or resembles, one of Liqo's, or its kind resembles NamespaceOffloading. */
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
  const consequence = meant?.kind === OFFLOADING_KIND ? ', and it offloads nothing' : '';
  const correct =
    meant === undefined
      ? 'Remove it'
      : `Did you mean ${meant.kind} of ${meant.group}/${meant.version}? Otherwise remove it`;
  return {
    namespace: namespace || undefined,
    message: `The API server refuses '${name}'${consequence}: Liqo v1.0 to v1.2 has no ${kind} in ${apiVersion}.`,
    remedy: `${correct}, or lower the rule if your version of Liqo serves it.`,
    manifest,
    field: [meant === undefined || meant.kind === kind ? 'apiVersion' : 'kind'],
  };
}

export const kindUnknown: StateRule = {
  name: 'kind-unknown',
  category: 'broken',
  about: 'state',
  summary: 'An object has a kind or an API group that Liqo does not serve.',
  why: 'kubectl and GitOps engines find no such kind in the cluster, so the object is never created, and the rest of the sync may not be applied either. The rule finds kinds of `liqo.io` groups that Liqo v1.0 to v1.2 does not have, a NamespaceOffloading (or a similar name) of another group, and misspelt groups. It ignores kinds that a CustomResourceDefinition among the manifests defines.',
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
