// What engines find in a repository from the folders of units: kustomizations and `.sourceignore` files decide, wherever they lie.
import { once } from '../once';
import type { Engine } from './engines';
import { fluxArtifact, type FluxArtifact } from './flux-artifact';
import { KustomizeBuild, Kustomizations } from './kustomize-build';
import type { SteeringFile } from './steering-files';

/** Paths are from the root of the repository. */
export class Reach {
  private readonly kustomizations: Kustomizations;
  private readonly artifact: FluxArtifact;
  private readonly builds = new Map<string, KustomizeBuild>();
  readonly anywhere = once(() => new KustomizeBuild(this.kustomizations, { top: '.', goesDeeper: true }));

  /** @param steering of the whole repository, as far as it is known */
  constructor(readonly steering: readonly SteeringFile[] = []) {
    this.kustomizations = new Kustomizations(steering);
    this.artifact = fluxArtifact(steering);
  }

  /** Whether there is no kustomization. */
  get isPlain(): boolean {
    return this.kustomizations.foldersIn('.').length === 0;
  }

  /** What kustomize makes of a folder for an engine that is pointed at it. */
  from(engine: Engine, top: string): KustomizeBuild {
    const goesDeeper = engine === 'flux';
    const key = `${engine} ${top}`;
    const known = this.builds.get(key);
    const build =
      known ?? new KustomizeBuild(this.kustomizations, { top, within: '.', goesDeeper, isOne: true });
    this.builds.set(key, build);
    return build;
  }

  /** Whether an engine that is pointed at a folder gets what lies in a file: one that it picks, or one that kustomize takes in. */
  finds(engine: Engine, top: string, file: string, isPicked: boolean): boolean {
    if (this.steering.length === 0) return isPicked;
    const build = this.from(engine, top);
    const isFound = build.takes(file) || (isPicked && build.leftOutBy(file) === undefined);
    return isFound && this.isFetched(engine, file);
  }

  /** What kustomize takes in from a folder, by name. */
  takenIn(engine: Engine, top: string): readonly string[] {
    return this.isPlain ? [] : [...this.from(engine, top).takenIn];
  }

  /** Whether kustomize takes in a file from a folder, wherever that is fetched from. */
  takesAny(engine: Engine, top: string): boolean {
    return this.takenIn(engine, top).some((path) => !this.kustomizations.has(path));
  }

  /** The same where nobody knows the folder: each outermost one with a kustomization may be it. */
  findsAnywhere(engine: Engine, file: string): boolean {
    return this.isFetched(engine, file) && this.anywhere().leftOutBy(file) === undefined;
  }

  private isFetched(engine: Engine, file: string): boolean {
    return engine !== 'flux' || this.artifact(file)?.said === undefined;
  }
}
