// Secrets and ConfigMaps that Liqo may copy: declared directly, or created from other manifests.
// Sources: bitnami-labs/sealed-secrets (template.metadata); external-secrets pkg/controllers/externalsecret (setMetadata);
// cert-manager Certificate spec.secretTemplate; vault-secrets-operator spec.destination.annotations.
import { annotationsOf, groupOf, stringsAt, valueAt, type Manifest } from '../manifests/manifest';

const METADATA = ['metadata', 'annotations'];
const DESTINATION = ['spec', 'destination', 'annotations'];

/** The path of the copied object's annotations, by group and kind. */
const ANNOTATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['/Secret', METADATA],
  ['/ConfigMap', METADATA],
  ['bitnami.com/SealedSecret', ['spec', 'template', ...METADATA]],
  ['external-secrets.io/ExternalSecret', ['spec', 'target', 'template', ...METADATA]],
  ['cert-manager.io/Certificate', ['spec', 'secretTemplate', 'annotations']],
  ['secrets.hashicorp.com/VaultStaticSecret', DESTINATION],
  ['secrets.hashicorp.com/VaultDynamicSecret', DESTINATION],
  ['secrets.hashicorp.com/VaultPKISecret', DESTINATION],
]);

const placeOf = ({ apiVersion, kind }: Manifest) => ANNOTATIONS.get(`${groupOf(apiVersion)}/${kind}`);

/** Whether an object is a Secret or a ConfigMap, or a controller creates one from it. */
export const isReflected = (one: Manifest): boolean => placeOf(one) !== undefined;

/** `Secret 's'`, or `the Secret of ExternalSecret 's'`. */
export const reflectedTitle = (one: Manifest): string =>
  `${placeOf(one) === METADATA ? '' : 'The Secret of '}${one.kind} '${one.name}'`;

/** The path of the copied object's annotations. An ExternalSecret without a template passes on its own. */
export function reflectedPath(one: Manifest): readonly string[] {
  const isBare =
    one.kind === 'ExternalSecret' && valueAt(one.body, 'spec', 'target', 'template') === undefined;
  return isBare ? METADATA : (placeOf(one) ?? METADATA);
}

/** The copied object's annotations. */
export const reflectedAnnotations = (one: Manifest): ReadonlyMap<string, string> =>
  isReflected(one) ? stringsAt(one.body, ...reflectedPath(one)) : annotationsOf(one);
