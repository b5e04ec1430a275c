// What is to be explained: a namespace, or one workload in it, by the words of the command line.
import { InputError } from '../input/error';
import { suggestion } from '../input/schema';
import { namespacesOf } from '../judge/state';
import type { Manifest } from '../manifests/manifest';
import { createsPods } from '../manifests/pod-template';
import type { Known } from './known';

export interface Target {
  readonly namespace: string;
  /** Undefined: the namespace itself, or all workloads of a file. */
  readonly workload?: { readonly kind: string; readonly name: string };
}

const FORM = 'cdk8s-liqo explain <namespace>, or <namespace>/<kind>/<name>';

/** @throws InputError where it is neither `namespace` nor `namespace/kind/name` */
export function parseTarget(text: string): Target {
  const [namespace = '', kind, name, ...more] = text.split('/');
  const whole = kind === undefined || (kind !== '' && name !== undefined && name !== '');
  if (namespace === '' || !whole || more.length > 0)
    throw new InputError({ message: `'${text}' is neither a namespace nor a workload`, remedy: FORM });
  return kind === undefined || name === undefined ? { namespace } : { namespace, workload: { kind, name } };
}

/** Short names of kubectl. */
const SHORT: Readonly<Record<string, string>> = {
  po: 'pod',
  deploy: 'deployment',
  rs: 'replicaset',
  sts: 'statefulset',
  ds: 'daemonset',
  cj: 'cronjob',
  rc: 'replicationcontroller',
};

/** A kind as kubectl would take it: in any case, in the plural, or by its short name. */
function kindKey(written: string): string {
  const lower = written.toLowerCase();
  return (Object.hasOwn(SHORT, lower) ? SHORT[lower] : undefined) ?? lower.replace(/s$/, '');
}

const didYouMean = (meant: string | undefined, otherwise: string) =>
  meant === undefined ? otherwise : `did you mean '${meant}'?`;

/** @throws InputError where no manifest and no config speaks of the namespace */
export function checkNamespace({ namespace }: Target, { state, asserted }: Known): void {
  const inhabited = state.manifests.map((one) => one.namespace).filter((one) => one !== '');
  const all = [...new Set([...namespacesOf(state), ...asserted.keys(), ...inhabited])];
  if (all.includes(namespace)) return;
  throw new InputError({
    message: `no manifest mentions the namespace '${namespace}'`,
    remedy: didYouMean(suggestion(namespace, all), 'cdk8s-liqo explains the contents of config/ and dist/'),
  });
}

/** The objects of a list that create pods. */
export const workloadsIn = (manifests: readonly Manifest[]) => manifests.filter((one) => createsPods(one));

/**
 * The workloads of a list that are meant.
 * @param where they were looked for, for the error
 * @throws InputError where there is none
 */
export function findWorkloads(
  { workload }: Target,
  manifests: readonly Manifest[],
  where: string,
): readonly Manifest[] {
  const candidates = workloadsIn(manifests);
  if (workload === undefined) return candidates;
  const { kind, name } = workload;
  const isMeant = (one: Manifest) => one.name === name && kindKey(one.kind) === kindKey(kind);
  const found = candidates.filter(isMeant);
  if (found.length > 0) return found;
  const podless = manifests.find(isMeant);
  if (podless !== undefined) throw new InputError({ message: `a ${podless.kind} creates no pods` });
  const known = candidates.map((one) => `${one.kind}/${one.name}`);
  const meant = known.find((one) => one.endsWith(`/${name}`)) ?? suggestion(`${kind}/${name}`, known);
  throw new InputError({
    message: `there is no workload '${kind}/${name}' in ${where}`,
    remedy: didYouMean(
      meant,
      known.length === 0
        ? 'it contains no object that creates pods'
        : `there are ${known.slice(0, 10).join(', ')}${known.length > 10 ? ', …' : ''}`,
    ),
  });
}
