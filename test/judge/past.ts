// Histories from a few words, as a baseline would read them.
import { isSought, type Past, type ReadPast, type Wanted } from '../../lib/manifests/history';
import { identityOf, type ObjectKey } from '../../lib/manifests/manifest';
import { manifests } from './given';

/** The forms of one object from the oldest, as YAML, empty where it was removed; commits are a…, b…, c… */
export function past(forms: readonly string[], cut?: Past['cut']): ReadPast {
  const steps = forms
    .map((text, i) => ({
      commit: ('abcdef'[i] ?? '').repeat(40),
      age: forms.length - 1 - i,
      manifests: text === '' ? [] : manifests(text),
    }))
    .reverse();
  const keysOf = (wanted: Wanted): readonly ObjectKey[] =>
    isSought(wanted) ? steps.flatMap((step) => step.manifests.filter(wanted.matches)) : wanted;
  return (wanted: Wanted) => ({
    steps: new Map(
      keysOf(wanted)
        .filter(({ kind }) => kind !== 'Namespace')
        .map((one) => [identityOf(one), steps]),
    ),
    complete: cut === undefined,
    ...(cut && { cut }),
  });
}

export const SHALLOW = { reason: 'this clone is shallow', remedy: 'git fetch --unshallow' };
