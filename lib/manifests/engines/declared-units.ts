// The engines' own objects as Git declares them: which files an Application or a Kustomization applies, and what it deletes.
import { dirname, normalize } from 'node:path/posix';
import { groupBy } from '../group';
import { groupOf, isObject, stringsAt, valueAt, type Json, type Manifest } from '../manifest';
import { type Engine } from './engines';

/** An Argo CD Application or a Flux Kustomization. */
export interface DeclaredUnit {
  readonly engine: Engine;
  /** Equal for the forms of one object. */
  readonly id: string;
  /** For people: `Application 'venice.namespaces.demo'`. */
  readonly title: string;
  /** All else that decides what comes of its folders, for people: `repoURL: …, targetRevision: HEAD`. */
  readonly source: string;
  /** What it applies, from the root of the repository. */
  readonly folders: readonly string[];
  /** What becomes of an object that leaves these folders: by itself deleted, only where somebody starts a sync that prunes, or left. */
  readonly prunes: 'always' | 'on request' | 'never';
  /** Whether deleting it deletes what it applied. */
  readonly deletes: boolean;
  /** Whether it deletes and creates anew what the API server does not let it update (Flux, `spec.force`). */
  readonly forces: boolean;
}

const FINALIZER = /^resources-finalizer\.argocd\.argoproj\.io(\/|$)/;

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const folderIn = (value: Json | undefined): string[] =>
  typeof value === 'string' ? [normalize(value).replace(/\/$/, '')] : [];

/** Fields that say where, when and how carefully a unit applies what it applies, all of it or none. */
const PACE: ReadonlySet<string> = new Set([
  ...['path', 'ref', 'prune', 'deletionPolicy', 'dependsOn', 'interval', 'retryInterval', 'timeout', 'wait'],
  ...['force', 'suspend', 'healthChecks', 'healthCheckExprs', 'serviceAccountName', 'namespace'],
]);

/** `name: value`, of the other fields. */
const fieldsText = (value: Json | undefined): string =>
  Object.entries(isObject(value) ? value : {})
    .filter(([name, field]) => !PACE.has(name) && field !== undefined && field !== null)
    .map(([name, field]) => `${name}: ${typeof field === 'string' ? field : JSON.stringify(field)}`)
    .join(', ');

function application({ body, name, namespace }: Manifest): DeclaredUnit {
  const sources = [valueAt(body, 'spec', 'source'), ...listOf(valueAt(body, 'spec', 'sources'))];
  return {
    engine: 'argocd',
    id: `argocd/${namespace}/${name}`,
    title: `Application '${name}'`,
    source: [...new Set([...sources, valueAt(body, 'spec', 'destination')].map(fieldsText))]
      .filter((one) => one !== '')
      .join(', '),
    folders: sources.flatMap((source) => folderIn(valueAt(source, 'path'))),
    prunes: valueAt(body, 'spec', 'syncPolicy', 'automated', 'prune') === true ? 'always' : 'on request',
    deletes: listOf(valueAt(body, 'metadata', 'finalizers')).some(
      (one) => typeof one === 'string' && FINALIZER.test(one),
    ),
    forces: false,
  };
}

function kustomization({ body, name, namespace }: Manifest): DeclaredUnit {
  const prunes = valueAt(body, 'spec', 'prune') === true;
  const policy = stringsAt(body, 'spec').get('deletionPolicy') ?? 'MirrorPrune';
  return {
    engine: 'flux',
    id: `flux/${namespace}/${name}`,
    title: `Kustomization '${name}'`,
    source: fieldsText(valueAt(body, 'spec')),
    folders: folderIn(valueAt(body, 'spec', 'path')),
    prunes: prunes ? 'always' : 'never',
    deletes: policy === 'MirrorPrune' ? prunes : policy !== 'Orphan',
    forces: valueAt(body, 'spec', 'force') === true,
  };
}

function unitIn(manifest: Manifest): DeclaredUnit[] {
  const group = groupOf(manifest.apiVersion);
  if (manifest.kind === 'Application' && group === 'argoproj.io') return [application(manifest)];
  if (manifest.kind === 'Kustomization' && group === 'kustomize.toolkit.fluxcd.io')
    return [kustomization(manifest)];
  return [];
}

/** The folders that hold a path, the innermost first. */
function foldersOf(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...foldersOf(folder)];
}

/**
 * The units of one state of a repository.
 * Sources: argo-cd reposerver/repository ("Directory", where `recurse` is left out), docs/user-guide/app_deletion.md;
 * kustomize-controller internal/controller (finalizerShouldDeleteResources); fluxcd/pkg kustomize (scanManifests).
 */
export class DeclaredUnits {
  readonly all: readonly DeclaredUnit[];
  private readonly byId: ReadonlyMap<string, DeclaredUnit>;
  private readonly byFolder: ReadonlyMap<string, readonly DeclaredUnit[]>;

  /** @param manifests other objects among them are passed over */
  constructor(manifests: readonly Manifest[]) {
    this.all = manifests.flatMap(unitIn);
    this.byId = new Map(this.all.map((unit) => [unit.id, unit]));
    const placed = this.all.flatMap((unit) => unit.folders.map((folder) => ({ folder, unit })));
    this.byFolder = new Map(
      [...groupBy(placed, ({ folder }) => folder)].map(([folder, all]) => [
        folder,
        all.map(({ unit }) => unit),
      ]),
    );
  }

  /** The form that this state has of a unit. */
  formOf({ id }: DeclaredUnit): DeclaredUnit | undefined {
    return this.byId.get(id);
  }

  /** The units that apply a file. Flux applies all that lies below its path, an Application the files of a folder alone. */
  applying(file: string): DeclaredUnit[] {
    return foldersOf(file).flatMap((folder, depth) =>
      (this.byFolder.get(folder) ?? []).filter(({ engine }) => engine === 'flux' || depth === 0),
    );
  }
}
