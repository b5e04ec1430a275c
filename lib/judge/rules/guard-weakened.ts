import { GUARDED } from '../../liqo/guard';
import type { ChangeRule, Problem } from '../rule';
import { FORCES, guardOf, hardest, lets, listed, type Force, type GuardPolicy } from '../guard';
import { sameJson, textsAt, listAt, stringsAt, type Json, type Manifest } from '../../manifests/manifest';
import { isOurs } from '../../manifests/write';
import type { Change, State } from '../state';
import { isSubset } from '../../selector/algebra';
import type { UncheckedTerm } from '../../selector/term';

const stops = (guards: string): string =>
  Object.entries(GUARDED).find(([name]) => name === guards)?.[1] ?? 'what it was written for';

/** A LabelSelector as a term; without requirements it matches everything. */
function termOf(selector: Json | undefined): UncheckedTerm {
  const pairs = [...stringsAt(selector ?? {}, 'matchLabels')];
  const expressions = listAt(selector, 'matchExpressions').map((one) => ({
    key: stringsAt(one).get('key') ?? '',
    operator: stringsAt(one).get('operator') ?? '',
    values: textsAt(one, 'values'),
  }));
  return {
    matchExpressions: [
      ...pairs.map(([key, value]) => ({ key, operator: 'In', values: [value] })),
      ...expressions,
    ],
  };
}

/** Whether a selector still has all that another one had. */
function keeps(was: Json | undefined, is: Json | undefined): boolean {
  const [before, after] = [termOf(was), termOf(is)];
  if (after.matchExpressions?.length === 0 || sameJson(was, is)) return true;
  return before.matchExpressions?.length !== 0 && isSubset([before], [after]).answer === 'yes';
}

const DOES: Readonly<Record<Exclude<Force, 'Deny'>, string>> = {
  Warn: 'it only warns',
  Audit: 'only the audit log tells',
  nothing: 'it no longer has a binding, and does nothing',
};

function forces(was: GuardPolicy, is: GuardPolicy): string[] {
  const [before, after] = [hardest(was), hardest(is)];
  if (after !== 'Deny' && FORCES.indexOf(after) < FORCES.indexOf(before)) return [DOES[after]];
  const isKept = was.bindings.every((old) =>
    is.bindings.some(
      (one) =>
        FORCES.indexOf(one.force) >= FORCES.indexOf(old.force) &&
        (!one.isBounded || old.isBounded) &&
        keeps(old.namespaces, one.namespaces) &&
        keeps(old.objects, one.objects),
    ),
  );
  return isKept ? [] : ['it is for fewer namespaces or objects'];
}

function exemptions(was: GuardPolicy, is: GuardPolicy): string[] {
  return [...is.conditions].flatMap(([name, expression]) => {
    const old = was.conditions.get(name);
    if (old === expression) return [];
    const [before, after] = [old === undefined ? new Set<string>() : lets(name, old), lets(name, expression)];
    if (before === undefined || after === undefined)
      return isOfTool(is.manifest) ? [] : [`it looks at a request only if ${expression}`];
    const more = [...after].filter((one) => !before.has(one));
    return more.length === 0 ? [] : [`it lets ${more.map((one) => `'${one}'`).join(', ')} pass`];
  });
}

/** What the tool compiled says what the configs say, in the words of its version. */
const isOfTool = ({ source: { file, text } }: Manifest) => {
  const path = /^# (\S+): /.exec(text)?.[1] ?? '';
  return path !== '' && (file === path || file.endsWith(`/${path}`)) && isOurs(path, Buffer.from(text));
};

/** In what a policy is weaker than another one, each the end of a sentence. */
function weaker(was: GuardPolicy, is: GuardPolicy): string[] {
  const lost = [...was.watched].filter((one) => !is.watched.has(one));
  const isOther = !isOfTool(is.manifest) && was.asked.some((one) => !is.asked.includes(one));
  return [
    ...forces(was, is),
    ...exemptions(was, is),
    ...(lost.length > 0 ? [`it no longer looks at ${lost.join(', ')}`] : []),
    ...(keeps(was.objects, is.objects) ? [] : ['it looks at fewer objects']),
    ...(was.isFailing && !is.isFailing && hardest(is) === 'Deny' ? ['what it cannot evaluate passes'] : []),
    ...(isOther ? ['it asks for something else, and nothing shows that it is as much'] : []),
  ];
}

