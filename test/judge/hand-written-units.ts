// Facts about units as people write them.
import type { Facts } from '../../lib/judge/rule';
import { DeclaredUnits } from '../../lib/manifests/engines/declared-units';
import { FACTS, manifests } from './given';

/** A Flux Kustomization with a spec in flow YAML, without braces. */
export const kustomization = (spec: string) => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: apps, namespace: flux-system }
spec: { sourceRef: { kind: GitRepository, name: flux-system }, ${spec} }
`;

/** An Argo CD Application for a folder. */
export const application = (path: string, spec = '', metadata = '') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: apps, namespace: argocd${metadata} }
spec: { source: { repoURL: "https://git.example.org/x.git", path: ${path} }${spec === '' ? '' : `, ${spec}`} }
`;

/** What is known where units are declared beside dist, as texts of YAML; an empty one declares none. */
export function unitFacts(was: string, is: string): Facts {
  const units = (text: string) =>
    new DeclaredUnits(text === '' ? [] : manifests(text, 'clusters/units.yaml'));
  return { ...FACTS, units: { before: units(was), after: units(is) } };
}
