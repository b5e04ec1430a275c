// The cluster ID in the text of a config that nobody runs: that of the baseline.

const ID = /\bid:\s*(['"`])([a-z0-9](?:[-a-z0-9]*[a-z0-9])?)\1/g;

/** The one plain text of a cluster config that is its `id`, undefined where there is none, or more than one. */
function idIn(text: string): string | undefined {
  const [found, other] = [...text.matchAll(ID)];
  return other === undefined ? found?.[2] : undefined;
}

/**
 * The `id` of an earlier text of a cluster config. It is read off, not run, and believed where the same reading of today's
 * text gives what today's config says when it is run.
 */
export const idBefore = (then: string, now: string, id: string | undefined): string | undefined =>
  id !== undefined && idIn(now) === id ? idIn(then) : undefined;
