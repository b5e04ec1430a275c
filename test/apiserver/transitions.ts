// What a cluster may be asked to accept: objects as they were and as they become, and what must be said of it. `$NS` stands
// for the namespace of a row.
import { namespace, offloading, runtimeClass } from '../judge/given';
import { ACCEPTED_UPDATES, REFUSED_UPDATES } from './immutable-fields';

export interface Transition {
  readonly title: string;
  /** What the cluster holds; undefined: nothing yet. */
  readonly before?: string;
  readonly after: string;
  /** The rule that refuses it; undefined where it is accepted. */
  readonly refusedBy?: string;
  /** The rule that refuses it where it is applied on the server's side, if another. */
  readonly serverSide?: string;
  /** Whether Liqo warns of pods that stay. */
  readonly warns?: true;
  /** Why we refuse or warn of what a cluster takes without a word. */
  readonly stricter?: string;
}

const ALL = 'clusterSelector: { nodeSelectorTerms: [] }';
const SOUTH =
  'clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: topology.liqo.io/region, operator: In, values: [south] }] }] }';
const TOUCHED = 'annotations: { touched: "yes" }';
const SKIP = 'labels: { liqo.io/webhook-skip: "true" }';

/** A namespace and its offloading. */
const off = (spec: string, metadata = '', name = 'offloading') =>
  [namespace('$NS'), offloading('$NS', `{ ${spec} }`, { metadata, name })].join('---\n');
const all = (...fields: readonly string[]) => off([...fields, ALL].join(', '));
const nsOf = (metadata: string) => [namespace('$NS', metadata), offloading('$NS')].join('---\n');
const map = (strategy: string) => `namespaceMappingStrategy: ${strategy}`;
const pods = (strategy: string) => `podOffloadingStrategy: ${strategy}`;
const remote = (name: string) => `remoteNamespaceName: ${name}`;
const term = (requirement: string) =>
  `clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ ${requirement} }] }] }`;
const withHandler = (handler: string) => runtimeClass('class-$NS', handler);

export type Row = readonly [title: string, before: string | undefined, after: string];
type Answer = Omit<Transition, 'title' | 'before' | 'after'>;

const answered = (answer: Answer, rows: readonly Row[]): Transition[] =>
  rows.map(([title, before, after]) => ({ title, before, after, ...answer }));

const accepted = (rows: readonly Row[]) => answered({}, rows);
const refused = (refusedBy: string, rows: readonly Row[]) => answered({ refusedBy }, rows);

const MAPPING = [
  ...refused('mapping-strategy-immutable', [
    ['DefaultName to EnforceSameName', all(map('DefaultName')), all(map('EnforceSameName'))],
    ['DefaultName to SelectedName', all(map('DefaultName')), all(map('SelectedName'), remote('twin'))],
    ['EnforceSameName to DefaultName', all(map('EnforceSameName')), all(map('DefaultName'))],
    ['EnforceSameName to SelectedName', all(map('EnforceSameName')), all(map('SelectedName'), remote('a'))],
    ['SelectedName to EnforceSameName', all(map('SelectedName'), remote('a')), all(map('EnforceSameName'))],
    ['the same, the name kept', all(map('SelectedName'), remote('a')), all(map('DefaultName'), remote('a'))],
    ['absent to EnforceSameName', all(), all(map('EnforceSameName'))],
    ['EnforceSameName to absent', all(map('EnforceSameName')), all()],
    ['EnforceSameName to null', all(map('EnforceSameName')), all(map('null'))],
    ['with a pod strategy beside it', all(), all(map('EnforceSameName'), pods('Local'))],
    ['with a label beside it', all(), off(`${map('EnforceSameName')}, ${ALL}`, 'labels: { a: b }')],
  ]),
  ...accepted([
    ['absent to DefaultName', all(), all(map('DefaultName'))],
    ['DefaultName to absent', all(map('DefaultName')), all()],
    ['absent to null', all(), all(map('null'))],
    [
      'EnforceSameName kept, an annotation added',
      all(map('EnforceSameName')),
      off(`${map('EnforceSameName')}, ${ALL}`, TOUCHED),
    ],
    [
      'EnforceSameName kept, Remote to LocalAndRemote',
      all(map('EnforceSameName'), pods('Remote')),
      all(map('EnforceSameName')),
    ],
  ]),
];

