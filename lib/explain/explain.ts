// Where the pods of a namespace can land, and why: what the API server and Liqo's webhook make of them, against the inventory.
import { InputError } from '../input/error';
import type { Manifest } from '../manifests/manifest';
import { surroundings } from '../judge/surroundings';
import type { Known } from './known';
import { explainNamespace, type NamespaceExplanation } from './namespace';
import { checkNamespace, findWorkloads, type Target } from './target';
import { explainWorkload, type WorkloadExplanation } from './workload';

export interface Explanation {
  readonly namespace: string;
  /** What is known of the providers. */
  readonly inventory: 'none' | 'incomplete' | 'complete';
  /** The namespace itself; absent where only workloads were asked about. */
  readonly about?: NamespaceExplanation;
  readonly workloads: readonly WorkloadExplanation[];
}

/** A file of manifests that are explained as if they stood in the namespace. */
export interface GivenFile {
  readonly file: string;
  readonly manifests: readonly Manifest[];
}

function inventoryWord({ inventory }: Known): Explanation['inventory'] {
  if (inventory === undefined) return 'none';
  return inventory.complete ? 'complete' : 'incomplete';
}

/**
 * Explains a namespace with its workloads, one workload, or those of a file.
 * @throws InputError where nothing of that name is there
 */
export function explain(target: Target, known: Known, given?: GivenFile): Explanation {
  checkNamespace(target, known);
  const { namespace, workload } = target;
  const around = surroundings(known.state, namespace, known);
  const own = () => known.state.manifests.filter((one) => one.namespace === namespace);
  const found = findWorkloads(target, given?.manifests ?? own(), given?.file ?? `namespace '${namespace}'`);
  if (given !== undefined && found.length === 0)
    throw new InputError({ message: 'it contains no object that creates pods', file: given.file });
  return {
    namespace,
    inventory: inventoryWord(known),
    ...(workload === undefined && given === undefined && { about: explainNamespace(around, known) }),
    workloads: found.flatMap((one) => explainWorkload(one, around, known)),
  };
}
