// The name of the twin namespace on a provider, and whether a provider can have it.
// Source: namespacemap-controller/enforcement.go; nothing on the consumer checks the name.
import { dnsLabelProblem } from '../selector/labels';
import type { NamespaceMappingStrategy } from './namespace-offloading';

export interface TwinNaming {
  readonly namespace: string;
  readonly strategy: NamespaceMappingStrategy;
  /** Empty where it is not set. */
  readonly remoteNamespaceName: string;
}

/** The twin's name; undefined where it needs the consumer's cluster ID and that is not known. */
export function twinName(naming: TwinNaming, consumer: string | undefined): string | undefined {
  switch (naming.strategy) {
    case 'DefaultName':
      return consumer === undefined ? undefined : `${naming.namespace}-${consumer}`;
    case 'EnforceSameName':
      return naming.namespace;
    case 'SelectedName':
      return naming.remoteNamespaceName;
  }
}

/** Why no provider can create a namespace of that name (it stays in CreationLoopBackOff), or undefined. */
export function twinNameProblem(name: string): string | undefined {
  return dnsLabelProblem(name);
}

const RESERVED = new Map([
  ['default', 'exists on every cluster'],
  ['kube-system', 'exists on every cluster'],
  ['kube-public', 'exists on every cluster'],
  ['kube-node-lease', 'exists on every cluster'],
  ['liqo', 'is where Liqo itself runs on a provider'],
  ['liqo-storage', "holds Liqo's storage on a provider"],
]);

/** Why the name is taken on a provider by something that is no twin of ours, or undefined. */
export function reservedReason(name: string, consumer: string | undefined): string | undefined {
  if (consumer !== undefined && name === `liqo-tenant-${consumer}`)
    return "is this consumer's tenant namespace on a provider";
  return RESERVED.get(name);
}

/** Whether Kubernetes keeps things of its own in a namespace, or Liqo does: `liqo-demo` and its like are anybody's. */
export const isSystemNamespace = (name: string) =>
  name === 'default' || /^(kube-.*|liqo|liqo-storage|liqo-tenant-.*)$/.test(name);
