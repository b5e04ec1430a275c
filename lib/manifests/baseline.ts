// The old side of the judge: what is deployed now, read from git, a folder, a file or standard input.
import { readFileSync } from 'node:fs';
import { isAbsolute, join, posix, relative, resolve, sep } from 'node:path';
import { InputError } from '../input/error';
import { EngineView } from './engines/engine-view';
import { readFolder } from './engines/read-folder';
import { isWithin, kindOnDisk, listFiles, readFile, reading, realPath } from './folder';
import type { Repository } from './git';
import { readPast, type ReadPast } from './history';
import type { KnownTexts } from './known';
import type { Manifest } from './manifest';
import { OFFLOADING_KIND } from '../liqo/constants';
import { checkSize, decode, isManifestFile, readManifests, type Stray } from './read';
import { steeringIn, type SteeringFile } from './engines/steering-files';
import { configNamedIn } from './write';
import { TreeReader, type CommittedFile, type ElsewhereFile } from './tree-reader';

export interface Baseline {
  readonly kind: 'git' | 'folder' | 'file' | 'stdin' | 'none';
  /** What was asked for: a git ref, or a path. */
  readonly ref?: string;
  /** The full commit ID of a git ref. */
  readonly commit?: string;
  /** The folder in that commit, from the root of the repository. */
  readonly folder?: string;
  readonly manifests: readonly Manifest[];
  /** What lies in the folder and is no object. */
  readonly strays?: readonly Stray[];
  /** The files of config/approvals at the commit and the merge bases: what is in them is spent. Undefined where the baseline is no commit. */
  readonly approvals?: readonly CommittedFile[];
  /** Those of the files asked for that the commit holds. Undefined where the baseline is no commit. */
  readonly files?: readonly CommittedFile[];
  /** Reads what objects were at earlier commits. Undefined where the baseline is no commit. */
  readonly past?: ReadPast;
  /** The engines' own objects beside the folder, as far as they are ours. Undefined where the baseline is no commit. */
  readonly units?: readonly Manifest[];
  /** What decides what engines apply: `.sourceignore` files on the way to the folder, and with tools' files below it. Of a folder on disk only what lies in it is known, of what is neither nothing. */
  readonly steering?: readonly SteeringFile[];
  /** Reads what else in the commit offloads namespaces, beside the folder. Undefined where the baseline is no commit. */
  readonly elsewhere?: () => readonly ElsewhereFile[];
  /** The same at each best common ancestor of the ref and HEAD, where the ref is no ancestor of HEAD. */
  readonly mergeBases: readonly MergeBase[];
  /** One sentence for people: what was judged against, and why. */
  readonly description: string;
}

export interface MergeBase {
  readonly manifests: readonly Manifest[];
  readonly units: readonly Manifest[];
  readonly steering: readonly SteeringFile[];
  readonly elsewhere: () => readonly ElsewhereFile[];
}

export interface BaselineRequest {
  /** `-`, `none`, `git:<ref>[:<folder>]`, a path, or a bare word; undefined for the default. */
  readonly against: string | undefined;
  /** Absolute path of the project's folder. */
  readonly root: string;
  readonly repository: Repository | undefined;
  /** The folder that is judged, from the project's, with `/`: the same one is read at a git ref. */
  readonly folder: string;
  /** Absolute path of the new side where it is read off the disk: that is no baseline, it would be compared with itself. */
  readonly judged?: string;
  /** Files beside the folder to read at a git ref as well, from the project's, with `/`. */
  readonly files?: readonly string[];
  /** Texts that need no parsing. */
  readonly known: KnownTexts;
}

const NONE: Baseline = {
  kind: 'none',
  manifests: [],
  mergeBases: [],
  description: 'nothing: no baseline was asked for',
};

/**
 * Reads the baseline. Without a wish: origin's main branch, then HEAD, then (outside git) the dist on disk.
 * @throws InputError where it cannot be read for certain; an unreadable baseline is never an empty one
 */
