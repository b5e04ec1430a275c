// Secrets and ConfigMaps that Liqo may copy: declared themselves, or made by what manifests declare.
// Sources: bitnami-labs/sealed-secrets (template.metadata); external-secrets pkg/controllers/externalsecret (setMetadata);
// cert-manager Certificate spec.secretTemplate; vault-secrets-operator spec.destination.annotations.
import { annotationsOf, groupOf, stringsAt, valueAt, type Manifest } from '../manifests/manifest';

const METADATA = ['metadata', 'annotations'];
const DESTINATION = ['spec', 'destination', 'annotations'];

/** Where the annotations of the copied object stand, by group and kind. */
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

/** Whether an object is a Secret or a ConfigMap, or has a controller make one. */
export const isReflected = (one: Manifest): boolean => placeOf(one) !== undefined;

/** `Secret 's'`, or `the Secret of ExternalSecret 's'`. */
export const reflectedTitle = (one: Manifest): string =>
  `${placeOf(one) === METADATA ? '' : 'The Secret of '}${one.kind} '${one.name}'`;

/** The path of the annotations that the copied object has. An ExternalSecret without a template hands on its own. */
export function reflectedPath(one: Manifest): readonly string[] {
  const isBare =
    one.kind === 'ExternalSecret' && valueAt(one.body, 'spec', 'target', 'template') === undefined;
  return isBare ? METADATA : (placeOf(one) ?? METADATA);
}

/** The annotations themselves. */
export const reflectedAnnotations = (one: Manifest): ReadonlyMap<string, string> =>
  isReflected(one) ? stringsAt(one.body, ...reflectedPath(one)) : annotationsOf(one);
