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
  summary: "Pods take Liqo's RuntimeClass along to the provider, because it is not called `liqo`.",
  why: "The virtual kubelet drops the class of a pod only if it is literally `liqo`. Any other one is looked up on the provider, where it may not exist (the remote pod is refused) or be that cluster's own way to its virtual nodes (the remote pod runs on none of its own). The annotation `liqo.io/remote-runtime-class-name` on the pod names another; nothing can say none.",
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
          message: `${kind} '${namespace}/${manifest.name}' takes the RuntimeClass '${name}' along to the provider, where it leads to virtual nodes or does not exist: Liqo drops only '${RUNTIME_CLASS}'.`,
          remedy: `Give its pods the annotation ${REMOTE_RUNTIME_CLASS} with a class of the provider: place() and remoteRuntimeClass() do.`,
          manifest,
        },
      ];
    });
  },
};
