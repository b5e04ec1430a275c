// config/policies.ts in CEL, as far as it goes: one part a policy. The judge proves more, and whoever it has let through
// passes; so what a text does not show to be allowed is stopped, and for that a change in Git is the way.
import type { PolicyConfig } from '../../config/types';
import { unitName } from '../gitops/names';
import { selectorTerms } from '../../config/selector';
import { REMOTE_CLUSTER_LABEL } from '../../liqo/constants';
import type { Held } from '../../liqo/guard';
import { DEFAULT_MAPPING_STRATEGY, DEFAULT_POD_STRATEGY } from '../../liqo/namespace-offloading';
import { printTerm } from '../../selector/print';
import { field, literal, literals } from './cel';
import { isLocal } from './local-pods';
import type { Part, Watched } from './part';
import { scopeOf } from './scope';
import { termsOf, watchOffloadings, withinKnown } from './terms';

/** What a policy asks for, in words and in CEL. */
interface Constraint {
  readonly asks: string;
  readonly held: Held;
  readonly why: string;
  /** CEL; undefined where the judge alone can tell. */
  readonly fits?: string;
  readonly on?: 'DELETE';
}

const IN_TEXT = 'the field says it';

/** Only what an update changes is looked at: what was there is the judge's to report. */
const changed = (now: string, then: string, fits: string) =>
  `request.operation == "UPDATE" && ${now} == ${then} || ${fits}`;

function strategy(name: string, otherwise: string, allowed: readonly string[]): Constraint {
  const at = (object: string) => field(object, ['spec', name], literal(otherwise));
  return {
    asks: `${name}: ${allowed.join(', ')}`,
    held: 'held',
    why: IN_TEXT,
    fits: changed(at('object'), at('oldObject'), `${at('object')} in ${literals(allowed)}`),
  };
}

const TERMS = { now: 'variables.newTerms', then: 'variables.oldTerms' };

function clusters(selector: NonNullable<PolicyConfig['clusters']>): Constraint {
  const allowed = selectorTerms(typeof selector === 'string' ? [selector] : selector);
  return {
    asks: `clusters: ${allowed.map(printTerm).join(' or ')}`,
    held: 'partly',
    why: 'a selector passes if each of its terms has the requirements of an allowed one, or stricter ones; what only an inventory proves is for a change in Git',
    fits: changed(TERMS.now, TERMS.then, `(${withinKnown(TERMS.now, allowed)})`),
  };
}

const LABEL = literal(REMOTE_CLUSTER_LABEL);
/** CEL: the cluster IDs of a term that names them; none of any other. */
const IDS = `(has(t.matchExpressions) && t.matchExpressions.size() == 1 && t.matchExpressions[0].key == ${LABEL} && t.matchExpressions[0].operator == "In" && has(t.matchExpressions[0].values) ? t.matchExpressions[0].values.size() : 0)`;

/** One term alone: two may name the same cluster. */
const maxClusters = (max: number): Constraint => ({
  asks: `maxClusters: ${max}`,
  held: 'partly',
  why: `a term that names more clusters by ${REMOTE_CLUSTER_LABEL} is stopped; what other selectors match, only an inventory says`,
  fits: changed(TERMS.now, TERMS.then, `${TERMS.now}.all(t, ${IDS} <= ${max})`),
});

const OFFLOADING: Readonly<Record<'forbidden' | 'required', Constraint>> = {
  forbidden: {
    asks: 'offloading: forbidden',
    held: 'held',
    why: 'no NamespaceOffloading is created there',
    fits: 'request.operation != "CREATE"',
  },
  required: {
    asks: 'offloading: required',
    held: 'partly',
    why: 'the NamespaceOffloading is not deleted; whether there is one, the judge says',
    on: 'DELETE',
    fits: 'false',
  },
};

/** All that a policy asks for, whether CEL can hold it or not. */
function constraintsOf(policy: PolicyConfig): readonly Constraint[] {
  const { namespaceMappingStrategies: mapping, podOffloadingStrategies: pods } = policy;
  const all = [
    ...(mapping === undefined
      ? []
      : [strategy('namespaceMappingStrategy', DEFAULT_MAPPING_STRATEGY, mapping)]),
    ...(policy.pods === 'local' || pods !== undefined
      ? [strategy('podOffloadingStrategy', DEFAULT_POD_STRATEGY, isLocal(policy) ? ['Local'] : (pods ?? []))]
      : []),
    ...(policy.clusters === undefined ? [] : [clusters(policy.clusters)]),
    ...(policy.maxClusters === undefined ? [] : [maxClusters(policy.maxClusters)]),
    ...(policy.offloading === undefined ? [] : [OFFLOADING[policy.offloading]]),
  ];
  if (scopeOf(policy) !== undefined) return all;
  const why = 'its namespaces are chosen by > or <, which no namespaceSelector knows';
  return all.map(({ asks }) => ({ asks, held: 'by the judge alone', why }));
}

/** Which of its constraints is held where. */
export const heldOf = (policy: PolicyConfig) =>
  constraintsOf(policy).map(({ asks, held, why }) => ({ policy: policy.name, asks, held, why }));

function part(policy: PolicyConfig, ofDeletion: boolean): Part[] {
  const constraints = constraintsOf(policy).filter(
    ({ fits, on }) => fits !== undefined && (on === 'DELETE') === ofDeletion,
  );
  const namespaceSelector = scopeOf(policy);
  if (constraints.length === 0 || namespaceSelector === undefined) return [];
  const title = `policy '${policy.name}'${policy.description === undefined ? '' : ` (${policy.description})`}`;
  const object = ofDeletion ? 'oldObject' : 'object';
  const asked = constraints.map(({ asks }) => asks).join('; ');
  const operations: Watched['operations'] = ofDeletion ? ['DELETE'] : ['CREATE', 'UPDATE'];
  return [
    {
      guards: 'policies',
      name: ofDeletion ? `policy-deletion/${policy.name}` : `policy/${policy.name}`,
      watched: watchOffloadings(...operations),
      ...(!ofDeletion && {
        variables: [
          {
            name: 'oldTerms',
            expression: `request.operation == "CREATE" ? [] : ${termsOf('oldObject')}`,
          },
          { name: 'newTerms', expression: termsOf('object') },
        ],
      }),
      fits: constraints.map(({ fits = 'true' }) => `(${fits})`).join(' && '),
      does: `${literal(`the ${title} stops this change of the NamespaceOffloading of '`)} + ${object}.metadata.namespace + ${literal(`': it asks for ${asked}.`)}`,
      bound: 'generation',
      bindings: [{ name: '', namespaceSelector }],
    },
  ];
}

/** The parts of a policy: none where the judge alone can hold it. */
export const policyParts = (policy: PolicyConfig): readonly Part[] => [
  ...part(policy, false),
  ...part(policy, true),
];

/** The name of a part's objects. */
export const objectName = (part: string, binding = ''): string =>
  unitName('cdk8s-liqo', binding === '' ? part : `${part}/${binding}`);