export function openBaseline(request: BaselineRequest): Baseline {
  const { against } = request;
  if (against === undefined) return defaultBaseline(request);
  if (against === '') {
    throw new InputError({
      message: 'the baseline is empty',
      remedy: "name a git ref or a path after --against or in CDK8S_LIQO_AGAINST; 'none' is a first run",
    });
  }
  if (against === 'none') return NONE;
  if (against === '-') return fromStdin();
  if (against.startsWith('git:')) {
    const [, ref = '', folder] = /^git:([^:]*)(?::(.*))?$/s.exec(against) ?? [];
    return fromGit(request, ref, folder);
  }
  if (/^\.\.?(\/|$)/.test(against) || isAbsolute(against)) return fromPath(request, against);
  return fromBareWord(request, against);
}

function defaultBaseline(request: BaselineRequest): Baseline {
  const { repository, root, folder, judged } = request;
  if (repository !== undefined) {
    for (const branch of ['HEAD', 'main', 'master']) {
      const ref = `refs/remotes/origin/${branch}`;
      if (repository.resolve(ref) !== undefined) return fromGit(request, ref, undefined, `origin/${branch}`);
    }
    if (repository.resolve('HEAD') !== undefined) {
      if (!repository.hasRemoteBranches()) return fromGit(request, 'HEAD');
      throw new InputError({
        message: 'this clone does not know the main branch of origin, so what is deployed is unknown',
        remedy:
          'git fetch origin && git remote set-head origin --auto, or say what to judge against with --against',
      });
    }
  }
  if (judged !== undefined) {
    throw new InputError({
      message: `without a git commit nobody knows what was in ${folder}/ before, and it cannot be compared with itself`,
      remedy:
        "name what is deployed with --against or CDK8S_LIQO_AGAINST: a copy of it, or a list as kubectl prints it; 'none' is a first run",
    });
  }
  const onDisk = kindOnDisk(join(root, folder));
  const isEmpty = onDisk === 'folder' && listFiles(join(root, folder), isManifestFile).length === 0;
  if (onDisk === undefined || isEmpty) {
    return {
      ...NONE,
      description: `nothing: a first run, no manifest in ${folder}/ and no git commit was found`,
    };
  }
  return {
    ...fromPath(request, `./${folder}`),
    description: `the ${folder}/ on disk: no git commit was found`,
  };
}

function fromBareWord(request: BaselineRequest, word: string): Baseline {
  const isRef = !word.startsWith('-') && request.repository?.resolve(word) !== undefined;
  const isPath = kindOnDisk(resolve(request.root, word)) !== undefined;
  if (isRef && isPath) {
    throw new InputError({
      message: `'${word}' is both a git ref and a path`,
      remedy: `write git:${word} or ./${word}`,
    });
  }
  return isPath && !word.startsWith('-') ? fromPath(request, word) : fromGit(request, word);
}

/** The objects on standard input, YAML or JSON, and the text that they stand in. @throws InputError where they cannot be read */
export function readStdin(): { readonly manifests: readonly Manifest[]; readonly text: string } {
  const text = decode(
    '<stdin>',
    reading('<stdin>', () => readFileSync(0)),
  );
  const json = text.trimStart().startsWith('{');
  return { manifests: readManifests(json ? '<stdin>.json' : '<stdin>', text), text };
}

function fromStdin(): Baseline {
  const { manifests, text } = readStdin();
  checkNotEmpty('<stdin>', manifests, text);
  return { kind: 'stdin', manifests, mergeBases: [], description: 'standard input' };
}

/**
 * A list that names no item says that nothing is deployed. What holds no object with a name, such as a Table, an error, or
 * nothing at all, has most likely failed to be made.
 */
function checkNotEmpty(file: string, manifests: readonly Manifest[], text = ''): void {
  const [first, second] = manifests;
  const status = first?.kind === 'Status' && first.apiVersion === 'v1' && second === undefined;
  const isList = manifests.length === 0 && /"?items"?\s*:/.test(text);
  if (isList || manifests.some(({ name }) => name !== '')) return;
  throw new InputError({
    message: status
      ? 'the baseline is an error of the API server, no objects'
      : 'the baseline holds no object',
    file,
    remedy: 'see what made it; a first run is --against none',
  });
}

const overlap = (one: string, other: string) => isWithin(one, other) || isWithin(other, one);