const REMOTE_NAME = [
  ...refused('remote-name-immutable', [
    [
      'another name under SelectedName',
      all(map('SelectedName'), remote('a')),
      all(map('SelectedName'), remote('b')),
    ],
    ['another name under DefaultName', all(remote('a')), all(remote('b'))],
    [
      'another name under EnforceSameName',
      all(map('EnforceSameName'), remote('a')),
      all(map('EnforceSameName'), remote('b')),
    ],
    ['a name under DefaultName, where none was', all(), all(remote('a'))],
    ['no name under DefaultName, where one was', all(remote('a')), all()],
    ['an empty name where one was', all(remote('a')), all(remote('""'))],
    [
      'the same name in capitals',
      all(map('SelectedName'), remote('a')),
      all(map('SelectedName'), remote('A')),
    ],
  ]),
  ...accepted([
    ['absent to empty', all(), all(remote('""'))],
    ['empty to absent', all(remote('""')), all()],
    [
      'the name kept, the selector changed',
      all(map('SelectedName'), remote('a')),
      off(`${map('SelectedName')}, ${remote('a')}, ${SOUTH}`),
    ],
    [
      'the same name in quotes',
      all(map('SelectedName'), remote('a')),
      all(map('SelectedName'), remote('"a"')),
    ],
  ]),
  ...refused('remote-name-required', [
    ['SelectedName without a name', undefined, all(map('SelectedName'))],
    ['SelectedName with an empty name', undefined, all(map('SelectedName'), remote('""'))],
  ]),
  ...accepted([
    ['SelectedName with a name', undefined, all(map('SelectedName'), remote('twin'))],
    ['SelectedName with what is no DNS label', undefined, all(map('SelectedName'), remote('Not_A_Label'))],
    ['DefaultName without a name', undefined, all(map('DefaultName'))],
    ['EnforceSameName with a name', undefined, all(map('EnforceSameName'), remote('twin'))],
    [
      'SelectedName without a name, created unseen by the webhook, seen now',
      off(`${map('SelectedName')}, ${ALL}`, SKIP),
      all(map('SelectedName')),
    ],
  ]),
];

const NAME = [
  ...refused('offloading-name', [
    ['another name', undefined, off(ALL, '', 'offload')],
    [
      'a second one beside the first',
      undefined,
      `${off(ALL)}---\n${offloading('$NS', undefined, { name: 'second' })}`,
    ],
  ]),
  ...accepted([['the name it must have', undefined, off(ALL)]]),
];

const HANDLER = [
  ...refused('runtime-class-handler-immutable', [
    ['another handler', withHandler('liqo'), withHandler('kata')],
    [
      'another handler and a label',
      withHandler('liqo'),
      `${withHandler('kata')}scheduling: { nodeSelector: { a: b } }\n`,
    ],
  ]),
  ...accepted([
    [
      'the handler kept, scheduling added',
      withHandler('liqo'),
      `${withHandler('liqo')}scheduling: { nodeSelector: { a: b } }\n`,
    ],
    ['the handler kept, in quotes', withHandler('liqo'), withHandler('"liqo"')],
    ['a new class', undefined, withHandler('kata')],
  ]),
];

const LONG = 'a'.repeat(63);
const labels = (text: string) => nsOf(`labels: { ${text} }`);
const onOffloading = (metadata: string) => off(ALL, metadata);

