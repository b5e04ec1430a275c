// The namespace itself: what its strategies mean, what its twin is called, and which providers have one and why not.
import { readableSelection, selectionOf } from '../judge/cluster-impact';
import type { Offloading } from '../judge/offloading';
import type { Surroundings } from '../judge/surroundings';
import type { Provider, Selected } from '../liqo/inventory';
import { nodeOf, twinOn } from '../liqo/landing';
import type { NamespaceMappingStrategy, PodOffloadingStrategy } from '../liqo/namespace-offloading';
import { fits } from '../liqo/scheduling';
import { valueAt } from '../manifests/manifest';
import { EVERYTHING } from '../selector/algebra';
import { printTerm } from '../selector/print';
import type { NodeSelector } from '../selector/term';
import { selectorInError, twinProblem, type Known } from './known';
import { reasonsOf, type Reason } from './reasons';

export interface ProviderExplanation {
  /** The provider's cluster ID. */
  readonly provider: string;
  readonly selected: Selected;
  /** Which requirements fail, where it is not selected, or not certain to be. */
  readonly reasons: readonly Reason[];
  /** Why there is no twin namespace although it is selected, or what makes that uncertain. */
  readonly notes: readonly string[];
  /** Whether there is a twin namespace. */
  readonly twin: Selected;
}

export interface OffloadingExplanation {
  /** Undefined where the API server refuses the value. */
  readonly mapping: NamespaceMappingStrategy | undefined;
  readonly pods: PodOffloadingStrategy | undefined;
  /** Alternatives; none: every cluster. */
  readonly selector: readonly string[];
  /** The name of the twin namespaces; undefined where it is not known. */
  readonly twin: string | undefined;
  readonly providers: readonly ProviderExplanation[];
}

export interface NamespaceExplanation {
  readonly labelled: boolean;
  readonly offloading?: OffloadingExplanation;
  readonly assumptions: readonly string[];
}

/** The alternatives as text. */
function selectorText(offloading: Offloading): string[] {
  const selection = selectionOf(offloading);
  if (selection === EVERYTHING) return [];
  const terms = readableSelection(selection);
  const written = valueAt(offloading.manifest.body, 'spec', 'clusterSelector', 'nodeSelectorTerms');
  if (terms === undefined) return [JSON.stringify(written)];
  return terms.map((term) => printTerm(term) || 'a term without requirements, which selects no cluster');
}

/** Why a selector does not select a virtual node. */
function misses(terms: NodeSelector, provider: Provider, at: number): Reason[] {
  const node = provider.virtualNodes[at];
  if (node === undefined) return [];
  const one = { ...nodeOf(provider, node), taints: [] };
  const fit = fits({ nodeSelector: {}, tolerations: [], required: terms }, one);
  return fit.answer === 'no' ? reasonsOf(fit.exclusions, one) : [];
}

const unique = (reasons: readonly Reason[]) => [...new Map(reasons.map((one) => [one.text, one])).values()];

function explainProvider(
  provider: Provider,
  around: Surroundings,
  { consumer }: Known,
  terms: NodeSelector | undefined,
): ProviderExplanation {
  const selected = twinOn(around.pods ?? podsUnknown(around), provider);
  const problem = selected === 'no' ? undefined : twinProblem(around, provider, consumer);
  const missing =
    terms === undefined || terms.length === 0
      ? []
      : unique(provider.virtualNodes.flatMap((_, at) => misses(terms, provider, at)));
  const doubt = selectorInError(around)
    ? 'the clusterSelector is invalid, and what Liqo does with it is unknown'
    : 'the selector matches only some of its virtual nodes: the twin namespace comes and goes';
  return {
    provider: provider.id,
    selected,
    reasons: missing,
    notes: [
      ...(selected === 'perhaps' ? [doubt] : []),
      ...(problem === undefined ? [] : [`no twin namespace: ${problem}`]),
    ],
    twin: problem === undefined ? selected : 'no',
  };
}

/** An offloading whose strategy nobody can read selects nevertheless. */
function podsUnknown({ offloading }: Surroundings) {
  if (offloading === undefined) return undefined;
  const selection = selectionOf(offloading);
  return { pods: 'Local', terms: selection === EVERYTHING ? [] : selection } as const;
}

export function explainNamespace(around: Surroundings, known: Known): NamespaceExplanation {
  const { labelled, assumptions, offloading, twin } = around;
  if (offloading === undefined) return { labelled, assumptions };
  const terms = readableSelection(selectionOf(offloading));
  return {
    labelled,
    assumptions,
    offloading: {
      mapping: offloading.mapping,
      pods: offloading.pods,
      selector: selectorText(offloading),
      twin,
      providers: (known.inventory?.providers ?? []).map((one) => explainProvider(one, around, known, terms)),
    },
  };
}
