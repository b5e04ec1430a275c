// Which unit of a GitOps engine (an Argo CD Application, a Flux Kustomization) tracks an object, by what the unit put on it.
// No engine prunes an object that does not carry its own signs.
import { ARGO_CD, FLUX } from './engines';
import { annotationsOf, groupOf, labelsOf, type Manifest } from '../manifest';

/** A unit that tracks an object. */
export interface Unit {
  /** Equal for objects of one unit. */
  readonly id: string;
  /** For people: `Application 'shop'`, `Kustomization 'flux-system/apps'`. */
  readonly title: string;
  /** Whether only the unit writes the sign. Helm and others write the label that is Argo CD's default before 3.0 as well. */
  readonly certain: boolean;
}

/** Argo CD's sign where it tracks by label, as it did by default before 3.0. Charts and operators set it too. */
export const INSTANCE_LABEL = 'app.kubernetes.io/instance';

const application = (name: string, certain: boolean, installation = ''): Unit => ({
  id: `argo|${installation}|${name}`,
  title: `Application '${name}'`,
  certain,
});

/**
 * The Application that a tracking ID names, where it names the object that carries it:
 * `<application>:<group>/<kind>:<namespace>/<name>`. Argo CD takes any other for copied with the rest of the object; what
 * lies outside namespaces carries the namespace that its Application deploys to.
 */
function argoByAnnotation(manifest: Manifest, id: string): Unit | undefined {
  const [, name = '', group, kind, namespace, object] =
    /^([^:]*):([^/:]*)\/([^/:]*):([^/]*)\/([^/]*)$/.exec(id) ?? [];
  const itself =
    group === groupOf(manifest.apiVersion) &&
    kind === manifest.kind &&
    object === manifest.name &&
    (manifest.namespace === '' || namespace === manifest.namespace);
  return itself && name !== ''
    ? application(name, true, annotationsOf(manifest).get(`${ARGO_CD}/installation-id`))
    : undefined;
}

function argoUnit(manifest: Manifest): Unit | undefined {
  const id = annotationsOf(manifest).get(`${ARGO_CD}/tracking-id`);
  // Whoever writes it does not track by label.
  if (id !== undefined) return argoByAnnotation(manifest, id);
  const labels = labelsOf(manifest);
  const own = labels.get(`${ARGO_CD}/instance`) ?? '';
  if (own !== '') return application(own, true);
  const instance = labels.get(INSTANCE_LABEL) ?? '';
  return instance === '' ? undefined : application(instance, false);
}

function fluxUnit(manifest: Manifest): Unit | undefined {
  const [name = '', namespace = ''] = ['name', 'namespace'].map((key) =>
    labelsOf(manifest).get(`${FLUX}/${key}`),
  );
  if (name === '' || namespace === '') return undefined;
  return {
    id: `flux|${namespace}|${name}`,
    title: `Kustomization '${namespace}/${name}'`,
    certain: true,
  };
}

/**
 * The units that track a live object; two where it went from one engine to the other and kept its signs. Flux prunes what its
 * Kustomization once applied and still carries both of its labels; a release of Helm's, whoever installed it, prunes by a
 * record of its own.
 * Sources: Argo CD, util/argo/resource_tracking.go and controller/state.go (isSelfReferencedObj); fluxcd/pkg ssa/manager.go
 * (SetOwnerLabels); kustomize-controller, internal/controller/kustomization_controller.go (prune).
 */
export function unitsOf(live: Manifest): Unit[] {
  return [fluxUnit(live), argoUnit(live)].filter((unit) => unit !== undefined);
}

/** Whether Helm installed the object, and so wrote its instance label. */
export function isOfHelm(live: Manifest): boolean {
  return (
    annotationsOf(live).has('meta.helm.sh/release-name') ||
    labelsOf(live).get('app.kubernetes.io/managed-by') === 'Helm'
  );
}
