// From a project's folder to a verdict: the way that check and synth have in common.
import { existsSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import { compile, type Compiled } from '../compile/compile';
import { hasConfig, loadConfig, type LoadedConfig } from '../config/load';
import type { ClusterFacts } from '../config/types';
import { appliedOf } from '../judge/applied';
import { liveApprovals, parseApprovals, type Approval } from '../judge/approvals';
import { InputError } from '../input/error';
import { judge } from '../judge/judge';
import { restore } from '../judge/restore';
import type { StaleFile } from '../judge/rule';
import { checkSeverities } from '../judge/severities';
import { State } from '../judge/state';
import type { Baseline } from '../manifests/baseline';
import {
  compareDist,
  COMPONENTS,
  GITOPS,
  readDist,
  unitsOnDisk,
  type DistChanges,
  type DistOnDisk,
} from '../manifests/dist';
import { EngineView } from '../manifests/engines/engine-view';
import { readFolder } from '../manifests/engines/read-folder';
import { steeringIn } from '../manifests/engines/steering-files';
import { isWithin, kindOnDisk, listFiles, readFile, realPath } from '../manifests/folder';
import { Repository } from '../manifests/git';
import type { Diff } from '../manifests/git-output';
import { KnownTexts } from '../manifests/known';
import type { Manifest } from '../manifests/manifest';
import { decode, isManifestFile, readManifests, type Content } from '../manifests/read';
import { APPROVALS } from '../manifests/tree-reader';
import { configNamedIn } from '../manifests/write';
import { planOf } from '../plan/plan';
import type { Report } from '../report/report';
import { DECISIVE, gatherFacts, type Known } from './facts';
import { openSides, type Context, type NewSide, type SidesRequest } from './sides';

export interface Request extends SidesRequest {
  /** `--all`. */
  readonly all?: boolean;
  /** Whether dist is about to become what the configs give: then nothing in it is stale. */
  readonly publishing?: boolean;
  /** Says what is being done, for the progress line. */
  readonly progress: (stage: string) => void;
}

export interface Examined {
  readonly report: Report;
  readonly compiled: Compiled;
  readonly disk: DistOnDisk;
  readonly changes: DistChanges;
}

/** Every file that is ours to write. */
export const published = ({ files, beside }: Compiled): ReadonlyMap<string, string> =>
  beside.size === 0 ? files : new Map([...files, ...beside]);

function readApprovals(root: string, prefix: string): Approval[] {
  const folder = join(root, APPROVALS);
  if (!existsSync(folder)) return [];
  return listFiles(folder, (path) => /\.ya?ml$/.test(path)).flatMap((path) => {
    const file = `${prefix}${APPROVALS}/${path}`;
    return parseApprovals(file, decode(file, readFile(join(folder, path))));
  });
}

function judgeSide(request: Request, side: NewSide, context: Context): Report {
  const { root, progress } = request;
  const { repository, config, decisive } = context;
  const cluster = config?.cluster;
  const prefix = repository?.prefix ?? '';
  const severities = cluster?.severities ?? {};
  progress('reading the baseline');
  const { opened, approvals: merged, baseline, before, after, ...known } = openSides(request, side, context);
  const approvals = readApprovals(root, prefix);
  const spent = (merged ?? []).flatMap(({ path, text }) => parseApprovals(path, text));
  progress('judging');
  const facts = gatherFacts({ root, prefix, config, baseline, decisive, stale: side.stale, ...known });
  const deployed = appliedOf(before, facts.view.before);
  const wanted = appliedOf(after, facts.view.after, deployed);
  const change = restore({ before: deployed, after: wanted }, opened.past, facts.engines);
  const verdict = judge({
    ...change,
    facts,
    severities,
    approvals: liveApprovals(approvals, spent),
    spent,
    configOf: configsOf(side, baseline, root, prefix),
    all: request.all ?? false,
  });
  return {
    baseline,
    verdict,
    plan: () => planOf(change, facts, verdict.findings),
    diff: () => shownDiff(side, repository, baseline),
  };
}

/** What a pull request to the baseline shows: what HEAD changed since it left it. */
function shownDiff(
  { folder, stale }: NewSide,
  repository: Repository | undefined,
  { ref = '', commit }: Baseline,
): Diff {
  const head = repository?.resolve('HEAD');
  if (repository === undefined || commit === undefined || head === undefined) return new Map();
  const [fork = commit] = repository.isAncestor(commit, head)
    ? [commit]
    : repository.mergeBases(ref, commit, [head]);
  const inProject = [folder, 'config', COMPONENTS, GITOPS].map((one) =>
    posix.normalize(`./${repository.prefix}${one}`),
  );
  const diff = new Map(repository.diff(fork, head, inProject));
  for (const { path } of stale) diff.delete(path);
  return diff;
}

/** The config of a file of dist; of one that only the baseline has, the config that it came from, if that is still there. */
function configsOf(
  side: NewSide,
  { manifests }: Baseline,
  root: string,
  prefix: string,
): NewSide['configOf'] {
  let texts: ReadonlyMap<string, string> | undefined;
  return (file) => {
    const present = side.configOf(file);
    if (present !== undefined) return present;
    texts ??= new Map(manifests.map(({ source }) => [source.file, source.text]));
    const config = configNamedIn(texts.get(file) ?? '');
    const isThere =
      config !== undefined && CONFIG_PATH.test(config) && kindOnDisk(join(root, config)) === 'file';
    return isThere ? prefix + config : undefined;
  };
}

/** A path that leads nowhere but into config/, whatever a header says. */
const CONFIG_PATH = /^config(\/(?!\.\.?\/)[^/\0]+)+$/;

function staleFiles(prefix: string, { added, changed, removed }: DistChanges): StaleFile[] {
  const stale = (how: StaleFile['how'], paths: readonly string[]) =>
    paths.map((path) => ({ path: prefix + path, how }));
  return [...stale('missing', added), ...stale('different', changed), ...stale('left over', removed)];
}

/** How many files are named that git ignores. */
const NAMED = 5;

/**
 * @param files what is judged, or is about to be published
 * @param folder where a file that is yet to come would lie, and what people call that
 * @throws InputError where something of it would never be committed
 */
function refuseIgnored(
  repository: Repository,
  files: readonly string[],
  folder?: { readonly path: string; readonly title: string },
): void {
  const probe = folder === undefined ? undefined : `${folder.path}/cdk8s-liqo.yaml`;
  const ignored = repository.ignored([...(probe === undefined ? [] : [probe]), ...files]);
  const shown = probe !== undefined && ignored.includes(probe) ? [probe] : ignored.slice(0, NAMED);
  if (shown.length === 0) return;
  throw new InputError(
    shown.map((path) => {
      const file = path === probe ? (folder?.title ?? path) : path;
      return {
        message: `git ignores ${file}, so what is published there would never be committed and deployed`,
        file,
        remedy: `\`git check-ignore -v ${path}\` names the line to remove`,
      };
    }),
  );
}

/** What a project's configs and dist give, before anybody judges it. */
interface Project {
  readonly config: LoadedConfig;
  readonly repository: Repository | undefined;
  readonly prefix: string;
  readonly known: KnownTexts;
  readonly compiled: Compiled;
  readonly disk: DistOnDisk;
  /** What was compiled, and the files of dist that are not ours. */
  readonly manifests: readonly Manifest[];
  readonly strays: Content['strays'];
}

/** @throws InputError where anything cannot be read for certain */
function readProject({ root, progress }: Pick<Request, 'root' | 'progress'>): Project {
  progress('loading the configs');
  const config = loadConfig(root);
  checkSeverities(config.cluster.severities ?? {}, config.clusterFile);
  const repository = Repository.around(root);
  const prefix = repository?.prefix ?? '';
  const known = new KnownTexts();
  progress('compiling');
  const compiled = compile(config, { prefix, known, root, boundary: repository?.root ?? root });
  progress('reading dist');
  const disk = readDist(root);
  const foreign = [...disk.foreign].map(([path, content]) => ({
    path: prefix + path,
    text: decode(prefix + path, content),
  }));
  const { manifests, strays } = readFolder(foreign, new EngineView({ folder: `${prefix}dist` }), known);
  return {
    ...{ config, repository, prefix, known, compiled, disk, strays },
    manifests: [...compiled.manifests, ...manifests],
  };
}

/**
 * Compiles config/ in memory and judges it, with the files of dist that are not ours.
 * @throws InputError where anything cannot be read for certain
 */
export function examineConfig(request: Request): Examined {
  const { config, repository, prefix, known, compiled, disk, manifests, strays } = readProject(request);
  if (repository !== undefined) {
    const files = [...published(compiled).keys(), ...disk.foreign.keys()];
    refuseIgnored(repository, files, { path: 'dist/namespaces', title: 'dist' });
  }
  const changes = compareDist(disk, published(compiled));
  const side: NewSide = {
    manifests,
    strays,
    units: compiled.units,
    stale: request.publishing === true ? [] : staleFiles(prefix, changes),
    configOf: (file) => {
      const config = compiled.configs.get(file.slice(prefix.length));
      return config === undefined ? undefined : prefix + config;
    },
    folder: 'dist',
  };
  const report = judgeSide(request, side, { repository, known, config, decisive: DECISIVE });
  return { report, compiled, disk, changes };
}

/**
 * What would be deployed, without a baseline: what config/ gives with the files of dist that are not ours, or dist as it
 * lies there where there is no config.
 * @throws InputError where anything cannot be read for certain, or there is neither
 */
export function newState(request: Pick<Request, 'root' | 'progress'>) {
  const { root } = request;
  if (hasConfig(root) || kindOnDisk(join(root, 'dist')) === undefined) {
    const { config, prefix, manifests } = readProject(request);
    return { state: new State(manifests), config, prefix };
  }
  const prefix = Repository.around(root)?.prefix ?? '';
  const { ours, foreign } = readDist(root);
  const manifests = [...ours, ...foreign].flatMap(([path, content]) =>
    readManifests(prefix + path, decode(prefix + path, content)),
  );
  return { state: new State(manifests), config: undefined, prefix };
}

/** A folder that somebody else writes. */
export interface FolderRequest extends Request {
  /** Absolute path. */
  readonly dir: string;
  /** What is known of the cluster beside configs, and the file that says it, from the project's folder. */
  readonly settings?: { readonly cluster: ClusterFacts; readonly file: string };
}

/** The project's config, or what else is known. @throws InputError where both say something */
function knownOf({ root, settings }: FolderRequest): Known | undefined {
  const said = Object.keys(settings?.cluster ?? {}).length > 0;
  if (!hasConfig(root)) {
    if (settings === undefined) return undefined;
    checkSeverities(settings.cluster.severities ?? {}, settings.file);
    return { cluster: settings.cluster, policies: [], namespaces: [] };
  }
  const config = loadConfig(root, 'cluster');
  if (said) {
    throw new InputError({
      message: `the cluster is described in ${config.clusterFile} already`,
      file: settings?.file,
      remedy: 'keep one of the two',
    });
  }
  checkSeverities(config.cluster.severities ?? {}, config.clusterFile);
  return config;
}

/**
 * Judges a folder of manifests as it lies there; a config, where there is one, only tells of the cluster.
 * @throws InputError where anything cannot be read for certain
 */
export function examineFolder(request: FolderRequest): Report {
  const { root, dir, settings, progress } = request;
  const config = knownOf(request);
  const decisive = settings === undefined ? DECISIVE : [...DECISIVE, settings.file];
  const repository = Repository.around(root);
  const prefix = repository?.prefix ?? '';
  const known = new KnownTexts();
  const folder = relative(root, dir).split(sep).join('/') || '.';
  progress('reading the manifests');
  const at = (path: string) => posix.normalize(`${prefix}${folder}/${path}`);
  const steering = steeringIn(dir, at);
  const files = listFiles(dir, isManifestFile).map((path) => ({
    path: at(path),
    text: decode(at(path), readFile(join(dir, path))),
  }));
  const { manifests, strays } = readFolder(files, new EngineView({ folder: at('.'), steering }), known);
  const units = [...unitsOnDisk(root)].flatMap(([path, content]) =>
    known.read(prefix + path, decode(prefix + path, content)),
  );
  const side = {
    manifests,
    strays,
    units,
    stale: [],
    configOf: () => undefined,
    folder,
    judged: dir,
    steering,
  };
  const report = judgeSide(request, side, { repository, known, config, decisive });
  const isInside = repository !== undefined && isWithin(realPath(dir), repository.root);
  if (isInside && report.baseline.kind === 'git') {
    const isFirst = report.baseline.manifests.length === 0;
    const all = [...manifests.map(({ source }) => source.file), ...steering.map(({ path }) => path)];
    const files = [...new Set(all)].map((path) => posix.relative(prefix, path));
    refuseIgnored(repository, files, isFirst ? { path: folder, title: folder } : undefined);
  }
  const isEmpty = manifests.length + report.baseline.manifests.length === 0;
  if (isEmpty && report.verdict.findings.length === 0) {
    throw new InputError({
      message: 'there is no manifest in it, now or at the baseline',
      file: folder,
      remedy: 'name the folder that Flux or Argo CD applies',
    });
  }
  return report;
}

/**
 * Judges config/, or a folder of manifests where one is named.
 * @param dir from the project
 * @throws InputError where anything cannot be read for certain
 */
export function examine(request: Request, dir: string | undefined): Report {
  return dir === undefined
    ? examineConfig(request).report
    : examineFolder({ ...request, dir: resolve(request.root, dir) });
}