const SCHEMA = [
  ...refused('schema-invalid', [
    ['a mapping strategy of no name', undefined, all(map('Default'))],
    ['a mapping strategy in other case', undefined, all(map('defaultName'))],
    ['an empty mapping strategy', undefined, all(map('""'))],
    ['a boolean as mapping strategy', undefined, all(map('true'))],
    ['a pod strategy of no name', undefined, all(pods('RemoteOnly'))],
    ['an update to a pod strategy of no name', all(), all(pods('RemoteOnly'))],
    ['a list as pod strategy', undefined, all(pods('[Remote]'))],
    ['a number as remote name', undefined, all(map('SelectedName'), remote('12'))],
    ['yes as remote name, a boolean in YAML 1.1', undefined, all(map('SelectedName'), remote('yes'))],
    ['a list as clusterSelector', undefined, off('clusterSelector: []')],
    ['a clusterSelector without terms', undefined, off('clusterSelector: {}')],
    ['null as terms', undefined, off('clusterSelector: { nodeSelectorTerms: null }')],
    ['a map as terms', undefined, off('clusterSelector: { nodeSelectorTerms: {} }')],
    ['the terms lost in an update', off(ALL), off('clusterSelector: {}')],
    ['a string as term', undefined, off('clusterSelector: { nodeSelectorTerms: [region=south] }')],
    ['null as term', undefined, off('clusterSelector: { nodeSelectorTerms: [null] }')],
    ['a requirement without a key', undefined, off(term('operator: Exists'))],
    ['a requirement without an operator', undefined, off(term('key: a'))],
    ['a number as value', undefined, off(term('key: a, operator: Gt, values: [1]'))],
    ['a string as values', undefined, off(term('key: a, operator: In, values: b'))],
    ['null as value', undefined, off(term('key: a, operator: In, values: [null]'))],
    ['no spec', undefined, `${namespace('$NS')}---\n${offloading('$NS').replace(/spec: .*\n/, '')}`],
    ['null as spec', undefined, `${namespace('$NS')}---\n${offloading('$NS', 'null')}`],
    ['a list as spec', undefined, `${namespace('$NS')}---\n${offloading('$NS', '[]')}`],
    ['a space in a label value', undefined, labels('a: "b c"')],
    ['a label value of 64', undefined, labels(`a: ${LONG}a`)],
    ['a label value that ends in a dash', undefined, labels('a: b-')],
    ['a number as label value', undefined, labels('a: 1')],
    ['on as label value, a boolean in YAML 1.1', undefined, labels('a: on')],
    ['a label key with two slashes', undefined, labels('a/b/c: d')],
    ['a label key without a name', undefined, labels('a/: d')],
    ['a label prefix in capitals', undefined, labels('A.b/c: d')],
    ['a label key of 64', undefined, labels(`${LONG}a: d`)],
    ['a label value that breaks in an update', labels('a: b'), labels('a: b_')],
    ['a label of the offloading', undefined, onOffloading('labels: { a: "b c" }')],
    ['a boolean as annotation', undefined, nsOf('annotations: { a: true }')],
    ['an annotation key with a space', undefined, nsOf('annotations: { "a b": c }')],
    [
      'an annotation key with two slashes, on the offloading',
      undefined,
      onOffloading('annotations: { a/b/c: d }'),
    ],
    ['a namespace name in capitals', undefined, namespace('$NS-A')],
    ['a namespace name with a dot', undefined, namespace('$NS.a')],
    ['a namespace name of 64', undefined, namespace(`$NS-${LONG}`)],
    ['an offloading named in capitals', undefined, off(ALL, '', 'Offloading')],
    ['a RuntimeClass without a handler', undefined, withHandler('x').replace(/handler: .*\n/, '')],
    ['an empty handler', undefined, withHandler('""')],
    ['a handler in capitals', undefined, withHandler('Liqo')],
    ['a handler with a dot', undefined, withHandler('a.b')],
    [
      'a boolean as nodeSelector value',
      undefined,
      `${withHandler('x')}scheduling: { nodeSelector: { a: true } }\n`,
    ],
    [
      'a nodeSelector value of no label',
      undefined,
      `${withHandler('x')}scheduling: { nodeSelector: { a: "b c" } }\n`,
    ],
    [
      'a toleration with an unknown operator',
      undefined,
      `${withHandler('x')}scheduling: { tolerations: [{ key: a, operator: Has }] }\n`,
    ],
    [
      'an Exists toleration with a value',
      undefined,
      `${withHandler('x')}scheduling: { tolerations: [{ key: a, operator: Exists, value: b }] }\n`,
    ],
    [
      'a toleration with an unknown effect',
      undefined,
      `${withHandler('x')}scheduling: { tolerations: [{ key: a, operator: Exists, effect: Evict }] }\n`,
    ],
  ]),
  ...refused('version-unknown', [
    [
      'an offloading from before Liqo v1.0',
      undefined,
      off(ALL).replace('offloading.liqo.io/v1beta1', 'offloading.liqo.io/v1alpha1'),
    ],
    ['a RuntimeClass of v1beta1', undefined, withHandler('x').replace('/v1', '/v1beta1')],
  ]),
  ...refused('field-unknown', [
    ['a misspelt field in spec', undefined, off(`${ALL}, podOffloadingStrateg: Local`)],
    ['a misspelt field in a requirement', undefined, off(term('key: a, operator: Exists, vals: []'))],
    ['a misspelt field in metadata', undefined, onOffloading('lables: { a: b }')],
    ['a namespace field of no name', undefined, `${namespace('$NS')}speck: {}\n`],
  ]),
  ...accepted([
    ['an empty spec', undefined, off('')],
    ['a term without requirements', undefined, off('clusterSelector: { nodeSelectorTerms: [{}] }')],
    ['an operator of no name', undefined, off(term('key: a, operator: Like, values: [b]'))],
    ['a key that is no label key', undefined, off(term('key: "not a key", operator: Exists'))],
    ['a value that is no label value', undefined, off(term('key: a, operator: In, values: ["b c"]'))],
    ['a quoted number as remote name', undefined, all(map('SelectedName'), remote('"12"'))],
    ['a quoted yes as remote name', undefined, all(map('SelectedName'), remote('"yes"'))],
    ['an empty label value', undefined, labels('a: ""')],
    ['null as labels', undefined, nsOf('labels: null')],
    ['a label value of 63', undefined, labels(`a: ${LONG}`)],
    ['a label key of 63 with a prefix', undefined, labels(`example.com/${LONG}: b`)],
    ['a label value with dots, dashes and underscores', undefined, labels('a: b.-_c')],
    ['a quoted on as label value', undefined, labels('a: "on"')],
    ['an annotation of many words', undefined, nsOf('annotations: { a: "b c\\nd" }')],
    ['an annotation key with a prefix in capitals', undefined, nsOf('annotations: { A.b/c: d }')],
    [
      'an Exists toleration',
      undefined,
      `${withHandler('x')}scheduling: { tolerations: [{ key: a, operator: Exists, effect: NoExecute }] }\n`,
    ],
    ['a handler of 63', undefined, withHandler(LONG)],
  ]),
];

