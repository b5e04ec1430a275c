import { describe, meeting, selectionOf, type Impact } from '../cluster-impact';
import type { Facts, StateRule } from '../rule';
import { sharedTwins, type Twin } from '../twins';

/** What a namespace selects, and the text that equal selections share. */
interface Member extends Twin {
  readonly selection: ReturnType<typeof selectionOf>;
  readonly text: string;
}

function toMember(twin: Twin): Member {
  const selection = selectionOf(twin.offloading);
  return { ...twin, selection, text: JSON.stringify(selection) };
}

interface Collision {
  readonly first: Member;
  readonly other: Member;
  readonly impact: Impact;
}

/** For each namespace but the first, the first one that it meets. Equal selections are asked about once. */
function collisions(twins: readonly Twin[], { inventories }: Facts): Collision[] {
  const earlier = new Map<string, Member>(); // the first namespace of each selection
  const answers = new Map<string, Impact | undefined>();
  const ask = (a: Member, b: Member) => {
    const question = `${a.text} ${b.text}`;
    if (!answers.has(question)) answers.set(question, meeting(a.selection, b.selection, inventories.after));
    return answers.get(question);
  };
  return twins.map(toMember).flatMap((other) => {
    for (const first of earlier.values()) {
      const impact = ask(first, other);
      if (impact !== undefined) return [{ first, other, impact }];
    }
    if (!earlier.has(other.text)) earlier.set(other.text, other);
    return [];
  });
}

export const remoteNameCollision: StateRule = {
  name: 'remote-name-collision',
  category: 'destructive',
  about: 'state',
  summary: 'Two namespaces take the same twin namespace on one provider.',
  why: "They share one twin, and both show Ready: the ownership annotation names the pair of clusters, not the local namespace, and no webhook looks. Each one's reflectors keep deleting what the other reflected, and unoffloading either deletes the twin for both. A complete inventory decides it exactly; without one, selectors that can match the same virtual node collide, which assumes one virtual node for each provider.",
  source: 'NSM/enforcement.go, pkg/virtualKubelet/forge/meta.go',
  check: (state, facts) =>
    [...sharedTwins(state, facts.consumer).values()].flatMap((twins) =>
      collisions(twins, facts).map(({ first, other, impact }) => {
        const { manifest, namespace } = other.offloading;
        return {
          namespace,
          message: `'${namespace}' and '${first.offloading.namespace}' take the same twin namespace '${other.twin}' on ${describe(impact)}: each deletes what the other put there.`,
          remedy: 'Give them different remote names, or selectors that cannot meet.',
          manifest,
          field: ['spec', 'namespaceMappingStrategy'],
          clusters: impact.clusters,
          witness: impact.witness,
        };
      }),
    ),
};