function fromPath(request: BaselineRequest, path: string): Baseline {
  const { root, repository, known, judged } = request;
  const full = resolve(root, path);
  if (judged !== undefined && overlap(realPath(full), realPath(judged))) {
    throw new InputError({
      message: 'the baseline is, holds or lies in what is judged, so it would be compared with itself',
      file: path,
      remedy: 'name what is deployed: a git ref, or a copy that nothing writes to',
    });
  }
  const shown = (file: string) => (repository?.prefix ?? '') + relative(root, file).split(sep).join('/');
  const kind = kindOnDisk(full);
  if (kind === 'folder') {
    // It stands for the judged folder as that was: an engine applies it from there.
    const applied = (file: string) => posix.join(repository?.prefix ?? '', request.folder, file);
    const steering = steeringIn(full, applied, (file) => shown(join(full, file)));
    const files = listFiles(full, isManifestFile).map((inside) => ({
      path: shown(join(full, inside)),
      text: decode(shown(join(full, inside)), readFile(join(full, inside))),
      appliedFrom: applied(inside),
    }));
    const view = new EngineView({ folder: applied('.'), steering });
    const { manifests, strays } = readFolder(files, view, known);
    checkNotEmpty(path, manifests);
    return {
      kind,
      ref: path,
      manifests,
      strays,
      steering,
      mergeBases: [],
      description: `the folder ${path}`,
    };
  }
  if (kind === 'file') {
    const manifests = known.read(shown(full), decode(shown(full), readFile(full)));
    checkNotEmpty(path, manifests, decode(path, readFile(full)));
    return { kind, ref: path, manifests, mergeBases: [], description: `the file ${path}` };
  }
  throw new InputError({
    message: kind === undefined ? 'the baseline does not exist' : 'the baseline is a link or a device',
    file: path,
    remedy: 'name a folder, a file, or git:<ref>',
  });
}

function fromGit(request: BaselineRequest, ref: string, folder?: string, shown = ref): Baseline {
  const { repository } = request;
  if (repository === undefined) {
    throw new InputError({
      message: `'${shown}' is taken for a git ref, but this is no git repository`,
      file: request.root,
      remedy: 'name a folder as ./path',
    });
  }
  const commit = repository.resolve(ref);
  if (/^0{40,}$/.test(ref)) {
    throw new InputError({
      message: 'the baseline is all zeros, as CI names the commit before a branch that is new',
      remedy: 'judge against the branch that it left with --against; a first run is --against none',
    });
  }
  if (commit === undefined) {
    throw new InputError({
      message: `there is no git ref '${shown}' here`,
      remedy:
        /^[A-Za-z][\w./-]*$/.test(shown) && !shown.startsWith('HEAD')
          ? `git fetch origin ${shown.replace(/^origin\//, '')}, or name another baseline with --against`
          : `name another baseline with --against${repository.shallow ? '; this clone is shallow: git fetch --unshallow' : ''}`,
    });
  }
  const tree = new TreeReader(
    repository,
    request.known,
    inRepository(repository, folder ?? `./${request.folder}`),
    (request.files ?? []).map((file) => repository.prefix + file),
  );
  const at = folder === undefined ? shown : `${shown}:${folder}`;
  const named = at.startsWith(commit)
    ? at.replace(commit, commit.slice(0, 12))
    : `${at} (${commit.slice(0, 12)})`;
  const content = atBaseline(named, () => tree.content(commit));
  const manifests = content?.manifests;
  const heads = repository.heads();
  const merged = heads.length > 0 && !heads.some((head) => repository.isAncestor(commit, head));
  const mergeBases = merged ? repository.mergeBases(shown, commit, heads) : [];
  if (manifests === undefined) checkFirstRun(repository, tree.folder, commit, named, folder);
  if (folder !== undefined && manifests?.length === 0) {
    throw new InputError({
      message: `${named} holds no manifest`,
      remedy: 'name the folder that held them; a first run is --against none',
    });
  }
  const left = (at: string) => (manifests === undefined ? whatLeft(repository, tree, at, request.known) : []);
  const deployed = manifests ?? atBaseline(named, () => left(commit));
  const history = { repository, commit, folder: tree.folder, manifests: deployed, known: request.known };
  return {
    kind: 'git',
    ref: shown,
    commit,
    manifests: deployed,
    strays: content?.strays,
    past: (wanted, commits) => readPast(history, wanted, commits),
    // What an ancestor had is merged already, even where the ref has dropped it since: nothing carries it there anew.
    approvals: [commit, ...mergeBases].flatMap((one) => tree.approvals(one)),
    files: tree.beside(commit),
    units: atBaseline(named, () => tree.units(commit)),
    folder: tree.folder,
    steering: atBaseline(named, () => tree.steering(commit)),
    elsewhere: () => tree.elsewhere(commit),
    mergeBases: merged ? mergeBasesOf(tree, mergeBases, left) : [],
    description:
      named +
      (manifests === undefined ? firstRunText(deployed) : '') +
      (merged ? ', as if HEAD were merged into it' : ''),
  };
}

