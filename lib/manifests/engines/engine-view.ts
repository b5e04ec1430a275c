// What Flux and Argo CD make of one state of a judged folder: which of its manifests each applies, and why not the others.
// Sources: fluxcd/pkg kustomize (scanManifests, SubstituteVariables); Argo CD "Tool Detection" (util/app/discovery), which
// walks by name and lets the last decide, "Parameter Overrides", reposerver/repository (Jsonnet).
import { basename, dirname, join } from 'node:path/posix';
import { isLiqoGroup } from '../../liqo/kinds';
import {
  fileOf,
  groupOf,
  isObject,
  stringsAt,
  valueAt,
  type Json,
  type JsonObject,
  type Manifest,
} from '../manifest';
import { once, onceEach } from '../once';
import { DeclaredUnits, isOfUnits } from './declared-units';
import { ENGINES, type Engine } from './engines';
import { fluxArtifact, type FluxArtifact, type Unfetched } from './flux-artifact';
import { isBelow, KustomizeBuild, Kustomizations, type Unclear } from './kustomize-build';
import type { Entry, KnownBeside, Kustomization } from './kustomization';
import { hookedBy, droppedBy, fluxSays, notAppliedBy } from './signs';
import {
  isChart,
  isJsonnet,
  isKustomization,
  isOverride,
  isSteering,
  type SteeringFile,
} from './steering-files';

/** Why an engine does not apply an object as Git has it. */
export type Unapplied =
  /** Flux does not fetch its file, or does not read it. */
  | { readonly how: 'unfetched'; readonly unfetched: Unfetched }
  /** A kustomization, by its file, lists others. */
  | { readonly how: 'left out'; readonly by: string }
  /** It says so itself: the engine has it no more, has it as a hook, or looks away. */
  | { readonly how: 'dropped'; readonly by: string }
  | { readonly how: 'hook'; readonly by: string }
  | { readonly how: 'skipped'; readonly by: string };

export interface EngineViewSource {
  /** What is judged, from the root of the repository; empty for that itself. */
  readonly folder: string;
  /** What steers engines: on the way to the folder, and in it. */
  readonly steering?: readonly SteeringFile[];
  /** What Git declares of the engines' own objects. */
  readonly units?: DeclaredUnits;
  /** The engines that are known to apply the folder; where none is, each may. */
  readonly known?: readonly Engine[];
  /** What lies in the folder. */
  readonly manifests?: readonly Manifest[];
  /** Templates that lie in it, and belong to no chart. */
  readonly templates?: readonly Unclear[];
  /** The text of each file in it, as far as that was read. */
  readonly texts?: ReadonlyMap<string, string>;
  /** Where, beside the folder, nobody can tell what a tool makes of it or of its units. */
  readonly beside?: readonly Unclear[];
}

/** What Flux fills in; `$${x}` is not (drone/envsubst). */
const VARIABLE = /(?<!\$)\$\{[A-Za-z_][^}]*\}/;

function hasVariable(value: Json | undefined): boolean {
  if (typeof value === 'string') return value.includes('${') && VARIABLE.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(hasVariable);
}

/** Whether an object says anything at all that Flux may fill in: hardly any does. */
const mayBeOpen = onceEach(({ kind, body }: Manifest) => JUDGED.has(kind) && hasVariable(body));

const JUDGED = new Set(['Namespace', 'NamespaceOffloading', 'RuntimeClass']);

/** What is judged of an object, annotations aside: there, `${…}` is mostly text. */
function judgedOf({ kind, body }: Manifest): JsonObject {
  if (!JUDGED.has(kind)) return {};
  const metadata = isObject(body['metadata']) ? body['metadata'] : {};
  return { ...body, metadata: { ...metadata, annotations: {} } };
}

/** Whether twin namespaces live by an object. */
const isVital = ({ apiVersion, kind }: Manifest) => JUDGED.has(kind) || isLiqoGroup(groupOf(apiVersion));

const LIQO = /liqo/i;

/** Whether it matters what a tool makes of an object: twins live by it, an engine, or Liqo. */
const mayMatter = (one: Manifest) => isOfUnits(one) || LIQO.test(one.source.text);

