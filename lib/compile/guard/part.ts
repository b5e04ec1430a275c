// A part of the guard: one ValidatingAdmissionPolicy with its bindings.
import type { Guarded } from '../../liqo/guard';
import type { JsonObject } from '../../manifests/manifest';

export interface NamedCel {
  readonly name: string;
  readonly expression: string;
}

/** The operations on kinds that a part looks at. */
export interface Watched {
  readonly operations: readonly ('CREATE' | 'UPDATE' | 'DELETE')[];
  readonly apiGroup: string;
  readonly resources: readonly string[];
}

/** One binding: the namespaces that a part is for. */
export interface Bound {
  /** Ends the name of the binding; empty for the only one. */
  readonly name: string;
  /** A LabelSelector; undefined for every namespace. */
  readonly namespaceSelector?: JsonObject;
}

export interface Part {
  readonly guards: Guarded;
  /** Ends the names of its objects. */
  readonly name: string;
  readonly watched: readonly Watched[];
  /** A LabelSelector on the object, as it was or as it becomes. */
  readonly objectSelector?: JsonObject;
  /** CEL: what else must be so for a request to be looked at. */
  readonly conditions?: readonly NamedCel[];
  readonly variables?: readonly NamedCel[];
  /** CEL: whether a change may be. */
  readonly fits: string;
  /** CEL: a text that says what the change does. */
  readonly does: string;
  /**
   * What an allowance of an object that exists is bound to, so that it ends with the change: the number of its spec, which
   * a status or an annotation leaves alone; of metadata, the version that the update replaces; its UID where neither can be.
   */
  readonly bound: 'generation' | 'resourceVersion' | 'uid';
  /** The ConfigMaps whose keys it asks for, as `params.data`. */
  readonly parameters?: 'namespaces' | 'selector-keys' | 'virtual-nodes';
  readonly bindings?: readonly Bound[];
}
