import { slipOf } from '../../input/schema';
import { isLiqoGroup, LIQO_DOMAIN } from '../../liqo/kinds';
import { LIQO_KEYS, OLD_KEYS, USER_KEYS } from '../../liqo/keys';
import { workloadKind } from '../../liqo/workload-kinds';
import { annotationsOf, groupOf, labelsOf, type Manifest } from '../../manifests/manifest';
import { podAnnotationsOf, podLabelsOf } from '../../manifests/pod-template';
import { isReflected, reflectedAnnotations } from '../reflected';
import type { Problem, StateRule } from '../rule';

/** Kinds whose keys Liqo reads, by group; it also reads those of workloads and of its own kinds. */
const READ_ON: ReadonlySet<string> = new Set([
  ...['/Namespace', '/Node', '/Service', '/PersistentVolumeClaim'],
  ...['/ServiceAccount', 'networking.k8s.io/Ingress', 'discovery.k8s.io/EndpointSlice'],
]);

function isRead(manifest: Manifest): boolean {
  const { apiVersion, kind } = manifest;
  const group = groupOf(apiVersion);
  return (
    READ_ON.has(`${group}/${kind}`) ||
    isReflected(manifest) ||
    isLiqoGroup(group) ||
    workloadKind(group, kind) !== undefined
  );
}

/** A key as written. */
interface Written {
  readonly key: string;
  readonly as: 'label' | 'annotation';
}

const writtenOn = (manifest: Manifest): Written[] => {
  const of = (as: Written['as'], ...maps: readonly ReadonlyMap<string, string>[]) =>
    [...new Set(maps.flatMap((map) => [...map.keys()]))].map((key) => ({ key, as }));
  return [
    ...of('label', labelsOf(manifest), podLabelsOf(manifest)),
    ...of('annotation', annotationsOf(manifest), reflectedAnnotations(manifest), podAnnotationsOf(manifest)),
  ];
};

const PREFIX = `${LIQO_DOMAIN}/`;
const nameOf = (key: string) => key.slice(PREFIX.length);
const NAMES = [...LIQO_KEYS].filter((key) => key.startsWith(PREFIX)).map(nameOf);
const BELOW = [...LIQO_KEYS].filter((key) => !key.startsWith(PREFIX));
const OF_USERS = [...USER_KEYS.keys()].map(nameOf);

/** Below a Liqo domain: a key of the domain itself, or a misspelt one. */
function meantBelow(key: string, name: string): string | undefined {
  const meant = OF_USERS.includes(name) ? name : slipOf(name, OF_USERS);
  return meant === undefined ? slipOf(key, BELOW) : PREFIX + meant;
}

/** The Liqo key that was meant: the name or the domain is misspelt, or the name is cut short. */
function meantBy(key: string): string | undefined {
  if (key.startsWith(PREFIX)) {
    const name = nameOf(key);
    const [longer, other] = NAMES.filter((one) => one.startsWith(`${name}-`));
    const meant = slipOf(name, NAMES) ?? (other === undefined ? longer : undefined);
    return meant && PREFIX + meant;
  }
  const [domain = '', name = ''] = key.split('/');
  if (domain.endsWith(`.${LIQO_DOMAIN}`)) return meantBelow(key, name);
  const full = PREFIX + name;
  return USER_KEYS.has(full) && slipOf(domain, [LIQO_DOMAIN]) !== undefined ? full : undefined;
}

/** Why Liqo does not read a key, and what to do; undefined if Liqo reads it, or it is not one of Liqo's. */
function unread({ key, as }: Written): Pick<Problem, 'message' | 'remedy'> | undefined {
  const old = OLD_KEYS.get(key);
  if (old !== undefined) return { message: `which Liqo no longer reads`, remedy: old };
  const wanted = USER_KEYS.get(key);
  if (wanted !== undefined)
    return wanted === as
      ? undefined
      : { message: `which Liqo reads only as ${AN[wanted]}`, remedy: `Make it ${AN[wanted]}.` };
  if (LIQO_KEYS.has(key)) return undefined;
  const meant = meantBy(key);
  return meant === undefined
    ? undefined
    : { message: 'which Liqo does not read', remedy: `Did you mean ${meant}? Otherwise remove it.` };
}

const AN = { label: 'a label', annotation: 'an annotation' } as const;

export const keyUnread: StateRule = {
  name: 'key-unread',
  category: 'risky',
  about: 'state',
  summary: "A label or annotation looks like one of Liqo's, but Liqo does not read it.",
  why: "The key silently has no effect: with a misspelt `liqo.io/skip-reflection` the Secret stays on every provider, and `liqo.io/enabled`, which offloaded a namespace until 2022, does nothing. The rule looks at Namespaces, Nodes, Services, ConfigMaps, Secrets, PersistentVolumeClaims, ServiceAccounts, Ingresses, EndpointSlices, objects that create pods, and objects of Liqo. It ignores keys under `liqo.io/` or its subdomains that resemble none of Liqo's: those are yours.",
  source: 'pkg/consts; pkg/virtualKubelet/forge; pkg/virtualKubelet/reflection/generic/namespaced.go',
  check: ({ manifests }) =>
    manifests.filter(isRead).flatMap((manifest) =>
      writtenOn(manifest).flatMap((written) => {
        const found = unread(written);
        if (found === undefined) return [];
        const { kind, name } = manifest;
        return [
          {
            namespace: kind === 'Namespace' ? name : manifest.namespace || undefined,
            message: `The ${kind} '${name}' has the ${written.as} '${written.key}', ${found.message}: it has no effect.`,
            remedy: found.remedy,
            manifest,
            field: ['metadata', `${written.as}s`, written.key],
          },
        ];
      }),
    ),
};