/** What may give an object that namespaces live by. */
const MAY_BE_VITAL = /\bkind["']?:\s*["']?(Namespace\b|RuntimeClass\b|\{\{)/i;

const partOf = (value: Json | undefined, key: string | number): Json | undefined =>
  Array.isArray(value) ? (value as Json[])[Number(key)] : valueAt(value, String(key));

/** Paths are from the root of the repository, with `/`. */
export class EngineView {
  /** Those that apply the folder, or may. */
  readonly engines: readonly Engine[];
  readonly known: readonly Engine[];
  readonly units: DeclaredUnits;
  private readonly templates: readonly Unclear[];
  private readonly top: string;
  private readonly inside: readonly SteeringFile[];
  private readonly manifests: readonly Manifest[] | undefined;
  private readonly beside: readonly Unclear[];
  private readonly texts: ReadonlyMap<string, string> | undefined;
  private readonly artifact: FluxArtifact;
  private readonly isOfHelm: boolean;
  private readonly charts: Readonly<Record<Engine, () => readonly string[]>>;
  private readonly builds: Readonly<Record<Engine, () => KustomizeBuild>>;
  private readonly fetched: () => Kustomizations;
  private readonly places: Readonly<Record<Engine, Map<string, Unapplied | undefined>>> = {
    flux: new Map(),
    argocd: new Map(),
  };
  private vital: ReadonlySet<string> | undefined;
  private sensitive: readonly string[] | undefined;
  private saysLiqo: boolean | undefined;

  constructor(source: EngineViewSource) {
    const { folder, steering = [], units, known = [], manifests, templates = [], texts } = source;
    this.beside = source.beside ?? [];
    this.known = known;
    this.engines = known.length > 0 ? known : ENGINES;
    this.units = units ?? new DeclaredUnits([]);
    this.top = join(folder, '.').replace(/(?<=.)\/$/, '');
    this.inside = steering.filter(({ path }) => isBelow(path, this.top));
    this.manifests = manifests;
    this.templates = templates;
    this.texts = texts && new Map([...texts, ...this.inside.map(({ path, text }) => [path, text] as const)]);
    this.artifact = fluxArtifact(steering);
    const isFetched = ({ path }: SteeringFile) => this.artifact(path)?.said === undefined;
    const detected = this.inside
      .map(({ path }) => path)
      .filter((path) => dirname(path) === this.top && (isChart(path) || isKustomization(path)))
      .sort()
      .at(-1);
    this.isOfHelm = detected !== undefined && isChart(detected);
    const charts = this.inside.filter(({ path }) => basename(path) === 'Chart.yaml');
    this.charts = {
      flux: once(() => charts.filter(isFetched).map(({ path }) => path)),
      // At the top, it takes any name that ends like that of one, unless another file decides.
      argocd: once(() => [
        ...charts.map(({ path }) => path).filter((path) => dirname(path) !== this.top),
        ...(this.isOfHelm && detected !== undefined ? [detected] : []),
      ]),
    };
    // A unit of Flux for all of the folder builds all that lies below at once.
    const isOne = this.units.all.some(
      ({ engine, folders: [at] }) =>
        engine === 'flux' && at !== undefined && (at.folder === this.top || isBelow(this.top, at.folder)),
    );
    const built = (all: () => Kustomizations, goesDeeper: boolean) =>
      once(() => new KustomizeBuild(all(), { top: this.top, goesDeeper, isOne }));
    // A `Kustomization` does not end in .yaml, and counts.
    this.fetched = once(() => new Kustomizations(this.inside.filter(isFetched)));
    this.builds = {
      flux: built(this.fetched, true),
      argocd: built(() => new Kustomizations(this.inside), false),
    };
  }

  /** Whether a file lies in the folder. */
  covers(path: string): boolean {
    return isBelow(path, this.top);
  }

  /** Whether a kustomization decides for an engine what becomes of a file. */
  isBuilt(engine: Engine, path: string): boolean {
    return this.covers(path) && this.builds[engine]().isBuilt(path);
  }

  /** Why an engine does not apply what lies in a file, by the file's place; undefined where it does. */
  placeOf(engine: Engine, path: string): Unapplied | undefined {
    const places = this.places[engine];
    if (!places.has(path)) places.set(path, this.findPlace(engine, path));
    return places.get(path);
  }

  private findPlace(engine: Engine, path: string): Unapplied | undefined {
    const unfetched = engine === 'flux' ? this.unfetched(path) : undefined;
    if (unfetched !== undefined) return { how: 'unfetched', unfetched };
    if (!this.covers(path) || (engine === 'argocd' && this.isOfHelm)) return undefined;
    const by = this.builds[engine]().leftOutBy(path);
    // A unit that is pointed below the folder of a kustomization does not ask that.
    const isOfUnit = by !== undefined && this.units.applying(path).some((unit) => unit.engine === engine);
    return by === undefined || isOfUnit ? undefined : { how: 'left out', by };
  }

  /** Whether an engine may read a file: if Git declares units of it, one of them has to reach the file. */
  mayRead(engine: Engine, path: string): boolean {
    if (this.placeOf(engine, path) !== undefined) return false;
    // Whoever is known to apply the folder: Flux stops at nothing in a file that it does not fetch.
    const left = engine === 'flux' ? this.artifact(path) : undefined;
    if (left !== undefined && left.isUnread !== true) return false;
    const own = this.units.all.filter((unit) => unit.engine === engine && unit.isElsewhere !== true);
    return own.length === 0 || this.units.applying(path).some((unit) => unit.engine === engine);
  }

  /**
   * Why an engine does not apply an object, undefined where it does.
   * @param path where the engine finds it
   */
  unapplied(engine: Engine, manifest: Manifest, path = fileOf(manifest)): Unapplied | undefined {
    const place = this.placeOf(engine, path);
    if (place !== undefined) return place;
    const by = notAppliedBy(engine, manifest);
    if (by === undefined) return undefined;
    if (by !== droppedBy(engine, manifest)) return { how: 'skipped', by };
    return { how: engine === 'argocd' && by === hookedBy(manifest) ? 'hook' : 'dropped', by };
  }

  /** Whether it is certain that kustomizations list others than a file, for every engine that may apply it. */
  isUnlisted(path: string): boolean {
    return this.engines.every(
      (engine) =>
        this.placeOf(engine, path)?.how === 'left out' && this.builds[engine]().unclear.length === 0,
    );
  }

  /** Whether no engine applies a file as it lies there: then nobody has to be able to read it. */
  isNoManifest(path: string): boolean {
    return this.engines.every(
      (engine) =>
        this.builds.flux().isPart(path) ||
        this.isUnlisted(path) ||
        this.placeOf(engine, path)?.how === 'unfetched' ||
        this.isOfChart(engine, path),
    );
  }

  /** Whether a file belongs to a Helm chart, and no kustomization lists it all the same. */
  isOfChart(engine: Engine, path: string): boolean {
    const isIn = (chart: string) => isBelow(path, dirname(chart));
    return this.charts[engine]().some(isIn) && !this.builds[engine]().takes(path);
  }

  /** The namespaces that kustomize puts what lies in a file in; undefined stands for the one that each object names. */
  namespacesFor(path: string): readonly (string | undefined)[] {
    const found = this.covers(path) ? this.fetched().namespacesFor(path) : [];
    return found.length === 0 ? [undefined] : found;
  }

  /** @see Kustomizations.buildersOf */
  buildersOf(path: string): ReadonlyMap<string, boolean> {
    return this.covers(path) ? this.fetched().buildersOf(path) : new Map<string, boolean>();
  }

  /**
   * The namespace that the units which apply an object put it in, undefined where they leave it, or differ: Flux puts all in its
   * `targetNamespace`, Argo CD in that of the destination what names none.
   */
  targetFor(manifest: Manifest): string | undefined {
    const isNamed =
      manifest.kind === 'Namespace' || valueAt(manifest.body, 'metadata', 'namespace') !== undefined;
    const targets = this.units.applying(fileOf(manifest)).map(({ engine, declared, isOfSet }) => {
      const spec = valueAt(declared.body, 'spec');
      if (engine === 'flux') return stringsAt(spec ?? {}).get('targetNamespace');
      return isNamed || isOfSet === true ? undefined : stringsAt(spec ?? {}, 'destination').get('namespace');
    });
    const [first] = targets;
    const isPlain = first !== undefined && /^[a-z0-9-]+$/.test(first);
    return isPlain && targets.every((one) => one === first) ? first : undefined;
  }

  /** Whether units may put what a file holds into another namespace. */
  mayMove(path: string): boolean {
    return this.units.applying(path).some(({ declared: { body } }) => {
      const targets = [
        stringsAt(body, 'spec').get('targetNamespace'),
        stringsAt(body, 'spec', 'destination').get('namespace'),
      ];
      return targets.some((one) => one !== undefined);
    });
  }

  /**
   * The labels that the units which apply an object put on it, over its own.
   * Source: kustomize-controller docs/spec/v1/kustomizations.md, `spec.commonMetadata`.
   */
  commonLabelsFor(manifest: Manifest): ReadonlyMap<string, string> {
    const ofFlux = this.units.applying(fileOf(manifest)).filter(({ engine }) => engine === 'flux');
    return new Map(
      ofFlux.flatMap(({ declared }) => [...stringsAt(declared.body, 'spec', 'commonMetadata', 'labels')]),
    );
  }

  /** The labels that kustomize puts on what lies in a file. */
  labelsFor(path: string): ReadonlyMap<string, string> {
    return new Map(this.covers(path) ? this.builds.flux().labelsFor(path) : []);
  }

  /** Whether Flux may fill in what an object says in a field, or anywhere: then it is not known what is applied. */
  isOpen(manifest: Manifest, field: readonly (string | number)[] = []): boolean {
    if (!mayBeOpen(manifest)) return false;
    if (!hasVariable(field.reduce<Json | undefined>(partOf, judgedOf(manifest)))) return false;
    if (fluxSays(manifest, 'substitute', ['disabled']) !== undefined) return false;
    const path = fileOf(manifest);
    const applying = this.units.applying(path).filter(({ engine }) => engine === 'flux');
    const fillsIn =
      applying.length === 0 ||
      applying.some(({ declared }) => valueAt(declared.body, 'spec', 'postBuild') !== undefined);
    return fillsIn && this.engines.includes('flux') && this.placeOf('flux', path) === undefined;
  }

  /** Where nobody can tell what a tool gives of the objects that twin namespaces live by. */
  unclear(): Unclear[] {
    const own = [...this.engines.flatMap((engine) => this.unclearFor(engine)), ...this.filledIn()];
    const found = own.filter((one) =>
      isKustomization(one.file)
        ? this.mayChangeTwins(one.file) && !this.isForOthers(one)
        : !isChart(one.file) || this.mayRenderTwins(one.file),
    );
    const all = [...found, ...this.templates, ...this.beside];
    return [...new Map(all.map((one) => [JSON.stringify(one), one])).values()];
  }

  /**
   * Whether nothing that decides about an unclear place is another than on an earlier side: then the tool gives what it gave.
   * @returns false where that is not known
   */
  isAsIn(earlier: EngineView, { file, state }: Unclear): boolean {
    if (state !== undefined) return true; // it is the whole of what decides
    const [now, then] = [this, earlier].map((side) => side.decisive(file));
    if (now === undefined || then === undefined || this.top !== earlier.top) return false;
    return now.size === then.size && [...now].every(([path, text]) => then.get(path) === text);
  }

  /** Whether a kustomization takes in one of these objects, or may: of others it can neither drop nor change one. */
  private mayChangeTwins(file: string): boolean {
    const { texts } = this;
    if (texts === undefined || this.manifests === undefined) return true;
    const all = this.kustomizationsFrom(file);
    const folders = new Set(all.map(({ folder }) => folder));
    const mayHold = ({ path, mayBeRemote }: Entry) =>
      this.isVital(path) || !(mayBeRemote || texts.has(path) || folders.has(path));
    return all.some(({ isSource, entries = [] }) => isSource || entries.some(mayHold));
  }

  /** Whether a Helm chart may give one of them: where the folder says nothing of Liqo, only what lies in the chart tells. */
  private mayRenderTwins(chart: string): boolean {
    const isIn = (path: string) => isBelow(path, dirname(chart));
    const { texts } = this;
    if (texts === undefined) return true;
    this.saysLiqo ??= [...texts.values()].some((text) => LIQO.test(text));
    return this.saysLiqo || [...texts].some(([path, text]) => isIn(path) && MAY_BE_VITAL.test(text));
  }

  /** Whether what a kustomization does that nobody can tell is done to objects of other kinds alone. */
  private isForOthers({ file, why }: Unclear): boolean {
    const { texts, manifests } = this;
    const own = this.kustomizationsFrom(file).find((one) => one.file === file);
    if (texts === undefined || manifests === undefined || own?.unclear.includes(why) !== true) return false;
    this.sensitive ??= [...JUDGED, ...manifests.filter(mayMatter).map(({ kind }) => kind)];
    const kinds = this.sensitive;
    const seen = new Set<Kustomization>();
    const known: KnownBeside = {
      textOf: (path) => texts.get(path),
      isHarmless: (folder) => {
        const [one, other] = this.builds
          .argocd()
          .from(folder)
          .filter((each) => each.folder === folder);
        const isAlone = one?.entries !== undefined && other === undefined;
        // The namespace of what takes it in has the last word.
        if (!isAlone || (one.namespace !== undefined && own.namespace === undefined)) return false;
        const isNew = !seen.has(one);
        seen.add(one);
        return !isNew || one.unclearFor(kinds, known) === undefined;
      },
    };
    return own.unclearFor(kinds, known) === undefined;
  }

  private kustomizationsFrom(file: string) {
    return this.builds.argocd().from(dirname(file));
  }

  private isVital(path: string): boolean {
    this.vital ??= new Set((this.manifests ?? []).filter(isVital).map(fileOf));
    return this.vital.has(path);
  }

  /** What decides about an unclear place, by file; undefined where not all of it is known. */
  private decisive(file: string): ReadonlyMap<string, string> | undefined {
    const { texts } = this;
    if (texts === undefined) return undefined;
    const below = (folder: string) => [...texts].filter(([path]) => isBelow(path, folder));
    if (!isSteering(file)) return new Map([[file, texts.get(file) ?? '']]);
    if (!isKustomization(file)) return new Map(below(dirname(file)));
    const all = this.kustomizationsFrom(file);
    const taken = all.flatMap(({ entries = [] }) => entries.map(({ path }) => path));
    const named = all.flatMap(({ decisive }) => decisive.files);
    if (![...taken, ...named].every((path) => this.covers(path) || path === this.top)) return undefined;
    const files = [...taken.filter((path) => this.isVital(path)), ...named];
    return new Map([
      ...files.map((path) => [path, texts.get(path) ?? ''] as const),
      ...all.filter(({ isSource }) => isSource).flatMap(({ folder }) => below(folder)),
      ...all.map((one) => [one.file, one.decisive.text] as const),
    ]);
  }

  private unclearFor(engine: Engine): Unclear[] {
    const charts = this.charts[engine]()
      .filter((file) => this.placeOf(engine, file) === undefined)
      .map((file) => ({ file, why: 'the folder holds a Helm chart', render: 'helm template' }));
    if (engine === 'flux') return [...this.builds.flux().unclear, ...charts];
    const overrides = this.inside
      // Of a chart, Argo CD runs Helm and no Jsonnet.
      .filter(({ path }) => isOverride(path) && !(isJsonnet(path) && this.isOfChart('argocd', path)))
      .map(({ path: file }) => ({
        file,
        why: 'this file changes what Argo CD renders from the folder',
        render: 'argocd app manifests',
      }));
    return [...(this.isOfHelm ? [] : this.builds.argocd().unclear), ...charts, ...overrides];
  }

  private filledIn(): Unclear[] {
    return (this.manifests ?? [])
      .filter((one) => this.isOpen(one))
      .map((one) => ({
        file: fileOf(one),
        why: `Flux substitutes variables in the ${one.kind} of '${one.namespace || one.name}'`,
        render: 'flux build kustomization',
      }));
  }

  private unfetched(path: string): Unfetched | undefined {
    const found = this.artifact(path);
    // With a kustomization, Flux reads what that lists, whatever its name.
    if (found?.isUnread === true && this.covers(path) && this.builds.flux().isBuilt(path)) return undefined;
    // Where nobody says that Flux applies the folder, what Flux does by itself is no mistake.
    return found?.said !== undefined || this.known.includes('flux') ? found : undefined;
  }
}
