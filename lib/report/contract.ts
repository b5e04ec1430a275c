// The JSON of each report, as types. schemas/v1 is generated from them: within a version fields are added, and none is renamed or
// changes its meaning.
import type { Category, Finding, Severity, Summary } from '../judge/finding';
import type { NamespaceDrift, ProviderDrift } from '../judge/drift';
import type { NamespaceExplanation, OffloadingExplanation, ProviderExplanation } from '../explain/namespace';
import type { Place, VirtualNodePlace } from '../explain/places';
import type { Reason } from '../explain/reasons';
import type { WorkloadExplanation } from '../explain/workload';
import type { ProblemCode } from '../input/error';
import type { GuardDescription } from '../liqo/guard';
import type { BaselineOrigin } from '../manifests/baseline';
import type { Effects } from '../plan/effects';
import type { NamespacePlan, Plan } from '../plan/plan';
import type { Status } from '../status/status';

/** What was judged against. */
export interface BaselineJson extends BaselineOrigin {
  /** How many objects it holds. */
  readonly objects: number;
}

/** Of `synth` and `check`. */
export interface CheckJson {
  readonly version: 1;
  readonly baseline: BaselineJson;
  readonly findings: readonly Finding[];
  readonly summary: Summary;
}

/** What becomes of a namespace. */
export interface NamespacePlanJson
  extends Effects, Pick<NamespacePlan, 'action' | 'objects' | 'deleted' | 'findings'> {
  /** Absent for objects outside namespaces. */
  readonly namespace?: string;
}

/** Of `plan`. */
export interface PlanJson {
  readonly version: 1;
  readonly baseline: BaselineJson;
  /** Those that change, by name. The first has no name if objects outside namespaces change. */
  readonly namespaces: readonly NamespacePlanJson[];
  readonly summary: Plan['summary'];
  /** What `check` would count. */
  readonly verdict: Summary;
  /** Files of dist that are not what config/ gives, from the root of the repository. */
  readonly stale: readonly string[];
}

interface ReasonsJson {
  /** What excludes it, all of it. */
  readonly reasons: readonly Pick<Reason, 'by' | 'text'>[];
}
type PlaceJson = Pick<Place, 'answer' | 'needs' | 'notes'> & ReasonsJson;
type VirtualNodeJson = Pick<VirtualNodePlace, 'provider' | 'virtualNode'> & PlaceJson;
type ProviderJson = Omit<ProviderExplanation, 'reasons'> & ReasonsJson;
type OffloadingJson = Omit<OffloadingExplanation, 'providers'> & {
  readonly providers: readonly ProviderJson[];
};

/** Of `explain`. */
export interface ExplainJson {
  readonly version: 1;
  readonly namespace: string;
  /** What is known of the providers. */
  readonly inventory: 'none' | 'incomplete' | 'complete';
  /** The namespace itself; absent if only workloads were asked about. */
  readonly about?: Omit<NamespaceExplanation, 'offloading'> & { readonly offloading?: OffloadingJson };
  readonly workloads: readonly (Omit<WorkloadExplanation, 'places'> & {
    /** Where its pods can land, in a line. */
    readonly summary: string;
    readonly places?: {
      readonly local: PlaceJson;
      readonly virtualNodes: readonly VirtualNodeJson[];
      /** Of clusters that the inventory does not know. */
      readonly others?: PlaceJson;
    };
  })[];
}

/** Of `explain guard`. */
export interface GuardJson extends GuardDescription {
  readonly version: 1;
}

/** Of `status`. */
export interface StatusJson extends Status {
  readonly version: 1;
}

/** Of `import --check`. */
export interface DriftJson {
  readonly version: 1;
  readonly baseline: BaselineJson;
  /** Providers of which the inventory says something else than the cluster. */
  readonly stale: readonly ProviderDrift[];
  /** What namespaces lose and gain by it. */
  readonly namespaces: readonly NamespaceDrift[];
  /** Namespaces whose clusterSelector is in error; sorted. */
  readonly unreadable: readonly string[];
}

export interface RuleJson {
  readonly name: string;
  readonly category: Category;
  /** What its findings do unless config/cluster.ts says otherwise. */
  readonly severity: Severity | 'off';
  readonly about: 'state' | 'change' | 'run';
  /** Whether `severities` in config/cluster.ts may change it. */
  readonly adjustable: boolean;
  /** What an approval of it names; absent if none lets its findings pass. */
  readonly approvedBy?: 'namespace' | 'provider' | 'object';
  readonly summary: string;
  /** Markdown, as the source. */
  readonly why: string;
  readonly source: string;
  /** Rules that it suppresses for the same namespace. */
  readonly covers?: readonly string[];
  readonly url: string;
}

/** Of `rules`. */
export interface RulesJson {
  readonly version: 1;
  readonly rules: readonly RuleJson[];
}

/** A mistake, as a notification of SARIF 2.1.0. */
export interface NotificationJson {
  readonly level: 'error';
  readonly descriptor: { readonly id: ProblemCode };
  readonly message: { readonly text: string };
  /** Empty if it is in no file of the repository. */
  readonly locations: readonly object[];
  readonly properties: {
    readonly file?: string;
    /** JSON path inside the file. */
    readonly path?: string;
    /** The lines that are meant, with a caret. */
    readonly excerpt?: string;
    readonly remedy?: string;
    /** To be copied. */
    readonly command?: string;
  };
}

/** Of each of them, if nothing could be judged: exit status 2. */
export interface CouldNotJudgeJson {
  readonly version: 1;
  readonly invocations: readonly {
    readonly executionSuccessful: false;
    readonly exitCode: 2;
    readonly toolExecutionNotifications: readonly NotificationJson[];
  }[];
}
