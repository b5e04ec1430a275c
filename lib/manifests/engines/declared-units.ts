// The engines' own objects as Git declares them: which files an Application or a Kustomization applies, and what it deletes.
import { dirname, normalize } from 'node:path/posix';
import { groupBy } from '../group';
import {
  fileOf,
  groupOf,
  identityOf,
  isObject,
  stringsAt,
  valueAt,
  type Json,
  type Manifest,
} from '../manifest';
import { ApplicationSet } from './application-set';
import { filePattern } from './argo-patterns';
import type { DeclaredUnit, UnitFolder } from './declared-unit';
import type { SteeringFile } from './steering-files';
import { ENGINES } from './engines';
import { Reach } from './reach';
import { notAppliedBy } from './signs';
import { isAnother } from './repository-url';

export type { DeclaredUnit, UnitFolder } from './declared-unit';

/** What the units of one side are read with. */
export interface UnitContext {
  /** The URLs of this repository, as far as they are known. */
  readonly urls?: readonly string[];
  /** What steers engines, anywhere in the repository. */
  readonly steering?: readonly SteeringFile[];
}

/** What stands in a manifest of a unit, or of a source of Flux. */
export const UNIT_SIGNS: readonly string[] = [
  'argoproj.io/v1alpha1',
  'kustomize.toolkit.fluxcd.io/v1',
  'source.toolkit.fluxcd.io/v1',
];

const FLUX_UNITS = 'kustomize.toolkit.fluxcd.io';
const FLUX_SOURCES = 'source.toolkit.fluxcd.io';
const ARGO_UNITS = 'argoproj.io';

const isKind = ({ apiVersion, kind }: Manifest, group: string, ...kinds: readonly string[]) =>
  kinds.includes(kind) && groupOf(apiVersion) === group;

/** Whether an object is a unit, or says where one has its files from. */
export const isOfUnits = (one: Manifest): boolean =>
  isKind(one, ARGO_UNITS, 'Application', 'ApplicationSet') ||
  isKind(one, FLUX_UNITS, 'Kustomization') ||
  isKind(one, FLUX_SOURCES, 'GitRepository');

const FINALIZER = /^resources-finalizer\.argocd\.argoproj\.io(\/|$)/;

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const textsIn = (value: Json | undefined): string[] => listOf(value).filter((one) => typeof one === 'string');

/** As an engine finds it: below the root of the repository, wherever it points. */
const folderNamed = (path: string) => normalize(`/${path}`).replace(/^\/|\/$/g, '') || '.';

/** Fields that say where, when and how carefully a unit applies what it applies, all of it or none. */
const PACE: ReadonlySet<string> = new Set([
  ...['path', 'ref', 'prune', 'deletionPolicy', 'dependsOn', 'interval', 'retryInterval', 'timeout', 'wait'],
  ...['force', 'suspend', 'healthChecks', 'healthCheckExprs', 'serviceAccountName', 'namespace', 'images'],
]);

/** What of a field drops or changes no namespace, or is followed here. */
const FOLLOWED: Readonly<Record<string, readonly string[]>> = {
  directory: ['recurse', 'include', 'exclude'],
  kustomize: ['images', 'replicas', 'version'],
};

function withoutFollowed(name: string, field: Json): Json | undefined {
  const followed = FOLLOWED[name];
  if (followed === undefined || !isObject(field)) return field;
  const left = Object.entries(field).filter(([key]) => !followed.includes(key));
  return left.length === 0 ? undefined : Object.fromEntries(left);
}

/** `name: value`, of the other fields. */
const fieldsText = (value: Json | undefined): string =>
  Object.entries(isObject(value) ? value : {})
    .flatMap(([name, given]) => {
      const field = PACE.has(name) ? undefined : withoutFollowed(name, given ?? null);
      if (field === undefined || field === null) return [];
      return [`${name}: ${typeof field === 'string' ? field : JSON.stringify(field)}`];
    })
    .join(', ');

/** An Application reads the files of a folder, and deeper where it says so. */
function argoFolder(source: Json | undefined, path: string): UnitFolder {
  const directory = valueAt(source, 'directory') ?? {};
  const [include, exclude] = ['include', 'exclude'].map((key) => {
    const pattern = stringsAt(directory).get(key) ?? '';
    return pattern === '' ? undefined : filePattern(pattern);
  });
  return {
    folder: folderNamed(path),
    isDeep: valueAt(directory, 'recurse') === true,
    picks: (file) => (include?.(file) ?? true) && exclude?.(file) !== true,
  };
}

