// One namespace's objects to the config that declares them, or why there is none. What a config cannot say and Liqo acts on
// is a refusal; what it cannot say otherwise is found by comparing, once the config is compiled.
import { isDeepStrictEqual } from 'node:util';
import { checkNamespace } from '../config/schema/namespace';
import type { OffloadingConfig, SelectorTerm } from '../config/types';
import { shown, type Violation } from '../input/schema';
import { OFFLOADING_NAME, SCHEDULING_LABEL } from '../liqo/constants';
import { DEFAULT_MAPPING_STRATEGY, DEFAULT_POD_STRATEGY } from '../liqo/namespace-offloading';
import { declared, type Dropped } from '../manifests/cluster-made';
import { isTerminating } from '../manifests/live-object';
import {
  annotationsOf,
  isObject,
  sameJson,
  stringsAt,
  valueAt,
  type Json,
  type Manifest,
} from '../manifests/manifest';
import { schemaProblems, withoutNulls } from '../manifests/schema';
import { parseSelector } from '../selector/parse';
import { printTerm } from '../selector/print';
import type { AdoptedConfig } from './print';
import { isNamespace, type Subject } from './subjects';

/** What became of a namespace. */
export type Adoptable =
  | {
      readonly config: AdoptedConfig;
      /** The source's objects without what the cluster added: what the config must compile to. */
      readonly expected: readonly Manifest[];
      readonly dropped: readonly Dropped[];
    }
  | {
      /** Why no config can say it, each a clause without its full stop. */
      readonly reasons: readonly string[];
    };

const SPEC_FIELDS: ReadonlySet<string> = new Set([
  'namespaceMappingStrategy',
  'podOffloadingStrategy',
  'remoteNamespaceName',
  'clusterSelector',
]);

const keysOf = (value: Json | undefined) => (isObject(value) ? Object.keys(value) : []);

/** What a typed config cannot even be asked, since it would be lost on the way there. */
function offloadingProblems(manifest: Manifest): string[] {
  const { name, body } = manifest;
  const unknown = [
    ...keysOf(valueAt(body, 'spec')).filter((key) => !SPEC_FIELDS.has(key)),
    ...keysOf(valueAt(body, 'spec', 'clusterSelector'))
      .filter((key) => key !== 'nodeSelectorTerms')
      .map((key) => `clusterSelector.${key}`),
  ];
  const strategy = valueAt(body, 'spec', 'namespaceMappingStrategy') ?? DEFAULT_MAPPING_STRATEGY;
  const remote = valueAt(body, 'spec', 'remoteNamespaceName') ?? '';
  return [
    ...(name === OFFLOADING_NAME
      ? []
      : [`the NamespaceOffloading is named ${shown(name)}, but Liqo accepts only '${OFFLOADING_NAME}'`]),
    ...(valueAt(body, 'metadata', 'namespace') === undefined
      ? ['the NamespaceOffloading names no namespace, so its namespace depends on the tool that applies it']
      : []),
    ...unknown.map((key) => `spec.${key} of the NamespaceOffloading is not a known field`),
    ...(remote !== '' && strategy !== 'SelectedName'
      ? [
          `the strategy, ${shown(strategy)}, ignores the remoteNamespaceName ${shown(remote)}, which Liqo does not allow you to remove`,
        ]
      : []),
  ];
}

/** What the API server would refuse. */
function malformations(manifest: Manifest): string[] {
  return schemaProblems(manifest).map(
    ({ field, message }) => `${manifest.kind} ${field.join('.')}: ${message}`,
  );
}

function objectProblems(manifest: Manifest): string[] {
  const { kind } = manifest;
  return [
    ...(isTerminating(manifest) ? [`the ${kind} is being deleted, and a config would recreate it`] : []),
    ...(isNamespace(manifest) ? [] : offloadingProblems(manifest)),
  ];
}

/** Two forms of one object are of two moments, or of two owners; nobody knows which one counts. */
function formProblems(forms: readonly Manifest[]): string[] {
  const [first] = forms;
  return first !== undefined && forms.some(({ body }) => !sameJson(body, first.body))
    ? [`the input contains its ${first.kind} more than once, in different versions`]
    : [];
}

/** JSON can hold half of a surrogate pair, and no file can. */
function textProblems(namespace: Manifest): string[] {
  return [...annotationsOf(namespace)]
    .filter(([, value]) => /\p{Surrogate}/u.test(value))
    .map(
      ([key]) => `the annotation ${shown(key)} contains half of a surrogate pair, which is not a character`,
    );
}

/** A label or annotation that is null is empty where it is created, and absent where kubectl applies it once more. */
function nullProblems({ kind, body }: Manifest): string[] {
  return ['labels', 'annotations'].flatMap((field) => {
    const all = valueAt(body, 'metadata', field);
    const nulls = isObject(all) ? Object.keys(all).filter((one) => all[one] === null) : [];
    return nulls.map(
      (one) =>
        `metadata.${field} of the ${kind} has no value for ${shown(one)}, which some tools read as empty and others as absent`,
    );
  });
}

