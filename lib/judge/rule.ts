// What a rule is: a pure function over one state or over a change, with everything that docs and reports say about it.
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

/** What an approval can name: one of a namespace, a provider's cluster ID, and the name of an object. */
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
  /** Of a rule that is approved by provider, or by object: which one it is. */
  readonly provider?: string;
  readonly object?: string;
  /** The providers that are hit, by cluster ID, sorted; undefined where nobody knows. */
  readonly clusters?: readonly string[];
  /** There may be more of them than anybody knows. */
  readonly others?: true;
  /** Where it is worse or milder than the rule's other findings, or less certain: this one then counts as of that category. */
  readonly category?: 'destructive' | 'risky' | 'info';
  /** How far it goes, in clusters: where a problem of a state was there before, one that goes no further is `existing`. */
  readonly reach?: Reach;
  /** A virtual node that shows it. */
  readonly witness?: Witness;
  /** Instead of an object: a file, relative to the project. */
  readonly file?: string;
  readonly line?: number;
}

/** The virtual nodes that a problem is about: those that are selected, less those that may be. */
export interface Reach {
  readonly selected: Selection;
  readonly allowed: Selection;
}

/** A file of dist that is not what the configs give. */
export interface StaleFile {
  readonly path: string;
  readonly how: 'missing' | 'different' | 'left over';
}

/** An offloading that is new in the judged folder and that a file beside it declares as well. */
export interface Declared {
  readonly namespace: string;
  readonly file: string;
  /** It goes, and what it said of the namespace cannot be read. */
  readonly isUnread?: true;
}

/** What rules know beside the manifests. */
export interface Facts {
  /** The consumer's cluster ID; undefined where manifests are judged without a config. */
  readonly consumer: string | undefined;
  /** The ID that config/cluster.ts gives it at the baseline, where a plain text says so. */
  readonly consumerBefore?: string;
  /** The name of Liqo's RuntimeClass, as its pod webhook knows it. */
  readonly liqoRuntimeClass: string;
  /** Where dist on disk differs from the configs. */
  readonly stale: readonly StaleFile[];
  readonly policies: readonly Policy[];
  /** Namespaces that have a config: what manifests do not say of them is not so. */
  readonly configured: ReadonlySet<string>;
  /** Labels that configs assert of namespaces whose Namespace is not managed. */
  readonly asserted: ReadonlyMap<string, Labels>;
  /** Files that decide what is judged, and that the change edits; from the root of the repository. */
  readonly judgeChanged: readonly string[];
  /** Reads what objects were at earlier commits; undefined where the baseline is no commit. */
  readonly past?: ReadPast;
  /** So many commits after a namespace was unoffloaded it may be offloaded anew without a word. */
  readonly settledAfterCommits: number;
  /** The folder that engines apply, from the root of the repository. */
  readonly dist: string;
  /** What files beside the folder declare, of what is new in it. */
  readonly elsewhere: readonly Declared[];
  /** The engines that apply it, on either side of the change. */
  readonly engines: readonly Engine[];
  /** What of them applies it, as Git declares it at the baseline and with the change. */
  readonly units: { readonly before: DeclaredUnits; readonly after: DeclaredUnits };
  /** Namespaces and offloadings that the repository has beside the folder, on either side; read once somebody asks. */
  readonly beside?: () => { readonly before: State; readonly after: State };
  /** All files that the repository has on the new side, from its root; undefined outside git. */
  readonly paths?: () => readonly string[];
  /** What they make of it, at the baseline and with the change. */
  readonly view: { readonly before: EngineView; readonly after: EngineView };
  /** The inventories of the baseline and of today; fewer where there is none. */
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
  /** Where Liqo or Kubernetes behaves like that. */
  readonly source: string;
  /** Whether `severities` must leave it alone although its category may be lowered. */
  readonly fixed?: true;
  /** Whether an approval lets a finding through. */
  readonly approvable?: true;
  /** What an approval of it names. @default 'namespace' */
  readonly approvedBy?: Subject;
  /** Rules whose findings for the same namespace say the same event again. */
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

/** What became of all other rules. */
export interface Outcome {
  /** The approvals that let nothing through. */
  readonly unused: readonly Unused[];
  /** How many findings reject the change. */
  readonly errors: number;
}

/** What is neither: the run itself, looked at once, last, and never `existing`. */
export interface RunRule extends RuleInfo {
  readonly about: 'run';
  readonly check: (facts: Facts, outcome: Outcome) => Problem[];
}

/** An approval that let nothing through. */
export interface Unused extends Readonly<Partial<Record<Subject, string>>> {
  readonly rule: string;
  readonly reason: string;
  readonly file: string;
  readonly line: number;
  /** The clusters that it is for, where it names any. */
  readonly clusters?: readonly string[];
  /** What the rule did find for the namespace, beyond these. */
  readonly found?: Pick<Problem, 'clusters' | 'others'>;
}

export type Rule = StateRule | ChangeRule | RunRule;
