import { knownInventory } from '../known-providers';
import { describe, meeting, reached, selectionOf, type Impact } from '../cluster-impact';
import { Candidates } from '../candidates';
import type { Facts, StateRule } from '../rule';
import { sharedTwins, type Twin } from '../twins';

/** What a namespace selects, and the text that equal selections share. */
interface Member extends Twin {
  readonly selection: ReturnType<typeof selectionOf>;
  readonly text: string;
  /** Providers that the inventory knows it to select. */
  readonly providers: readonly string[];
}

function toMember(twin: Twin, facts: Facts): Member {
  const selection = selectionOf(twin.offloading);
  const { clusters = [] } = reached(twin.offloading, facts, 'now');
  return { ...twin, selection, text: JSON.stringify(selection), providers: clusters };
}

interface Collision {
  readonly first: Member;
  readonly other: Member;
  readonly impact: Impact;
}

/** No more pairs than this are compared. */
const PAIRS = 50_000;
const TOO_MANY: Impact = { undecided: 'too many selectors share the name to compare them all' };

/** For each namespace but the first, one that it meets. Equal selections are asked about once. */
function collisions(twins: readonly Twin[], facts: Facts): Collision[] {
  const members = twins.map((twin) => toMember(twin, facts));
  const first = new Map<string, Member>(); // the first namespace of each selection
  const earlier = new Candidates<Member>(members.map(({ selection }) => selection));
  const answers = new Map<string, Impact | undefined>();
  const ask = (a: Member, b: Member) => {
    const question = `${a.text} ${b.text}`;
    if (!answers.has(question) && answers.size >= PAIRS) return TOO_MANY;
    if (!answers.has(question))
      answers.set(question, meeting(a.selection, b.selection, knownInventory(facts, 'after')));
    return answers.get(question);
  };
  return members.flatMap((other) => {
    const same = first.get(other.text);
    const others = earlier.for(other.selection, other.providers);
    for (const one of same === undefined ? others : [same, ...others]) {
      const impact = ask(one, other);
      if (impact !== undefined) return [{ first: one, other, impact }];
    }
    if (same === undefined) {
      first.set(other.text, other);
      earlier.add(other.selection, other.providers, other);
    }
    return [];
  });
}

export const remoteNameCollision: StateRule = {
  name: 'remote-name-collision',
  category: 'destructive',
  about: 'state',
  summary: 'Two namespaces use the same twin namespace on one provider.',
  why: 'The two namespaces share one twin, and both show Ready: the ownership annotation names the pair of clusters, not the local namespace, and no webhook checks it. The reflectors of each keep deleting what the other reflected, and unoffloading either one deletes the twin for both. A complete inventory decides this exactly. Without one, two selectors collide if they can match the same virtual node, assuming one virtual node for each provider.',
  source: 'NSM/enforcement.go, pkg/virtualKubelet/forge/meta.go',
  check: (state, facts) =>
    [...sharedTwins(state, facts.consumer).values()].flatMap((twins) =>
      collisions(twins, facts).map(({ first, other, impact }) => {
        const { manifest, namespace } = other.offloading;
        return {
          namespace,
          message: `'${namespace}' and '${first.offloading.namespace}' use the same twin namespace '${other.twin}' on ${describe(impact)}: each deletes what the other reflects there.`,
          remedy: 'Give them different remote names, or selectors that never match the same cluster.',
          manifest,
          field: ['spec', 'namespaceMappingStrategy'],
          clusters: impact.clusters,
          witness: impact.witness,
        };
      }),
    ),
};