const reasonOf = ({ path, message }: Violation) =>
  `${path.split('/').slice(1).join('.') || 'the namespace'}: ${message}`;

/** A term as a config would have it; what is malformed stays so, for the schema to say. */
function candidateTerm(term: Json): unknown {
  if (!isObject(term)) return term;
  const { matchFields, ...rest } = term;
  const isEmpty = matchFields === undefined || (Array.isArray(matchFields) && matchFields.length === 0);
  return isEmpty ? rest : term;
}

function candidateOffloading({ body }: Manifest): object {
  const spec = (field: string) => valueAt(body, 'spec', field);
  const terms = valueAt(body, 'spec', 'clusterSelector', 'nodeSelectorTerms') ?? [];
  const isEvery = Array.isArray(terms) && terms.length === 0;
  return {
    // Written out where it is the default, too: Liqo refuses every change of it.
    namespaceMappingStrategy: spec('namespaceMappingStrategy') ?? DEFAULT_MAPPING_STRATEGY,
    podOffloadingStrategy: spec('podOffloadingStrategy') ?? DEFAULT_POD_STRATEGY,
    ...((spec('remoteNamespaceName') ?? '') !== '' && { remoteNamespaceName: spec('remoteNamespaceName') }),
    ...(!isEvery && { clusterSelector: Array.isArray(terms) ? terms.map(candidateTerm) : terms }),
  };
}

function candidate(name: string, namespace: Manifest | undefined, offloading: Manifest | undefined): object {
  const strings = (field: string) => {
    const all = namespace === undefined ? [] : [...stringsAt(namespace.body, 'metadata', field)];
    const own = all.filter(([key]) => field !== 'labels' || key !== SCHEDULING_LABEL);
    return own.length > 0 && { [field]: Object.fromEntries(own) };
  };
  return {
    name,
    ...strings('labels'),
    ...strings('annotations'),
    ...(namespace === undefined && { manageNamespace: false }),
    ...(offloading !== undefined && { offloading: candidateOffloading(offloading) }),
  };
}

/** A term as a label selector, where that is read back as the same requirements. */
function terse(term: string | SelectorTerm): string | SelectorTerm {
  if (typeof term === 'string') return term;
  const matchExpressions = term.matchExpressions.map(({ values = [], ...rest }) => ({ ...rest, values }));
  const text = printTerm({ matchExpressions, matchFields: [] });
  return isDeepStrictEqual(parseSelector(text), matchExpressions) ? text : term;
}

function terseOffloading(offloading: OffloadingConfig): OffloadingConfig {
  const { clusterSelector } = offloading;
  return clusterSelector === undefined
    ? offloading
    : { ...offloading, clusterSelector: clusterSelector.map(terse) };
}

/** An object as a manifest would have it; an empty remoteNamespaceName is none (Go's zero value). */
function expectedOf(manifest: Manifest): {
  readonly manifest: Manifest;
  readonly dropped: readonly Dropped[];
} {
  const { body, dropped } = declared(manifest);
  const { spec, ...rest } = withoutNulls(body);
  const { remoteNamespaceName, ...fields } = isObject(spec) ? spec : {};
  const named = remoteNamespaceName !== '' && { remoteNamespaceName };
  const written = isObject(spec) ? { ...fields, ...named } : spec;
  return { manifest: { ...manifest, body: { ...rest, spec: written } }, dropped };
}

/** The config that declares a namespace as its objects have it, or every reason why there is none. */
export function adoptable({ name, namespaces, offloadings }: Subject): Adoptable {
  const given = [...namespaces, ...offloadings];
  const malformed = given.flatMap(malformations);
  if (malformed.length > 0) return { reasons: malformed };
  const [of, off] = [namespaces.map(expectedOf), offloadings.map(expectedOf)];
  const [namespace, offloading] = [of[0]?.manifest, off[0]?.manifest];
  const checked = checkNamespace(candidate(name, namespace, offloading));
  const violations = 'violations' in checked ? checked.violations : [];
  const reasons = [
    ...given.flatMap(objectProblems),
    ...given.flatMap(nullProblems),
    ...[of, off].flatMap((all) => formProblems(all.map(({ manifest }) => manifest))),
    ...(namespace === undefined ? [] : textProblems(namespace)),
    // Of one that names no namespace it is said already.
    ...violations.filter(({ path }) => name !== '' || path !== '/name').map(reasonOf),
  ];
  if ('violations' in checked || reasons.length > 0) return { reasons: [...new Set(reasons)] };
  const { offloading: spec, ...config } = checked.value;
  return {
    config: { ...config, ...(spec !== undefined && { offloading: terseOffloading(spec) }) },
    expected: [namespace, offloading].filter((one) => one !== undefined),
    dropped: [of[0], off[0]].flatMap((one) => one?.dropped ?? []),
  };
}
