// The kinds of which config/cluster.ts says where their pods lie, in a state that was read.
import { declaredPods } from '../config/pod-templates';
import type { ClusterFacts } from '../config/types';
import { State } from '../judge/state';
import { withDeclaredPods } from '../manifests/pod-template';

/** A state in which the kinds of `podTemplates` have their pods. */
export function withPodsOf(cluster: ClusterFacts | undefined, state: State): State {
  const declared = declaredPods(cluster?.podTemplates);
  return declared.size === 0 ? state : new State(withDeclaredPods(state.manifests, declared), state.beside);
}
