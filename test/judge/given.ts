// Manifests as the judge sees them, from a few words.
import type { Facts, Problem, Rule } from '../../lib/judge/rule';
import { declaredIn } from '../../lib/judge/peerings';
import { State } from '../../lib/judge/state';
import { DeclaredUnits } from '../../lib/manifests/engines/declared-units';
import { EngineView, type EngineViewSource } from '../../lib/manifests/engines/engine-view';
import type { Manifest } from '../../lib/manifests/manifest';
import { lineOf, readManifests } from '../../lib/manifests/read';

/** One file of YAML; several documents are parted by `---`. */
export function manifests(text: string, file = 'dist/given.yaml'): Manifest[] {
  return readManifests(file, text);
}

export const state = (...texts: readonly string[]) =>
  new State(texts.flatMap((text, i) => manifests(text, `dist/${i}.yaml`)));

/** A NamespaceOffloading with a spec in flow YAML, `{ … }`. */
export function offloading(
  namespace: string,
  spec = '{ clusterSelector: { nodeSelectorTerms: [] } }',
  { metadata = '', name = 'offloading', apiVersion = 'offloading.liqo.io/v1beta1' } = {},
): string {
  return `apiVersion: ${apiVersion}
kind: NamespaceOffloading
metadata: { name: ${name}, namespace: ${namespace}${metadata === '' ? '' : `, ${metadata}`} }
spec: ${spec}
`;
}

/** A Namespace; metadata in flow YAML without braces. */
export function namespace(name: string, metadata = ''): string {
  return `apiVersion: v1
kind: Namespace
metadata: { name: ${name}${metadata === '' ? '' : `, ${metadata}`} }
`;
}

export function runtimeClass(name: string, handler = 'liqo', apiVersion = 'node.k8s.io/v1'): string {
  return `apiVersion: ${apiVersion}\nkind: RuntimeClass\nmetadata: { name: ${name} }\nhandler: ${handler}\n`;
}

/** Texts of files that steer engines, by path. */
export type Steering = Readonly<Record<string, string>>;

export interface Seen extends Pick<EngineViewSource, 'known' | 'units' | 'manifests'> {
  /** @default 'apps' */
  readonly folder?: string;
  readonly before?: Steering;
  readonly after?: Steering;
}

/** What engines make of a folder on both sides. */
export function seen({ folder = 'apps', known = [], before = {}, after = {}, ...more }: Seen) {
  const view = (files: Steering) => {
    const steering = Object.entries(files).map(([path, text]) => ({ path, text }));
    return new EngineView({ folder, known, steering, ...more });
  };
  return { engines: known, view: { before: view(before), after: view(after) } };
}

export const FACTS: Facts = {
  consumer: 'venice',
  liqoRuntimeClass: 'liqo',
  stale: [],
  policies: [],
  asserted: new Map(),
  configured: new Set(),
  judgeChanged: [],
  settledAfterCommits: 20,
  dist: 'dist',
  elsewhere: [],
  units: { before: new DeclaredUnits([]), after: new DeclaredUnits([]) },
  ...seen({ folder: '' }),
  inventories: {},
};

/** What one rule finds in a state, or in a change from the one to the other. */
export function find(rule: Rule, after: State, before: State = state(), given: Facts = FACTS): Problem[] {
  const facts = { ...given, declaredNodes: declaredIn({ before, after }) };
  switch (rule.about) {
    case 'state':
      return rule.check(after, facts);
    case 'change':
      return rule.check({ before, after }, facts);
    case 'run':
      return rule.check(facts, { unused: [], errors: 0 });
  }
}

/** The field that a problem points at: in flow YAML, lines do not tell fields apart. */
export function fieldFor({ field = [] }: Problem): string {
  return field.join('.');
}

/** The line that a problem points at. */
export function lineFor({ manifest, field = [], line }: Problem): number | undefined {
  return manifest === undefined ? line : lineOf(manifest, ...field);
}