/** With `sources`, an Application does not look at `source`. */
function allSourcesOf(spec: Json | undefined): readonly Json[] {
  const several = listOf(valueAt(spec, 'sources'));
  const one = valueAt(spec, 'source');
  return several.length > 0 || one === undefined ? several : [one];
}

/** Where an Application has files of this repository from. A chart, or what only lends values, has no path. */
function sourcesOf(spec: Json | undefined, urls: readonly string[]): Json[] {
  return allSourcesOf(spec).filter((source) => {
    const { path, chart, repoURL } = Object.fromEntries(stringsAt(source));
    const isOfFiles = path !== undefined && path !== '' && (chart ?? '') === '';
    return isOfFiles && !isAnother(repoURL ?? '', urls);
  });
}

function forcesOf(options: readonly string[]): string | undefined {
  const has = (wanted: string) => options.some((one) => one.replace(/\s/g, '') === wanted);
  if (!has('Force=true')) return undefined;
  return has('Replace=true') ? 'the sync options Force=true and Replace=true' : 'the sync option Force=true';
}

/** What is equal for an Application and the template of an ApplicationSet. */
function applicationIn(spec: Json | undefined, sources: readonly Json[]) {
  const automated = valueAt(spec, 'syncPolicy', 'automated');
  const isAutomated = automated !== undefined && valueAt(automated, 'enabled') !== false;
  const destination = stringsAt(spec ?? {}, 'destination');
  return {
    engine: 'argocd' as const,
    source: [...new Set([...sources, valueAt(spec, 'destination')].map(fieldsText))]
      .filter((one) => one !== '')
      .join(', '),
    cluster: destination.get('name') ?? destination.get('server'),
    prunes:
      isAutomated && valueAt(automated, 'prune') === true ? ('always' as const) : ('on request' as const),
    isSuspended: false,
    forces: forcesOf(textsIn(valueAt(spec, 'syncPolicy', 'syncOptions'))),
  };
}

const hasFinalizer = (metadata: Json | undefined) =>
  textsIn(valueAt(metadata, 'finalizers')).some((one) => FINALIZER.test(one));

function application(declared: Manifest, urls: readonly string[]): DeclaredUnit {
  const { body, name, namespace } = declared;
  const spec = valueAt(body, 'spec');
  const sources = sourcesOf(spec, urls);
  const isElsewhere = sources.length === 0;
  return {
    ...applicationIn(spec, isElsewhere ? allSourcesOf(spec) : sources),
    id: `argocd/${namespace}/${name}`,
    title: `Application '${name}'`,
    declared,
    folders: sources.map((source) => argoFolder(source, stringsAt(source).get('path') ?? '')),
    deletes: hasFinalizer(valueAt(body, 'metadata')),
    isElsewhere,
  };
}

/**
 * What an ApplicationSet makes, as far as that can be told. Where its template has no finalizer, its Applications get the one
 * that deletes what they applied, unless `preserveResourcesOnDeletion` says no.
 * Source: argo-cd applicationset/utils (RenderTemplateParams), "Application Pruning & Resource Deletion".
 */
function applicationSet(declared: Manifest, urls: readonly string[]): ApplicationSet | undefined {
  const { body, name, namespace } = declared;
  const template = valueAt(body, 'spec', 'template');
  const spec = valueAt(template, 'spec');
  const sources = sourcesOf(spec, urls);
  if (sources.length === 0) return undefined;
  const finalizers = listOf(valueAt(template, 'metadata', 'finalizers'));
  const isPreserved = valueAt(body, 'spec', 'syncPolicy', 'preserveResourcesOnDeletion') === true;
  const id = `argocd/set/${namespace}/${name}`;
  const common = {
    ...applicationIn(spec, sources),
    declared,
    isKeptBySet: ['create-only', 'create-update'].includes(
      stringsAt(body, 'spec', 'syncPolicy').get('applicationsSync') ?? '',
    ),
    deletes: finalizers.length === 0 ? !isPreserved : hasFinalizer(valueAt(template, 'metadata')),
  };
  return new ApplicationSet(body, sources, urls, (folder, pathOf, isPerhaps) => ({
    ...common,
    id: `${id}/${folder}`,
    title: `Application for '${folder}' of the ApplicationSet '${name}'`,
    folders: sources.map((source) => argoFolder(source, pathOf(stringsAt(source).get('path') ?? ''))),
    ...(isPerhaps && { isPerhaps: true as const }),
  }));
}

