// What a manifest of ours says above an object that a placement of its include could not reach.
import type { Manifest } from './manifest';

const BEGIN = 'not placed ';

/** The line for it; without what follows `# `. */
export const notPlaced = (placement: string): string =>
  `${BEGIN}${placement}: cdk8s-liqo does not know where its pods lie`;

/** The placement that a manifest lacks, by the line above it; undefined where it says nothing. */
export function missingPlacement({ source: { text, document } }: Manifest): string | undefined {
  if (!text.includes(`# ${BEGIN}`)) return undefined;
  const own = text.split(/^---\n/m)[document + 1] ?? '';
  return own.startsWith(`# ${BEGIN}`) ? /^[a-z]+/.exec(own.slice(BEGIN.length + 2))?.[0] : undefined;
}