/** A server-side apply keeps nulls. */
const NULLS = [
  ...answered({ refusedBy: 'remote-name-immutable', serverSide: 'field-null' }, [
    ['null where a name was', all(remote('a')), all(remote('null'))],
  ]),
  ...answered({ refusedBy: 'remote-name-required', serverSide: 'field-null' }, [
    ['SelectedName with null', undefined, all(map('SelectedName'), remote('null'))],
  ]),
  ...answered({ serverSide: 'field-null' }, [
    ['an absent name to null', all(), all(remote('null'))],
    ['null as clusterSelector', undefined, off('clusterSelector: null')],
    [
      'null as matchExpressions',
      undefined,
      off('clusterSelector: { nodeSelectorTerms: [{ matchExpressions: null }] }'),
    ],
    ['null as values', undefined, off(term('key: a, operator: Exists, values: null'))],
    ['[] to null', off(ALL), off('clusterSelector: null')],
  ]),
  ...accepted([
    ['null as pod strategy, which has a default', undefined, all(pods('null'))],
    ['null as labels of the offloading', undefined, onOffloading('labels: null')],
  ]),
];

const POD_STRATEGY = [
  ...answered({ warns: true }, [
    ['LocalAndRemote to Remote', all(pods('LocalAndRemote')), all(pods('Remote'))],
    ['LocalAndRemote to Local', all(pods('LocalAndRemote')), all(pods('Local'))],
    ['Remote to Local', all(pods('Remote')), all(pods('Local'))],
    ['Local to Remote', all(pods('Local')), all(pods('Remote'))],
    ['absent to Remote', all(), all(pods('Remote'))],
  ]),
  ...accepted([
    ['Remote to LocalAndRemote', all(pods('Remote')), all(pods('LocalAndRemote'))],
    ['Local to absent', all(pods('Local')), all()],
    ['absent to LocalAndRemote', all(), all(pods('LocalAndRemote'))],
    ['Remote kept, the selector changed', all(pods('Remote')), off(`${pods('Remote')}, ${SOUTH}`)],
    ['Local from the start', undefined, all(pods('Local'))],
  ]),
  ...refused('remote-name-immutable', [
    ['LocalAndRemote to Local with another remote name', all(remote('a')), all(remote('b'), pods('Local'))],
  ]),
];

