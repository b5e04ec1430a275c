import { REMOTE_RUNTIME_CLASS } from '../../liqo/annotations';
import { RUNTIME_CLASS, TYPE_LABEL, VIRTUAL_NODE } from '../../liqo/constants';
import { valueAt, type Manifest } from '../../manifests/manifest';
import { podAnnotationsOf, runtimeClassesOf } from '../../manifests/pod-template';
import type { StateRule } from '../rule';

const selectsVirtualNodes = ({ body }: Manifest) =>
  valueAt(body, 'scheduling', 'nodeSelector', TYPE_LABEL) === VIRTUAL_NODE;

export const runtimeClassCarriedOver: StateRule = {
  name: 'runtime-class-carried-over',
  category: 'risky',
  about: 'state',
  summary: "Remote pods keep Liqo's RuntimeClass on the provider, because it is not named `liqo`.",
  why: "The virtual kubelet drops the RuntimeClass of a pod only if its name is exactly `liqo`. The provider looks up any other class: either it does not exist there, and the remote pod is refused; or it sends pods to that cluster's own virtual nodes, and the remote pod runs on none of its real nodes. The annotation `liqo.io/remote-runtime-class-name` on the pod sets another class; there is no way to set none.",
  source: 'pkg/virtualKubelet/forge/pods.go, RuntimeClassNameMutator',
  check: ({ manifests, runtimeClasses }, { liqoRuntimeClass }) => {
    const managed = runtimeClasses.filter(selectsVirtualNodes).map(({ name }) => name);
    const names = [liqoRuntimeClass, ...managed].filter((name) => name !== RUNTIME_CLASS);
    return manifests.flatMap((manifest) => {
      const name = runtimeClassesOf(manifest).find((one) => names.includes(one));
      const remote = podAnnotationsOf(manifest).get(REMOTE_RUNTIME_CLASS) ?? '';
      if (name === undefined || remote !== '') return [];
      const { kind, namespace } = manifest;
      return [
        {
          namespace,
          message: `${kind} '${namespace}/${manifest.name}' keeps the RuntimeClass '${name}' on the provider, where the class leads to virtual nodes or does not exist: Liqo drops only '${RUNTIME_CLASS}'.`,
          remedy: `Annotate its pods with ${REMOTE_RUNTIME_CLASS} and a class of the provider; place() and remoteRuntimeClass() do that.`,
          manifest,
        },
      ];
    });
  },
};
