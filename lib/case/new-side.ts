// The new side of a change as it is read, before the old side is known.
import type { StaleFile } from '../judge/rule';
import type { Engine } from '../manifests/engines/engines';
import type { SteeringFile } from '../manifests/engines/steering-files';
import type { KnownTexts } from '../manifests/known';
import type { Manifest } from '../manifests/manifest';
import type { Content } from '../manifests/read';
import type { Checkout } from './checkout';

/** What is judged, and where it lies. */
export interface NewSide extends Content {
  readonly checkout: Checkout;
  /** The engines' own objects that apply it. */
  readonly units: readonly Manifest[];
  readonly stale: readonly StaleFile[];
  readonly configOf: (file: string) => string | undefined;
  /** The folder that is judged, from the project's. */
  readonly folder: string;
  /** What steers engines in it, where it is judged as it lies there. */
  readonly steering?: readonly SteeringFile[];
  /** The URL by which Argo CD knows this repository, where a config says it. */
  readonly repoURL?: string;
  /** Files of the project that decide how the change is judged. */
  readonly decisive: readonly string[];
  readonly known: KnownTexts;
  /** The engines that the config names. */
  readonly engines: readonly Engine[];
}
