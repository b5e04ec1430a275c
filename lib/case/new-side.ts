// The new side of a change as it is read, before the old side is known.
import type { StaleFile } from '../judge/rule';
import type { IgnoreFile } from '../manifests/engines/flux-artifact';
import type { KnownTexts } from '../manifests/known';
import type { Manifest } from '../manifests/manifest';
import type { Checkout } from './checkout';

/** What is judged, and where it lies. */
export interface NewSide {
  readonly checkout: Checkout;
  readonly manifests: readonly Manifest[];
  /** The engines' own objects that apply it. */
  readonly units: readonly Manifest[];
  readonly stale: readonly StaleFile[];
  readonly configOf: (file: string) => string | undefined;
  /** The folder that is judged, from the project's. */
  readonly folder: string;
  /** What steers engines in it, where it is judged as it lies there. */
  readonly steering?: readonly IgnoreFile[];
  /** The URL by which Argo CD knows this repository, where a config says it. */
  readonly repoURL?: string;
  /** Files of the project that decide how the change is judged. */
  readonly decisive: readonly string[];
  readonly known: KnownTexts;
}
