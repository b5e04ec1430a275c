import { fileOf, valueAt, type Manifest } from '../../manifests/manifest';
import type { StateRule } from '../rule';
import { notAppliedBy } from '../../manifests/engines/signs';

/** Files for tools, not for the API server: they have no name. */
const FOR_TOOLS =
  /^(([a-z0-9-]+\.)*config\.k8s\.io|(audit|kubeadm)\.k8s\.io|kind\.x-k8s\.io|k3d\.io|skaffold|[a-z]+\.plugin\.fluxcd\.io)\//;

/** Argo CD creates hooks instead of applying them, so a hook may have `generateName`. */
const isUnnamedHook = (manifest: Manifest) =>
  notAppliedBy('argocd', manifest) !== undefined &&
  valueAt(manifest.body, 'metadata', 'generateName') !== undefined;

export const objectNameless: StateRule = {
  name: 'object-nameless',
  category: 'broken',
  about: 'state',
  summary: 'An object has no name.',
  why: 'kustomize, and so Flux, refuses to build the whole folder; `kubectl apply` and Argo CD refuse the object. `generateName` works only with `kubectl create`.',
  source: 'kustomize: "missing metadata.name in object"; kubectl: "cannot use generate name with apply"',
  check: ({ manifests }, { view: { after } }) =>
    manifests
      .filter((one) => one.name === '' && !FOR_TOOLS.test(one.apiVersion) && !isUnnamedHook(one))
      .filter((one) => after.engines.some((engine) => after.mayRead(engine, fileOf(one))))
      .map((manifest) => ({
        namespace: manifest.namespace || undefined,
        message: `A ${manifest.kind} has no name: Flux applies nothing in its folder, and Argo CD refuses the object.`,
        remedy: 'Give it metadata.name. A Job that should run again needs a new name.',
        manifest,
        field: ['metadata'],
      })),
};
