// A rule: a pure function over one state or over a change, with everything that docs and reports say about it.
import type { Inventory } from '../liqo/inventory';
import type { DeclaredUnits } from '../manifests/engines/declared-units';
import type { Engine } from '../manifests/engines/engines';
import type { EngineView } from '../manifests/engines/engine-view';
import type { ReadPast } from '../manifests/history';
import type { Manifest } from '../manifests/manifest';
import type { Selection, Witness } from '../selector/algebra';
import type { Labels } from '../selector/match';
import type { Category } from './finding';
import type { DeclaredNode } from './peerings';
import type { Policy } from './policy';
import type { Change, State } from './state';

/** What an approval can name: a namespace, a provider's cluster ID, or the name of an object. */
export type Subject = 'namespace' | 'provider' | 'object';

/** What a rule found, before the judge gives it a severity. */
export interface Problem {
  readonly namespace?: string;
  /** What happens in the cluster. Names objects and values, never files: equal problems have equal messages. */
  readonly message: string;
  readonly remedy: string;
  /** The object, and the field in it, that the finding points at. */
  readonly manifest?: Manifest;
  readonly field?: readonly (string | number)[];
  /** For a rule that is approved by provider, or by object: its name. */
  readonly provider?: string;
  readonly object?: string;
  /** The affected providers, by cluster ID, sorted; undefined if unknown. */
  readonly clusters?: readonly string[];
  /** There may be more affected providers. */
  readonly others?: true;
  /** The category of this finding, if it is worse, milder or less certain than the rule's others. */
  readonly category?: 'destructive' | 'risky' | 'info';
  /** The clusters it is about: a problem that existed before and reaches no further is `existing`. */
  readonly reach?: Reach;
  /** A virtual node for which it holds. */
  readonly witness?: Witness;
  /** Instead of an object: a file, relative to the project. */
  readonly file?: string;
  readonly line?: number;
}

/** The virtual nodes that a problem is about: the selected ones, less the allowed ones. */
export interface Reach {
  readonly selected: Selection;
  readonly allowed: Selection;
}

/** A file of dist that does not match the configs. */
export interface StaleFile {
  readonly path: string;
  readonly how: 'missing' | 'different' | 'left over';
}

/** An offloading that is new in the judged folder but also declared in a file outside it. */
export interface Declared {
  readonly namespace: string;
  readonly file: string;
  /** The change removes that file, and it cannot be read. */
  readonly isUnread?: true;
}

/** What rules know besides the manifests. */
export interface Facts {
  /** The consumer's cluster ID; undefined if manifests are judged without a config. */
  readonly consumer: string | undefined;
  /** The ID in config/cluster.ts at the baseline, if it is a string literal. */
  readonly consumerBefore?: string;
  /** The name of Liqo's RuntimeClass, as its pod webhook knows it. */
  readonly liqoRuntimeClass: string;
  /** The differences between dist on disk and the configs. */
  readonly stale: readonly StaleFile[];
  readonly policies: readonly Policy[];
  /** Namespaces that have a config: the manifests show everything about them. */
  readonly configured: ReadonlySet<string>;
  /** Labels that configs list for namespaces whose Namespace is not managed. */
  readonly asserted: ReadonlyMap<string, Labels>;
  /** Files that decide how changes are judged, and that this change edits; from the root of the repository. */
  readonly judgeChanged: readonly string[];
  /** Reads objects at earlier commits; undefined if the baseline is not a commit. */
  readonly past?: ReadPast;
  /** After this many commits, an unoffloaded namespace may be offloaded again without a finding. */
  readonly settledAfterCommits: number;
  /** The folder that engines apply, from the root of the repository. */
  readonly dist: string;
  /** New offloadings that files outside the folder declare too. */
  readonly elsewhere: readonly Declared[];
  /** The engines that apply it, on either side of the change. */
  readonly engines: readonly Engine[];
  /** The Applications and Kustomizations that Git declares, at the baseline and with the change. */
  readonly units: { readonly before: DeclaredUnits; readonly after: DeclaredUnits };
  /** Namespaces and offloadings outside the folder, on either side; read on demand. */
  readonly beside?: () => { readonly before: State; readonly after: State };
  /** All files that the repository has on the new side, from its root; undefined outside git. */
  readonly paths?: () => readonly string[];
  /** How the engines see the folder, at the baseline and with the change. */
  readonly view: { readonly before: EngineView; readonly after: EngineView };
  /** The inventories of the baseline and of today, if any. */
  readonly inventories: { readonly before?: Inventory; readonly after?: Inventory };
  /** The virtual nodes that manifests declare, on either side. */
  readonly declaredNodes?: {
    readonly before: readonly DeclaredNode[];
    readonly after: readonly DeclaredNode[];
  };
}

interface RuleInfo {
  /** kebab-case; the same word as the file's name. */
  readonly name: string;
  readonly category: Category;
  /** One sentence for the table in docs/rules.md. */
  readonly summary: string;
  /** Why it matters, in Markdown. */
  readonly why: string;
  /** The source code or documentation that shows this behaviour. */
  readonly source: string;
  /** Whether `severities` cannot change it although its category may be lowered. */
  readonly fixed?: true;
  /** Whether its findings can be approved. */
  readonly approvable?: true;
  /** What an approval names. @default 'namespace' */
  readonly approvedBy?: Subject;
  /** Rules whose findings for the same namespace report the same event. */
  readonly covers?: readonly string[];
}

export interface StateRule extends RuleInfo {
  readonly about: 'state';
  readonly check: (state: State, facts: Facts) => Problem[];
}

export interface ChangeRule extends RuleInfo {
  readonly about: 'change';
  readonly check: (change: Change, facts: Facts) => Problem[];
}

/** The result of all other rules. */
export interface Outcome {
  /** The approvals that match nothing. */
  readonly unused: readonly Unused[];
  /** How many findings reject the change. */
  readonly errors: number;
}

/** About the run itself: checked once, last, and never `existing`. */
export interface RunRule extends RuleInfo {
  readonly about: 'run';
  readonly check: (facts: Facts, outcome: Outcome) => Problem[];
}

/** An approval that matches nothing. */
export interface Unused extends Readonly<Partial<Record<Subject, string>>> {
  readonly rule: string;
  readonly reason: string;
  readonly file: string;
  readonly line: number;
  /** The clusters that it names, if any. */
  readonly clusters?: readonly string[];
  /** The finding that the approval does not fully match. */
  readonly found?: Pick<Problem, 'clusters' | 'others'>;
}

export type Rule = StateRule | ChangeRule | RunRule;
