// Facts about the units that apply dist, as `gitops` in a config makes them for the files of a state.
import { gitopsOf } from '../../lib/compile/gitops/gitops';
import type { GitOpsConfig } from '../../lib/config/types';
import type { Facts } from '../../lib/judge/rule';
import type { State } from '../../lib/judge/state';
import { DeclaredUnits } from '../../lib/manifests/engines/declared-units';
import { toManifest } from '../../lib/manifests/manifest';
import { FACTS, seen } from './given';

/** The settings of one side of a change. */
export interface Side extends GitOpsConfig {
  /** @default 'venice' */
  readonly id?: string;
}

const ARGO_CD = { repoURL: 'https://example.com/platform.git' };
export const argocd = (settings: Partial<NonNullable<GitOpsConfig['argocd']>> = {}): Side => ({
  argocd: { ...ARGO_CD, ...settings },
});
export const flux = (settings: NonNullable<GitOpsConfig['flux']> = {}): Side => ({ flux: settings });

export function unitsFor({ id = 'venice', ...gitops }: Side, { manifests }: State): DeclaredUnits {
  const paths = [...new Set(manifests.map(({ appliedFrom, source }) => appliedFrom ?? source.file))];
  const bodies = gitopsOf({ id, gitops }, { prefix: '', paths });
  return new DeclaredUnits(
    [...bodies].flatMap(([file, body]) => toManifest(body, { file, text: '', document: 0, path: [] }) ?? []),
  );
}

/** What is known where both sides have their own settings, by default those of the old one. */
export function factsOf(before: State, after: State, was: Side, is: Side = was): Facts {
  const units = { before: unitsFor(was, before), after: unitsFor(is, after) };
  const known = new Set([...units.before.all, ...units.after.all].map(({ engine }) => engine));
  return { ...FACTS, units, ...seen({ folder: 'dist', known: [...known] }) };
}
