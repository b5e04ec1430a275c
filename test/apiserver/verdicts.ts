// Each transition tried on the API server in every way that objects get there, and held against what `check` says of it.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster, Ran } from './cluster';
import { TRANSITIONS, type Transition } from './transitions';

/** How an object gets to the API server: the first time, and from then on. */
interface Way {
  readonly name: string;
  readonly create: readonly string[];
  readonly update: readonly string[];
}

const APPLY = ['apply'];
/** As Flux applies: on the server's side, taking over the fields that others own, with the server's own validation. */
export const SERVER_SIDE: readonly string[] = [
  'apply',
  '--server-side',
  '--force-conflicts',
  '--field-manager=flux',
  '--validate=warn',
];

const WAYS: readonly Way[] = [
  { name: 'apply', create: APPLY, update: APPLY },
  { name: 'server-side apply', create: SERVER_SIDE, update: SERVER_SIDE },
  { name: 'replace', create: ['create'], update: ['replace'] },
];

/** What the API server and the webhook say where they refuse for the reason that a rule names. */
const SAID: Readonly<Record<string, RegExp>> = {
  'mapping-strategy-immutable':
    /admission webhook "nsoff.validate.liqo.io" denied the request: The NamespaceMappingStrategy value cannot be modified/,
  'remote-name-immutable':
    /admission webhook "nsoff.validate.liqo.io" denied the request: The RemoteNamespaceName value cannot be modified/,
  'remote-name-required':
    /admission webhook "nsoff.validate.liqo.io" denied the request: The RemoteNamespaceName value cannot be empty/,
  'offloading-name':
    /admission webhook "nsoff.validate.liqo.io" denied the request: NamespaceOffloading name must match/,
  'field-immutable':
    /field is immutable|ClusterID is immutable|cannot change roleRef|may not be changed in an update|spec is immutable after creation|updates to statefulset spec for fields other than|pod updates may not (change fields|add or remove containers)|updates to \w+ are forbidden|may not change once set|must be less than or equal to previous value|existing toleration can not be modified/,
  'runtime-class-handler-immutable': /handler: Invalid value: .*field is immutable/,
  'field-null': /Invalid value: "null": spec\..* must be of type/,
  'server-field': new RegExp(
    [
      'metadata\\.(uid|deletionTimestamp|deletionGracePeriodSeconds): Invalid value: .*field is immutable',
      'metadata\\.resourceVersion: Invalid value: 0: must be specified for an update',
      'Precondition failed: UID in precondition',
      'uid mismatch',
      'the object has been modified',
      'metadata\\.managedFields must be nil',
    ].join('|'),
  ),
  'version-unknown': /no matches for kind ".*" in version/,
  'field-unknown': /strict decoding error: unknown field|field not declared in schema/,
  'schema-invalid': / is invalid|cannot unmarshal|expected .*, got |must be of type|ValidationError/,
};
/** What says that objects are refused and is not of that category: by a later version they are not, or in one way only. */
const REFUSING = ['field-unknown', 'field-null', 'version-unknown', 'server-field'];
const isRefusal = ({ rule, category }: Finding) =>
  category === 'refused' || (category !== 'info' && REFUSING.includes(rule));

const WARNING = /^Warning: The PodOffloadingStrategy was mutated to a more restrictive setting/m;

/** What one side says: accepted, with a warning, or refused and why. */
export type Verdict = string;
const ACCEPTED = 'accepted';
const WARNED = 'accepted with a warning';

interface Case extends Transition {
  readonly about: string;
  readonly id: string;
}

export interface Outcome extends Case {
  readonly judged: Verdict;
  /** By way. */
  readonly served: ReadonlyMap<string, Verdict>;
  readonly agreed: boolean;
}

const CASES: readonly Case[] = Object.entries(TRANSITIONS).flatMap(([about, transitions], i) =>
  transitions.map((transition, j) => ({ ...transition, about, id: `t${i}-${j}` })),
);

const otherwise = ({ warns }: Case): Verdict => (warns ? WARNED : ACCEPTED);

/** What the judge must say of it. */
const ofJudge = (one: Case): Verdict => one.refusedBy ?? one.serverSide ?? otherwise(one);

/** What the cluster must answer, in one way. */
function ofCluster(one: Case, way: Way): Verdict {
  if (one.stricter !== undefined) return ACCEPTED;
  const other = way.update === SERVER_SIDE ? one.serverSide : undefined;
  return other ?? one.refusedBy ?? otherwise(one);
}

