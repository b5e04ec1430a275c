// From a project's folder to a verdict: the way that check, plan, synth and the plugin have in common.
import { existsSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import type { Compiled } from '../compile/compiled';
import { hasConfig } from '../config/files';
import type { ClusterFacts } from '../config/types';
import { coded, InputError } from '../input/error';
import { appliedOf } from '../judge/applied';
import { liveApprovals, parseApprovals, type Approval } from '../judge/approvals';
import { judge } from '../judge/judge';
import { declaredIn } from '../judge/peerings';
import { restore } from '../judge/restore';
import type { StaleFile } from '../judge/rule';
import { checkSeverities } from '../judge/severities';
import type { Baseline } from '../manifests/baseline';
import {
  compareDist,
  COMPONENTS,
  GITOPS,
  unitsOnDisk,
  type DistChanges,
  type DistOnDisk,
} from '../manifests/dist';
import { EngineView } from '../manifests/engines/engine-view';
import { ENGINES } from '../manifests/engines/engines';
import { readFolder } from '../manifests/engines/read-folder';
import { isLinkPassedOver, steeringIn } from '../manifests/engines/steering-files';
import { kindOnDisk, listFiles, readFile, realPath } from '../manifests/folder';
import { Repository } from '../manifests/git';
import type { Diff } from '../manifests/git-output';
import { KnownTexts } from '../manifests/known';
import { decode, isManifestFile } from '../manifests/read';
import { APPROVALS } from '../manifests/tree-reader';
import { configNamedIn } from '../manifests/write';
import { planOf } from '../plan/plan';
import type { Report } from '../report/report';
import { aimOf, type Aim, type AimRequest } from './aim';
import { inCheckout, OF_CONFIGS, workTree, type Checkout } from './checkout';
import { ownConfigs } from './configs-request';
import { withPodsOf } from './declared-pods';
import { decisiveFiles, gatherFacts, type Known } from './facts';
import { refuseIgnored } from './ignored';
import type { NewSide } from './new-side';
import { published, readProject, type Project, type SayStage } from './project';
import { readConfigs } from './read-configs';
import { openSides } from './sides';

export interface Request extends AimRequest {
  /** Absolute path of the project. */
  readonly root: string;
  /** `--all`. */
  readonly all?: boolean;
  /** Whether what is to come is judged, so that a dist that does not have it yet rejects nothing. */
  readonly isPlan?: boolean;
  /** Whether configs run in a thread of their own, so that they have no say in the verdict. */
  readonly isApart?: boolean;
  readonly progress: SayStage;
}

function readApprovals({ root, prefix }: Checkout): Approval[] {
  const folder = join(root, APPROVALS);
  if (!existsSync(folder)) return [];
  return coded('approval-invalid', () =>
    listFiles(folder, (path) => /\.ya?ml$/.test(path)).flatMap((path) => {
      const file = `${prefix}${APPROVALS}/${path}`;
      return parseApprovals(file, decode(file, readFile(join(folder, path))));
    }),
  );
}

function judgeSide(
  { all = false, isPlan = false, progress }: Request,
  aim: Aim,
  side: NewSide,
  config: Known | undefined,
): Report {
  const { checkout, decisive, stale } = side;
  progress('reading the baseline');
  const repoURL = config?.cluster.gitops?.argocd?.repoURL;
  const opened = openSides(aim, { ...side, ...(repoURL !== undefined && { repoURL }) });
  const { past, approvals: merged, baseline, before, after, ...known } = opened;
  const approvals = readApprovals(checkout);
  const spent = (merged ?? []).flatMap(({ path, text }) => parseApprovals(path, text));
  progress('judging');
  const { root, prefix } = checkout;
  const gathered = gatherFacts({
    ...{ root, prefix, config, baseline, decisive, ...known },
    stale: isPlan ? [] : stale,
  });
  const deployed = withPodsOf(config?.cluster, appliedOf(before, gathered.view.before));
  const wanted = withPodsOf(config?.cluster, appliedOf(after, gathered.view.after, deployed));
  const change = restore({ before: deployed, after: wanted }, past, gathered.engines);
  const facts = { ...gathered, declaredNodes: declaredIn(change) };
  const verdict = judge({
    ...change,
    facts,
    severities: config?.cluster.severities ?? {},
    approvals: coded('approval-invalid', () => liveApprovals(approvals, spent)),
    spent,
    configOf: configsOf(side, baseline),
    all,
  });
  return {
    baseline,
    verdict,
    all,
    stale,
    plan: () => planOf(change, facts, verdict.findings),
    diff: () => shownDiff(side, baseline),
  };
}

/** What a pull request to the baseline shows: what HEAD changed since it left it. */
function shownDiff({ checkout, folder, stale }: NewSide, { ref = '', commit }: Baseline): Diff {
  const { repository } = checkout;
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
function configsOf(side: NewSide, { manifests }: Baseline): NewSide['configOf'] {
  const { root, prefix } = side.checkout;
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

/** What git could not merge of it is made anew, and no staler than what it could. */
function staleFiles({ prefix, unsettled }: Checkout, { added, changed, removed }: DistChanges): StaleFile[] {
  const stale = (how: StaleFile['how'], paths: readonly string[]) =>
    paths.filter((path) => !unsettled.has(path)).map((path) => ({ path: prefix + path, how }));
  return [...stale('missing', added), ...stale('different', changed), ...stale('left over', removed)];
}

/** The engines that a config names. */
const namedBy = (config: Known | undefined) =>
  ENGINES.filter((engine) => config?.cluster.gitops?.[engine] !== undefined);

/** What cluster.ts says, for those who need no more of config/. */
const clusterOf = ({ root, isApart }: Request) =>
  hasConfig(root) ? readConfigs(ownConfigs(root, 'cluster'), isApart).cluster : undefined;

/** The work tree, and what its change is aimed at. */
function start(request: Request, folder: string, cluster: () => ClusterFacts | undefined, judged?: string) {
  const { root } = request;
  const repository = Repository.around(root);
  const place = { root, repository, folder, judged, known: new KnownTexts() };
  return { here: workTree(root, repository), aim: aimOf(request, place, cluster) };
}

/**
 * Compiles config/ in memory and judges it, with the files of dist that are not ours.
 * @param stale what dist lacks of what is compiled
 */
function examineProject(
  request: Request,
  aim: Aim,
  checkout: Checkout,
  project: Project,
  stale: readonly StaleFile[],
): Report {
  const { config, compiled, disk, manifests, strays, known } = project;
  const { prefix, repository, isMerged } = checkout;
  if (repository !== undefined) {
    const files = [...published(compiled).keys()].filter((path) => !isMerged || !disk.ours.has(path));
    const foreign = isMerged ? [] : disk.foreign.keys();
    refuseIgnored(repository, [...files, ...foreign], { path: 'dist/namespaces', title: 'dist' });
  }
  const side: NewSide = {
    ...{ checkout, manifests, strays, known },
    engines: namedBy(config),
    units: compiled.units,
    stale,
    configOf: (file) => {
      const own = compiled.configs.get(file.slice(prefix.length));
      return own === undefined ? undefined : prefix + own;
    },
    folder: 'dist',
    decisive: decisiveFiles(prefix, config),
  };
  return judgeSide(request, aim, side, config);
}

/**
 * Judges what config/ gives.
 * @throws InputError where anything cannot be read for certain
 */
export function examineConfig(request: Request): Report {
  const { root, progress } = request;
  const { here, aim } = start(request, 'dist', () => clusterOf(request));
  return inCheckout(here, aim.main, OF_CONFIGS, (checkout) => {
    const project = readProject(checkout, root, progress, request.isApart);
    const stale = staleFiles(checkout, compareDist(project.disk, published(project.compiled)));
    return examineProject(request, aim, checkout, project, stale);
  });
}

/** What may be published of a work tree, and the verdict on it. */
export interface Publication {
  readonly report: Report;
  readonly compiled: Compiled;
  readonly disk: DistOnDisk;
  readonly changes: DistChanges;
}

/**
 * Compiles config/ as it lies there, and judges what merging it would give.
 * @throws InputError where anything cannot be read for certain
 */
export function examinePublication(request: Request): Publication {
  const { root, progress } = request;
  const { here, aim } = start(request, 'dist', () => clusterOf(request));
  const own = readProject(here, root, progress, request.isApart);
  const { compiled, disk } = own;
  const changes = compareDist(disk, published(compiled));
  const report = inCheckout(here, aim.main, OF_CONFIGS, (checkout) => {
    const project =
      checkout.root === here.root ? own : readProject(checkout, root, progress, request.isApart);
    return examineProject(request, aim, checkout, project, []);
  });
  return { report, compiled, disk, changes };
}

/** A folder that somebody else writes. */
export interface FolderRequest extends Request {
  /** Absolute path. */
  readonly dir: string;
  /** What is known of the cluster beside configs, and the file that says it, from the project's folder. */
  readonly settings?: { readonly cluster: ClusterFacts; readonly file: string };
}

/** The project's config, or what else is known. @throws InputError where both say something */
function knownOf({ root: home, settings, isApart }: FolderRequest, root: string): Known | undefined {
  const said = Object.keys(settings?.cluster ?? {}).length > 0;
  if (!hasConfig(root)) {
    if (settings === undefined) return undefined;
    checkSeverities(settings.cluster.severities ?? {}, settings.file);
    return { cluster: settings.cluster, policies: [], namespaces: [], decisive: [] };
  }
  const config = readConfigs(ownConfigs(root, 'cluster', home), isApart);
  if (said) {
    throw new InputError({
      message: `the cluster is already described in ${config.clusterFile}`,
      file: settings?.file,
      remedy: 'keep one of them',
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
  const { root, dir, settings } = request;
  const folder = relative(realPath(root), realPath(dir)).split(sep).join('/') || '.';
  const { here, aim } = start(request, folder, () => settings?.cluster ?? clusterOf(request), dir);
  return inCheckout(here, aim.main, { folder, isGenerated: false }, (checkout) => {
    const { side, config } = readSide(request, checkout, folder);
    const report = judgeSide(request, aim, side, config);
    refuseUnjudged(side, report);
    return report;
  });
}

/** What lies in a folder, and what is known of the cluster. */
function readSide(request: FolderRequest, checkout: Checkout, folder: string) {
  const { settings, progress } = request;
  const { root, prefix } = checkout;
  const config = knownOf(request, root);
  const known = new KnownTexts();
  progress('reading the manifests');
  const dir = join(root, folder);
  const isThere = kindOnDisk(dir) === 'folder'; // a merge may leave nothing of it
  const at = (path: string) => posix.normalize(`${prefix}${folder}/${path}`);
  const steering = isThere ? steeringIn(dir, at) : [];
  const files = (isThere ? listFiles(dir, isManifestFile, isLinkPassedOver) : []).map((path) => ({
    path: at(path),
    text: decode(at(path), readFile(join(dir, path))),
  }));
  const content = readFolder(files, new EngineView({ folder: at('.'), steering }), known);
  const units = [...unitsOnDisk(root)].flatMap(([path, content]) =>
    known.read(prefix + path, decode(prefix + path, content)),
  );
  const decisive = decisiveFiles(prefix, config, settings === undefined ? [] : [settings.file]);
  const configOf = () => undefined;
  const side: NewSide = {
    ...{ checkout, ...content, known, units, stale: [], configOf, folder, steering, decisive },
    engines: namedBy(config),
  };
  return { side, config };
}

/** @throws InputError where what lies in the folder will never be committed, or nothing was there to judge */
function refuseUnjudged(
  { checkout, manifests, steering = [], folder }: NewSide,
  { baseline, verdict }: Report,
) {
  const { repository, prefix, isMerged } = checkout;
  if (repository !== undefined && baseline.kind === 'git' && !isMerged) {
    const isFirst = baseline.manifests.length === 0;
    const all = [...manifests.map(({ source }) => source.file), ...steering.map(({ path }) => path)];
    const files = [...new Set(all)].map((path) => posix.relative(prefix, path));
    refuseIgnored(repository, files, isFirst ? { path: folder, title: folder } : undefined);
  }
  const isEmpty = manifests.length + baseline.manifests.length === 0;
  if (!isEmpty || verdict.findings.length > 0) return;
  throw new InputError({
    message: 'it contains no manifest, neither now nor at the baseline',
    file: folder,
    remedy: 'give the folder that Flux or Argo CD applies',
  });
}

/**
 * Judges config/, or a folder of manifests where one is named.
 * @param dir from the project
 * @throws InputError where anything cannot be read for certain
 */
export function examine(request: Request, dir: string | undefined): Report {
  return dir === undefined
    ? examineConfig(request)
    : examineFolder({ ...request, dir: resolve(request.root, dir) });
}