/** Says of a file that cannot be read that it is the deployed one, and how a change that mends it gets past it. */
function atBaseline<T>(named: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    const mend = `what is deployed there is unknown; a change that mends it is judged against an older commit with --against`;
    throw new InputError(
      thrown.problems.map((problem) => ({
        ...problem,
        message: `at ${named}: ${problem.message}`,
        remedy: mend,
      })),
    );
  }
}

/** With no common ancestor nothing is known to be unchanged: an empty one says so. */
function mergeBasesOf(
  tree: TreeReader,
  commits: readonly string[],
  left: (commit: string) => readonly Manifest[],
): MergeBase[] {
  if (commits.length === 0) return [{ manifests: [], units: [], steering: [], elsewhere: () => [] }];
  return commits.map((commit) => ({
    manifests: tree.content(commit)?.manifests ?? left(commit),
    elsewhere: () => tree.elsewhere(commit),
    units: tree.units(commit),
    steering: tree.steering(commit),
  }));
}

/**
 * Where the folder is new, what offloaded namespaces in another place and is gone from there has moved into it: a project that
 * has another name now, or hand-written manifests that became configs.
 */
function whatLeft(
  repository: Repository,
  tree: TreeReader,
  commit: string,
  known: KnownTexts,
): readonly Manifest[] {
  return tree
    .elsewhere(commit)
    .filter(({ path }) => kindOnDisk(join(repository.root, path)) === undefined)
    .flatMap(({ path, content, size }) => {
      checkSize(path, size);
      const text = decode(path, content);
      const manifests = known.read(path, text);
      const isMeant =
        configNamedIn(text) !== undefined || manifests.some(({ kind }) => kind === OFFLOADING_KIND);
      return isMeant ? manifests : [];
    });
}

function firstRunText(deployed: readonly Manifest[]): string {
  const [from, ...more] = new Set(deployed.map(({ source }) => source.file));
  const rest = more.length === 0 ? '' : ` and ${more.length} more ${more.length === 1 ? 'file' : 'files'}`;
  return from === undefined
    ? ', whose history never held the folder: a first run'
    : `, where ${from}${rest} declared what has left there`;
}

/** A folder is from the root of the repository, as in `git show ref:path`; `./` makes it the project's. */
function inRepository(repository: Repository, folder: string): string {
  const path = posix.normalize(folder.startsWith('./') ? `./${repository.prefix}${folder}` : folder);
  if (path === '..' || path.startsWith('../') || isAbsolute(path)) {
    throw new InputError({
      message: `the folder '${folder}' lies outside the repository`,
      remedy: 'name a baseline that holds it with --against',
    });
  }
  return path === '.' || path === './' ? '' : path.replace(/\/$/, '');
}

/** A commit without the folder is a first run only where nobody asked for it by name and no history ever held it. */
function checkFirstRun(
  repository: Repository,
  folder: string,
  commit: string,
  named: string,
  wanted: string | undefined,
): void {
  if (wanted !== undefined) {
    throw new InputError({
      message: `${named} holds no folder '${wanted}'`,
      remedy: 'name one that it holds',
    });
  }
  if (repository.everHeld(commit, folder)) {
    throw new InputError({
      message: `${named} holds no ${folder}/, but its history did: what is deployed is unknown`,
      remedy: `bring ${folder}/ back there, or judge against a commit that holds it`,
    });
  }
  if (repository.shallow) {
    throw new InputError({
      message: `${named} holds no ${folder}/, and this clone is shallow, so nobody can say whether it ever did`,
      remedy: 'git fetch --unshallow   (in GitHub Actions: fetch-depth: 0)',
    });
  }
}