interface Finding {
  readonly rule: string;
  readonly category: string;
  readonly file?: string;
  readonly existing?: true;
}

/** One run of the built command line over all transitions, a file each. */
function judged(folder: string): ReadonlyMap<string, Verdict> {
  for (const side of ['before', 'after'] as const) {
    mkdirSync(join(folder, side), { recursive: true });
    for (const one of CASES)
      writeFileSync(join(folder, side, `${one.id}.yaml`), (one[side] ?? '').replaceAll('$NS', one.id));
  }
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      join(__dirname, '../../build/cli/main.js'),
      '-C',
      folder,
      'check',
      'after',
      '--against',
      './before',
      '--format',
      'json',
    ],
    { encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  if (stdout === '') throw new Error(stderr);
  const { findings } = JSON.parse(stdout) as { findings: readonly Finding[] };
  return new Map(
    CASES.map((one) => {
      const file = `after/${one.id}.yaml`;
      const mine = findings.filter((finding) => finding.file === file && finding.existing !== true);
      const refusals = mine.filter(isRefusal).map(({ rule }) => rule);
      const warned = mine.some(({ rule }) => rule === 'pod-strategy-restricted');
      const reason = refusals.find((rule) => rule === ofJudge(one)) ?? refusals[0];
      return [one.id, reason ?? (warned ? WARNED : ACCEPTED)];
    }),
  );
}

function verdictOf({ ok, err }: Ran, expected: Verdict): Verdict {
  if (ok) return WARNING.test(err) ? WARNED : ACCEPTED;
  const saying = Object.keys(SAID).filter((rule) => SAID[rule]?.test(err));
  const reason = saying.find((rule) => rule === expected) ?? saying[0];
  return reason ?? `refused: ${err.trim().slice(0, 300)}`;
}

/** Brings the old form of every case into the cluster in one go, then tries each new one. */
function served(cluster: Cluster, way: Way, number: number): ReadonlyMap<string, Verdict> {
  const inNamespace = ({ id }: Case, text: string) => text.replaceAll('$NS', `${id}-w${number}`);
  const olds = CASES.flatMap((one) => (one.before === undefined ? [] : [inNamespace(one, one.before)]));
  const begun = cluster.kubectl([...way.create, '-f', '-'], olds.join('---\n'));
  if (!begun.ok) throw new Error(`the old forms were refused by ${way.name}: ${begun.err}`);
  return new Map(
    CASES.map((one) => {
      const verb = one.before === undefined ? way.create : way.update;
      const ran = cluster.kubectl([...verb, '-f', '-'], inNamespace(one, one.after));
      return [one.id, verdictOf(ran, ofCluster(one, way))];
    }),
  );
}

/** Every transition in every way, on a cluster that runs Liqo's webhooks and not its controller. */
export function compare(cluster: Cluster, folder: string): Outcome[] {
  const verdicts = judged(folder);
  const answers = WAYS.map((way, i) => ({ way, byCase: served(cluster, way, i) }));
  return CASES.map((one) => {
    const verdict = verdicts.get(one.id) ?? '';
    const inEachWay = answers.map(({ way, byCase }) => ({ way, answer: byCase.get(one.id) ?? '' }));
    const agreed =
      verdict === ofJudge(one) && inEachWay.every(({ way, answer }) => answer === ofCluster(one, way));
    return {
      ...one,
      judged: verdict,
      agreed,
      served: new Map(inEachWay.map(({ way, answer }) => [way.name, answer])),
    };
  });
}

/**
 * The table: a line for each transition with what the judge says. `=` the cluster says the same in each way, `s` it refuses
 * on the server's side only, `<` it accepts what we refuse on purpose, `X` a disagreement with each answer.
 */
export function table(outcomes: readonly Outcome[]): string {
  const lines = outcomes.flatMap((one, i) => {
    const { title, about, agreed, stricter, serverSide, judged: verdict } = one;
    const head = outcomes[i - 1]?.about === about ? [] : ['', about];
    const sign = !agreed ? 'X' : stricter !== undefined ? '<' : serverSide !== undefined ? 's' : '=';
    const row = `  ${sign} ${title}: ${verdict}`;
    const served = agreed ? [] : [...one.served].map(([way, answer]) => `      ${way}: ${answer}`);
    return [...head, row, ...served];
  });
  return lines.join('\n').trimStart();
}