const SELECTOR = accepted([
  ['every cluster to some', off(ALL), off(SOUTH)],
  ['some to every cluster', off(SOUTH), off(ALL)],
  ['some to others', off(SOUTH), off(SOUTH.replace('[south]', '[north]'))],
  ['absent to []', off(''), off(ALL)],
  ['[] to absent', off(ALL), off('')],
  ['some to absent', off(SOUTH), off('')],
  ['some to a term that selects nothing', off(SOUTH), off('clusterSelector: { nodeSelectorTerms: [{}] }')],
]);

const ENFORCE = `${map('EnforceSameName')}, ${ALL}`;
const UNSEEN =
  'the label that skips the webhook lets it through, and it orphans or breaks what the webhook guards';

const SKIPPED = [
  ...refused('mapping-strategy-immutable', [
    ['the label on the old form only', off(ALL, SKIP), off(ENFORCE)],
    ['the label on the new form only', off(ALL), off(ENFORCE, SKIP)],
    [
      'the label with another value on both',
      off(ALL, SKIP.replace('true', 'false')),
      off(ENFORCE, SKIP.replace('true', 'false')),
    ],
    [
      'the label on the Namespace, which nobody asks',
      labels('liqo.io/webhook-skip: "true"'),
      `${namespace('$NS', SKIP)}---\n${offloading('$NS', `{ ${ENFORCE} }`)}`,
    ],
  ]),
  ...answered({ refusedBy: 'mapping-strategy-immutable', stricter: UNSEEN }, [
    ['the label on both forms', off(ALL, SKIP), off(ENFORCE, SKIP)],
  ]),
  ...answered({ refusedBy: 'remote-name-immutable', stricter: UNSEEN }, [
    [
      'another remote name, the label on both forms',
      off(`${remote('a')}, ${ALL}`, SKIP),
      off(`${remote('b')}, ${ALL}`, SKIP),
    ],
  ]),
  ...answered({ refusedBy: 'remote-name-required', stricter: UNSEEN }, [
    ['SelectedName without a name, with the label', undefined, off(`${map('SelectedName')}, ${ALL}`, SKIP)],
  ]),
  ...answered({ refusedBy: 'offloading-name', stricter: UNSEEN }, [
    ['another name, with the label', undefined, off(ALL, SKIP, 'offload')],
  ]),
  ...answered({ warns: true, stricter: UNSEEN }, [
    [
      'LocalAndRemote to Local, the label on both forms',
      off(ALL, SKIP),
      off(`${pods('Local')}, ${ALL}`, SKIP),
    ],
  ]),
  ...accepted([
    ['the label added', off(ALL), off(ALL, SKIP)],
    ['the label removed', off(ALL, SKIP), off(ALL)],
  ]),
];

const SCHEDULING = accepted([
  ['the scheduling label added', nsOf(''), labels('liqo.io/scheduling-enabled: "true"')],
  ['the scheduling label removed', labels('liqo.io/scheduling-enabled: "true"'), nsOf('')],
  ['the scheduling label set to false', nsOf(''), labels('liqo.io/scheduling-enabled: "false"')],
]);

const UID = 'uid: 00000000-0000-4000-8000-000000000001';
const VERSION = 'resourceVersion: "1"';
const MANAGED =
  'managedFields: [{ manager: kubectl, operation: Apply, apiVersion: v1, fieldsType: FieldsV1, fieldsV1: {} }]';
const DELETED = 'deletionTimestamp: "2026-01-01T00:00:00Z"';
const GRACE = 'deletionGracePeriodSeconds: 30';
const HARMLESS = 'creationTimestamp: "2026-01-01T00:00:00Z", generation: 7, selfLink: /a';
const STATUS = 'status: { phase: Active }\n';
const classWith = (metadata: string) =>
  withHandler('liqo').replace('name: class-$NS', `name: class-$NS, ${metadata}`);

