// The offloading of a namespace that somebody else owns.
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { namespaceOffloadingViolations } from '../config/schema/namespace';
import type { OffloadingConfig } from '../config/types';
import { checked } from './checked';
import { offloadingObject } from './objects';

export interface NamespaceOffloadingProps {
  /** The name of the namespace, a DNS-1123 label. */
  readonly namespace: string;
  /** The spec; `{}` is every cluster, with Liqo's default strategies. */
  readonly offloading: OffloadingConfig;
}

/**
 * A NamespaceOffloading, for a namespace that is there already. It is called `offloading`, since Liqo's webhook accepts no
 * other name (Liqo: pkg/webhooks/namespaceoffloading), so there is one for each namespace.
 */
export class NamespaceOffloading extends ApiObject {
  /** @throws InputError with all that is wrong with the props, and the path of this construct */
  constructor(scope: Construct, id: string, props: NamespaceOffloadingProps) {
    const place = { scope, id, type: 'NamespaceOffloading' };
    const { namespace, offloading } = checked(props, namespaceOffloadingViolations, place);
    super(scope, id, offloadingObject(namespace, offloading));
  }
}