/** Whether Flux has the files of a Kustomization from this repository, as far as that is known. */
function isOfThisRepository(
  { body, namespace }: Manifest,
  urls: readonly string[],
  sources: readonly Manifest[],
): boolean {
  const { kind, name, namespace: other } = Object.fromEntries(stringsAt(body, 'spec', 'sourceRef'));
  if (kind !== undefined && kind !== 'GitRepository') return false;
  const found = sources.filter((one) => one.name === name && one.namespace === (other ?? namespace));
  return !found.some((one) => isAnother(stringsAt(one.body, 'spec').get('url') ?? '', urls));
}

/** @see finalizerShouldDeleteResources in kustomize-controller, internal/controller */
function kustomization(declared: Manifest, isElsewhere: boolean): DeclaredUnit {
  const { body, name, namespace } = declared;
  const prunes = valueAt(body, 'spec', 'prune') === true;
  const spec = stringsAt(body, 'spec');
  const policy = spec.get('deletionPolicy') ?? 'MirrorPrune';
  const isSuspended = valueAt(body, 'spec', 'suspend') === true;
  return {
    engine: 'flux',
    id: `flux/${namespace}/${name}`,
    title: `Kustomization '${name}'`,
    declared,
    source: fieldsText(valueAt(body, 'spec')),
    folders: [{ folder: folderNamed(spec.get('path') ?? ''), isDeep: true, picks: () => true }],
    cluster: stringsAt(body, 'spec', 'kubeConfig', 'secretRef').get('name'),
    prunes: prunes ? 'always' : 'never',
    deletes: policy === 'MirrorPrune' ? prunes : policy !== 'Orphan',
    isSuspended,
    forces: valueAt(body, 'spec', 'force') === true ? 'force: true' : undefined,
    isElsewhere,
  };
}

/** The folders that hold a path, the innermost first. */
export function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersOf(folder)];
}

/** A path from a folder that holds it. */
const below = (folder: string, path: string) => (folder === '.' ? path : path.slice(folder.length + 1));

const isPicked = ({ folder, isDeep, picks }: UnitFolder, file: string) =>
  (isDeep ? foldersOf(file).includes(folder) : dirname(file) === folder) && picks(below(folder, file));

/**
 * The units of one state of a repository.
 * Sources: argo-cd reposerver/repository (findManifests), docs/user-guide/app_deletion.md;
 * kustomize-controller internal/controller (finalizerShouldDeleteResources); fluxcd/pkg kustomize (scanManifests).
 */
export class DeclaredUnits {
  /** But for those that an ApplicationSet makes for folders: these are known once a file is asked about. */
  readonly all: readonly DeclaredUnit[];
  private readonly applied: readonly DeclaredUnit[];
  private readonly sets: readonly ApplicationSet[];
  private readonly byId: ReadonlyMap<string, readonly DeclaredUnit[]>;
  private readonly byFolder: ReadonlyMap<string, readonly { unit: DeclaredUnit; at: UnitFolder }[]>;
  readonly reach: Reach;
  private readonly declarations: ReadonlySet<string>;
  private takenBy: ReadonlyMap<string, readonly { unit: DeclaredUnit }[]> | undefined;

  /** @param given other objects among them are passed over */
  constructor(given: readonly Manifest[], { urls = [], steering = [] }: UnitContext = {}) {
    const manifests = given.filter(({ name }) => name !== ''); // no API server takes the others
    this.declarations = new Set(manifests.map(identityOf));
    const sources = manifests.filter((one) => isKind(one, FLUX_SOURCES, 'GitRepository'));
    this.sets = manifests
      .filter((one) => isKind(one, ARGO_UNITS, 'ApplicationSet'))
      .flatMap((one) => applicationSet(one, urls) ?? []);
    this.all = [
      ...manifests.flatMap((one) => {
        if (isKind(one, ARGO_UNITS, 'Application')) return [application(one, urls)];
        if (!isKind(one, FLUX_UNITS, 'Kustomization')) return [];
        return [kustomization(one, !isOfThisRepository(one, urls, sources))];
      }),
      ...this.sets.flatMap((set) => set.fixed),
    ];
    this.byId = groupBy(this.all, ({ id }) => id);
    this.applied = this.all.filter(({ isElsewhere }) => isElsewhere !== true);
    const placed = this.applied.flatMap((unit) => unit.folders.map((at) => ({ unit, at })));
    this.byFolder = groupBy(placed, ({ at }) => at.folder);
    this.reach = new Reach(steering);
  }

  /** Whether none has its files from this repository. */
  get isEmpty(): boolean {
    return this.applied.length === 0 && this.sets.length === 0;
  }