const SERVER_SET = [
  ...refused('server-field', [
    ['a uid on a Namespace', nsOf(''), nsOf(UID)],
    ['a uid on an offloading', off(ALL), onOffloading(UID)],
    ['a uid on a RuntimeClass', withHandler('liqo'), classWith(UID)],
    ['an old resourceVersion on a Namespace', nsOf(''), nsOf(VERSION)],
    ['an old resourceVersion on an offloading', off(ALL), onOffloading(VERSION)],
    ['an old resourceVersion on a RuntimeClass', withHandler('liqo'), classWith(VERSION)],
    ['a resourceVersion that is none yet', off(ALL), onOffloading('resourceVersion: "999999999"')],
    ['a resourceVersion of 0 on an offloading', off(ALL), onOffloading('resourceVersion: "0"')],
    ['a deletionTimestamp on a Namespace', nsOf(''), nsOf(DELETED)],
    ['a deletionTimestamp on an offloading', off(ALL), onOffloading(DELETED)],
    ['a deletionGracePeriodSeconds', off(ALL), onOffloading(GRACE)],
    [
      'all that `kubectl get -o yaml` prints, of an object that is there',
      off(ALL),
      onOffloading([UID, VERSION, MANAGED, HARMLESS].join(', ')),
    ],
  ]),
  ...answered({ serverSide: 'server-field' }, [
    ['a uid on a new offloading', undefined, onOffloading(UID)],
    ['a uid on a new RuntimeClass', undefined, classWith(UID)],
    ['managedFields', off(ALL), onOffloading(MANAGED)],
    ['managedFields on a Namespace', nsOf(''), nsOf(MANAGED)],
    ['managedFields of a new offloading', undefined, onOffloading(MANAGED)],
    ['an empty list of managedFields', off(ALL), onOffloading('managedFields: []')],
  ]),
  ...answered(
    { refusedBy: 'server-field', stricter: 'accepted once: an update of the same object is refused' },
    [
      ['a resourceVersion on a new offloading', undefined, onOffloading(VERSION)],
      ['a deletionGracePeriodSeconds on a new offloading', undefined, onOffloading(GRACE)],
      ['a deletionTimestamp on a new RuntimeClass', undefined, classWith(DELETED)],
    ],
  ),
  ...accepted([
    ['creationTimestamp, generation and selfLink', off(ALL), onOffloading(HARMLESS)],
    ['the same on a Namespace', nsOf(''), nsOf(HARMLESS)],
    ['the same on a new object', undefined, onOffloading(HARMLESS)],
    ['a status', namespace('$NS'), `${namespace('$NS')}${STATUS}`],
    ['an empty status', off(ALL), `${off(ALL)}status: {}\n`],
    ['creationTimestamp: null', off(ALL), onOffloading('creationTimestamp: null')],
    [
      'null as uid, managedFields and deletionTimestamp',
      off(ALL),
      onOffloading('uid: null, managedFields: null, deletionTimestamp: null'),
    ],
    ['an empty uid', off(ALL), onOffloading('uid: ""')],
    ['a resourceVersion of a Namespace that goes', nsOf(VERSION), nsOf(TOUCHED)],
    ['generation and creationTimestamp that go', onOffloading(HARMLESS), onOffloading(TOUCHED)],
  ]),
];

const IMMUTABLE = [...refused('field-immutable', REFUSED_UPDATES), ...accepted(ACCEPTED_UPDATES)];

/** By what they are about. */
export const TRANSITIONS: Readonly<Record<string, readonly Transition[]>> = {
  namespaceMappingStrategy: MAPPING,
  remoteNamespaceName: REMOTE_NAME,
  'the name of the object': NAME,
  podOffloadingStrategy: POD_STRATEGY,
  clusterSelector: SELECTOR,
  'the label liqo.io/webhook-skip': SKIPPED,
  'the scheduling label': SCHEDULING,
  RuntimeClass: HANDLER,
  'fields that stay': IMMUTABLE,
  nulls: NULLS,
  'what only the API server sets': SERVER_SET,
  'the schemas of the API server': SCHEMA,
};
