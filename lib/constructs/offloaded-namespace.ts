// A Namespace with its NamespaceOffloading.
import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { offloadedNamespaceViolations } from '../config/schema/namespace';
import type { OffloadingConfig } from '../config/types';
import { checked } from './checked';
import { withoutStrayNamespace } from './cluster-scoped';
import { NamespaceOffloading } from './namespace-offloading';
import { namespaceObject } from './objects';

export interface OffloadedNamespaceProps {
  /**
   * The name, a DNS-1123 label. It is never made up from the construct's path: moving the construct would then delete the
   * namespace, and its twins.
   */
  readonly name: string;
  /** The spec of the NamespaceOffloading; `{}` is every cluster, with Liqo's default strategies. */
  readonly offloading: OffloadingConfig;
  /**
   * Labels of the Namespace, beside those of the chart. The scheduling label of Liqo is added where Liqo's controller would
   * hold it.
   * @default none
   */
  readonly labels?: Readonly<Record<string, string>>;
  /**
   * Annotations of the Namespace.
   * @default none
   */
  readonly annotations?: Readonly<Record<string, string>>;
}

/**
 * A Namespace and its NamespaceOffloading, in this order. Workloads that are to stand behind both in the same chart depend
 * on the construct: `workload.node.addDependency(shop)`.
 */
export class OffloadedNamespace extends Construct {
  /** The name of the namespace. */
  readonly name: string;
  /** The Namespace: annotations and labels are added to its `metadata`. */
  readonly namespace: ApiObject;
  readonly offloading: NamespaceOffloading;

  /** @throws InputError with all that is wrong with the props, and the path of this construct */
  constructor(scope: Construct, id: string, props: OffloadedNamespaceProps) {
    const place = { scope, id, type: 'OffloadedNamespace' };
    const fields = checked(props, offloadedNamespaceViolations, place);
    super(scope, id);
    const { name, offloading } = fields;
    this.name = name;
    this.namespace = withoutStrayNamespace(new ApiObject(this, 'namespace', namespaceObject(fields)));
    this.offloading = new NamespaceOffloading(this, 'offloading', { namespace: name, offloading });
    this.offloading.addDependency(this.namespace);
  }
}