const REMEDY =
  'Keep it as it was, or have this reviewed as what it is: people can then do by hand what the guard stopped.';

function ofPolicy(was: GuardPolicy, now: readonly GuardPolicy[]): Problem[] {
  if (hardest(was) === 'nothing') return [];
  const same = now.find(({ manifest }) => manifest.name === was.manifest.name);
  const others = now.filter(({ guards }) => guards !== '' && guards === was.guards);
  if ([...(same === undefined ? [] : [same]), ...others].some((one) => weaker(was, one).length === 0))
    return [];
  const reasons = same === undefined ? ['it leaves Git'] : weaker(was, same);
  return [
    {
      object: was.manifest.name,
      message: `The guard '${was.manifest.name}' is weaker, which stops ${stops(was.guards)}: ${reasons.join('; ')}.`,
      remedy: REMEDY,
      manifest: same?.manifest ?? was.manifest,
    },
  ];
}

/** The keys that the selectors of a state use, as the list has them. */
function usedKeys({ offloadings }: State): ReadonlySet<string> {
  const keys = offloadings.flatMap(({ terms = [] }) =>
    terms.flatMap(({ matchExpressions }) => (matchExpressions ?? []).map(({ key }) => key)),
  );
  return new Set(keys.map((key) => (key.includes('/') ? key.replace('/', '_') : `_${key}`)));
}

/** What leaves a list, and is still what the list is for. */
function ofLists({ before, after }: Change): Problem[] {
  const lists: readonly (readonly [string, (key: string) => boolean, string])[] = [
    [
      'namespaces',
      (name) => after.offloadingsOf.has(name),
      'the deletion of namespaces that are still offloaded',
    ],
    ['selector-keys', (key) => usedKeys(after).has(key), 'changes of labels that selectors still use'],
  ];
  return lists.flatMap(([name, isUsed, what]) => {
    const now = listed(after, name);
    const lost = [...listed(before, name)].filter(([key]) => !now.has(key) && isUsed(key));
    const [first] = lost;
    if (first === undefined) return [];
    const some = lost.slice(0, 3).map(([key]) => `'${key}'`);
    const more = lost.length > some.length ? ` and ${lost.length - some.length} more` : '';
    return [
      {
        object: first[1].name,
        message: `The guard's list of ${name} loses ${some.join(', ')}${more}: it no longer stops ${what}.`,
        remedy: REMEDY,
        manifest: first[1],
      },
    ];
  });
}

export const guardWeakened: ChangeRule = {
  name: 'guard-weakened',
  category: 'risky',
  about: 'change',
  summary: 'The guard of the cluster stops less than it did.',
  why: "The guard (docs/guard.md) stops by hand what the judge stops in Git. It is weaker if one of its ValidatingAdmissionPolicies leaves Git, loses its binding, denies no longer, is for fewer namespaces or operations, lets more users pass, or loses a name from a list that it still needs. A policy of your own about Liqo's kinds is compared in the same way; if what it asks changes, nothing shows that it asks as much.",
  source: 'k8s.io/apiserver pkg/admission/plugin/policy/validating; docs/guard.md',
  check: (change) => {
    const [before, after] = [guardOf(change.before), guardOf(change.after)];
    const ours = before.filter(({ guards }) => guards !== '');
    const isGone = ours.length > 1 && !after.some(({ guards }) => guards !== '');
    const [first] = ours;
    if (!isGone || first === undefined)
      return [...before.flatMap((one) => ofPolicy(one, after)), ...ofLists(change)];
    const whole: Problem = {
      object: first.manifest.name,
      message: `The guard leaves Git with all of its ${ours.length} policies: nothing in the cluster stops any more what it stopped.`,
      remedy: REMEDY,
      manifest: first.manifest,
    };
    return [whole, ...before.filter(({ guards }) => guards === '').flatMap((one) => ofPolicy(one, after))];
  },
};