  /** The forms of a unit that this state declares. */
  formsOf({ id, madeFor }: DeclaredUnit): readonly DeclaredUnit[] {
    const fixed = this.byId.get(id) ?? [];
    if (fixed.length > 0 || madeFor === undefined) return fixed;
    return this.sets.flatMap((set) => set.madeFor(madeFor).filter((one) => one.id === id));
  }

  /** Whether an object is declared still that made a unit, whatever it makes now. */
  declares({ declared }: DeclaredUnit): boolean {
    return this.declarations.has(identityOf(declared));
  }

  /**
   * The units that apply a file: what lies in a folder of theirs, and what the kustomization there takes in from elsewhere.
   * Flux applies all that lies below its path, an Application the files of a folder, and deeper where it says so.
   */
  applying(file: string): DeclaredUnit[] {
    return this.reaching(file).filter((unit) => this.finds(unit, file));
  }

  /** Whether a unit, in the form of either side, finds a file of this state. */
  finds({ engine, folders }: DeclaredUnit, file: string): boolean {
    return folders.some((at) => this.reach.finds(engine, at.folder, file, isPicked(at, file)));
  }

  /** Whether a unit is known that an object would have to reach the cluster by, seeing where it lies. */
  isReached(one: Manifest): boolean {
    return this.reaching(fileOf(one)).length > 0;
  }

  /** Whether an engine applies an object where it lies; of one that no unit reaches, whether nothing speaks against it. */
  isApplied(one: Manifest): boolean {
    const file = fileOf(one);
    const isTaken = ({ engine }: Pick<DeclaredUnit, 'engine'>) => notAppliedBy(engine, one) === undefined;
    if (this.isReached(one)) return this.applying(file).some(isTaken);
    const engine = one.kind.startsWith('Application') ? 'argocd' : 'flux';
    return ENGINES.every((each) => isTaken({ engine: each })) && this.reach.findsAnywhere(engine, file);
  }

  /** The units in whose folders a file lies, and those that take it in from elsewhere. */
  private reaching(file: string): DeclaredUnit[] {
    const folders = foldersOf(file);
    const placed = folders.flatMap((folder) =>
      (this.byFolder.get(folder) ?? []).filter(({ at }) => isPicked(at, file)).map(({ unit }) => unit),
    );
    const made = this.sets.flatMap((set) =>
      folders
        .flatMap((folder) => set.madeFor(folder))
        .filter((unit) => unit.folders.some((at) => isPicked(at, file))),
    );
    const taken = this.takingIn().get(file) ?? [];
    return [...new Set([...placed, ...made, ...taken.map(({ unit }) => unit)])];
  }

  /** By file, the units whose kustomization takes it in. */
  private takingIn() {
    return (this.takenBy ??= groupBy(
      this.applied.flatMap((unit) =>
        unit.folders.flatMap(({ folder }) =>
          this.reach.takenIn(unit.engine, folder).map((file) => ({ file, unit })),
        ),
      ),
      ({ file }) => file,
    ));
  }
}

/** Whether two declarations lie in one place, as far as the paths of their files tell. */
const isBeside = (one: DeclaredUnit, other: DeclaredUnit) =>
  dirname(one.declared.source.file) === dirname(other.declared.source.file);

const isSameFile = (one: DeclaredUnit, other: DeclaredUnit) =>
  one.declared.source.file === other.declared.source.file;

const namesOf = ({ folders }: DeclaredUnit) => folders.map(({ folder }) => folder).join('\n');
/** Whether two forms apply the same folders. */
export const isForTheSame = (one: DeclaredUnit, other: DeclaredUnit) => namesOf(one) === namesOf(other);

/**
 * The form that a unit has on the new side; undefined where it is declared no more. One object may be declared for several
 * clusters, in a folder for each: forms then belong together by file, by folder, and by what they apply, in this order.
 */
export function formAfter(
  unit: DeclaredUnit,
  { before, after }: { readonly before: DeclaredUnits; readonly after: DeclaredUnits },
): DeclaredUnit | undefined {
  const [then, now] = [before.formsOf(unit), after.formsOf(unit)];
  const left = [...now];
  const pairs = new Map<DeclaredUnit, DeclaredUnit>();
  for (const fits of [isSameFile, isBeside, isForTheSame, () => true])
    for (const one of then) {
      const at = pairs.has(one) ? -1 : left.findIndex((other) => fits(one, other));
      const [found] = at < 0 ? [] : left.splice(at, 1);
      if (found !== undefined) pairs.set(one, found);
    }
  const own = then.find((one) => one === unit) ?? then.find((one) => isSameFile(one, unit));
  return (own && pairs.get(own)) ?? now.find((other) => isBeside(unit, other));
}
