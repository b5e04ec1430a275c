// A RuntimeClass that leads to virtual nodes, beside the one that Liqo's chart installs.
import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { runtimeClassPropsViolations } from '../config/schema/runtime-class';
import type { RuntimeClassConfig } from '../config/types';
import { runtimeClassManifest } from '../liqo/runtime-class';
import { checked } from './checked';
import { withoutStrayNamespace } from './cluster-scoped';

export interface LiqoRuntimeClassProps extends Pick<
  RuntimeClassConfig,
  'handler' | 'labels' | 'annotations' | 'nodeSelector' | 'tolerations'
> {
  /**
   * The name, a DNS-1123 subdomain. `liqo` is the name of the class that Liqo's chart always installs; Helm refuses one that
   * it does not own, so that name is free only where `offloading.runtimeClass.name` of the chart is another. The virtual
   * kubelet drops only a class of the name `liqo` on its way to the provider: pods of any other need the annotation
   * `liqo.io/remote-runtime-class-name` (Liqo: pkg/virtualKubelet/forge/pods.go).
   */
  readonly name: string;
}

/** The RuntimeClass as Liqo's chart writes its own, with other values. */
export class LiqoRuntimeClass extends ApiObject {
  /** @throws InputError with all that is wrong with the props, and the path of this construct */
  constructor(scope: Construct, id: string, props: LiqoRuntimeClassProps) {
    const place = { scope, id, type: 'LiqoRuntimeClass' };
    super(scope, id, runtimeClassManifest(checked(props, runtimeClassPropsViolations, place)));
    withoutStrayNamespace(this);
  }
}
