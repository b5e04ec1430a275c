// What a status is read from: the Namespaces and NamespaceOffloadings of a cluster, each once.
import { InputError, type InputProblem } from '../input/error';
import { isOfGuard } from './guard';
import { isOffloading } from '../judge/offloading';
import { once } from '../manifests/live-inventory';
import { isLive } from '../manifests/live-object';
import type { Manifest } from '../manifests/manifest';

/** What shows all that a status is made of. */
export const KUBECTL = 'kubectl get namespaces,namespaceoffloadings -A -o yaml';

export interface Live {
  /** By name; empty where no Namespace was given. */
  readonly namespaces: ReadonlyMap<string, Manifest>;
  /** By namespace. */
  readonly offloadings: ReadonlyMap<string, Manifest>;
  /** What it has of a guard. */
  readonly guard: readonly Manifest[];
}

const isNamespace = ({ apiVersion, kind }: Manifest) => apiVersion === 'v1' && kind === 'Namespace';

/** @throws InputError where the objects are of no cluster, none is of a kind looked at, or one stands there in two forms */
export function readLive(manifests: readonly Manifest[]): Live {
  const remedy = `give it the output of \`${KUBECTL}\``;
  const looked = manifests.filter((one) => isNamespace(one) || isOffloading(one));
  const [first] = looked;
  if (first === undefined)
    throw new InputError({
      message: 'the input contains neither a Namespace nor a NamespaceOffloading',
      remedy,
    });
  const declared = looked.find((one) => !isLive(one));
  if (declared !== undefined)
    throw new InputError({
      message: `the ${declared.kind} '${declared.namespace || declared.name}' has no UID, so it comes from a manifest, not from a cluster`,
      file: declared.source.file,
      remedy,
    });
  const problems: InputProblem[] = [];
  const objects = once(looked, problems);
  if (problems.length > 0) throw new InputError(problems);
  return {
    namespaces: new Map(objects.filter(isNamespace).map((one) => [one.name, one])),
    offloadings: new Map(objects.filter(isOffloading).map((one) => [one.namespace, one])),
    guard: manifests.filter(isOfGuard),
  };
}
