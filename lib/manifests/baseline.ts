// The old side of the judge: what is deployed now, read from git, a folder, a file or standard input.
import { readFileSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import { InputError } from '../input/error';
import { findTarget, type GitTarget, type Target, type TargetRequest } from './baseline-target';
import { RepositoryFiles } from './engines/application-set';
import { EngineView } from './engines/engine-view';
import { readFolder } from './engines/read-folder';
import { isLinkPassedOver, steeringIn, type SteeringFile } from './engines/steering-files';
import { checkFirstRun, firstRunText, whatLeft } from './first-run';
import { kindOnDisk, listFiles, readFile, reading } from './folder';
import type { Repository } from './git';
import { readPast, type ReadPlacedPast } from './history';
import type { KnownTexts } from './known';
import { asLive } from './live-object';
import type { Manifest } from './manifest';
import { decode, isManifestFile, readManifests, type Stray, type Unread } from './read';
import { TreeReader, type CommittedFile, type ElsewhereFile } from './tree-reader';

/** Where the old side of a change was read. */
export interface BaselineOrigin {
  readonly kind: 'git' | 'folder' | 'file' | 'stdin' | 'none';
  /** What was asked for: a git ref, or a path. */
  readonly ref?: string;
  /** The full commit ID of a git ref. */
  readonly commit?: string;
}

export interface Baseline extends BaselineOrigin {
  /** The folder in that commit, from the root of the repository. */
  readonly folder?: string;
  /** Only those of standard input and of a file can be live: what lies in git or in a folder is declared, whatever stands in it. */
  readonly manifests: readonly Manifest[];
  /** What lies in the folder and is no object. */
  readonly strays?: readonly Stray[];
  readonly unread?: readonly Unread[];
  /** All that was read of the folder, by the path that an engine applies it from. */
  readonly texts?: ReadonlyMap<string, string>;
  /** The files of config/approvals at the commit and the merge bases: what is in them is spent. Undefined where the baseline is no commit. */
  readonly approvals?: readonly CommittedFile[];
  /** Those of the files asked for that the commit holds. Undefined where the baseline is no commit. */
  readonly files?: readonly CommittedFile[];
  /** Reads what objects were at earlier commits. Undefined where the baseline is no commit. */
  readonly past?: ReadPlacedPast;
  /** The engines' own objects, wherever they lie. Undefined where the baseline is no commit. */
  readonly units?: readonly Manifest[];
  /** Reads Namespaces and offloadings, wherever they lie. Undefined where the baseline is no commit. */
  readonly namespaces?: () => readonly Manifest[];
  /** What decides what engines apply: `.sourceignore` files on the way to the folder, and with tools' files below it. Of a folder on disk only what lies in it is known, of what is neither nothing. */
  readonly steering?: readonly SteeringFile[];
  /** Reads the Namespaces that some units live in. Undefined where the baseline is no commit. */
  readonly homes?: (units: readonly Manifest[]) => readonly Manifest[];
  /** What lies in the repository. Undefined where the baseline is no commit. */
  readonly repositoryFiles?: RepositoryFiles;
  /** Reads what else in the commit offloads namespaces, beside the folder. Undefined where the baseline is no commit. */
  readonly elsewhere?: () => readonly ElsewhereFile[];
  /** One sentence for people: what was judged against, and why. */
  readonly description: string;
}

export interface BaselineRequest {
  /** Absolute path of the project's folder. */
  readonly root: string;
  readonly repository: Repository | undefined;
  /** The folder that is judged, from the project's, with `/`. */
  readonly folder: string;
  /** Absolute path of what stands for the root of the repository on the new side, where that is not the work tree. */
  readonly top?: string;
  /** Files beside the folder to read at a git ref as well, from the project's, with `/`. */
  readonly files?: readonly string[];
  /** Texts that need no parsing. */
  readonly known: KnownTexts;
}

/**
 * Finds and reads the baseline.
 * @throws InputError where it cannot be read for certain; an unreadable baseline is never an empty one
 */
export function openBaseline(request: BaselineRequest & TargetRequest): Baseline {
  const baseline = readBaseline(findTarget(request), request);
  const problems = baseline.unread?.flatMap(({ error }) => error.problems) ?? [];
  if (problems.length > 0) throw new InputError(problems);
  return baseline;
}

/** The same; of files that cannot be read, whoever knows the units decides. */
export function readBaseline(target: Target, request: BaselineRequest): Baseline {
  switch (target.kind) {
    case 'none':
      return { kind: 'none', manifests: [], description: target.description };
    case 'stdin':
      return fromStdin();
    case 'path': {
      const { path, description } = target;
      const read = fromPath(request, path);
      return description === undefined ? read : { ...read, description };
    }
    case 'git': {
      if (request.repository === undefined) throw new Error('a commit was found without a repository');
      return fromGit(request, request.repository, target);
    }
  }
}

/** The objects on standard input, YAML or JSON, and the text that they stand in. @throws InputError where they cannot be read */
export function readStdin(): { readonly manifests: readonly Manifest[]; readonly text: string } {
  const text = decode(
    '<stdin>',
    reading('<stdin>', () => readFileSync(0)),
  );
  const json = text.trimStart().startsWith('{');
  return { manifests: asLive(readManifests(json ? '<stdin>.json' : '<stdin>', text)), text };
}

function fromStdin(): Baseline {
  const { manifests, text } = readStdin();
  checkNotEmpty('<stdin>', manifests, text);
  return { kind: 'stdin', manifests, description: 'standard input' };
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
      ? 'the baseline is an error message of the API server, not a list of objects'
      : 'the baseline contains no object',
    file,
    remedy: 'check the command that produced it; a first run is --against none',
  });
}

function fromPath(request: BaselineRequest, path: string): Baseline {
  const { root, repository, known } = request;
  const full = resolve(root, path);
  const shown = (file: string) => (repository?.prefix ?? '') + relative(root, file).split(sep).join('/');
  const kind = kindOnDisk(full);
  if (kind === 'folder') {
    // It stands for the judged folder as that was: an engine applies it from there.
    const applied = (file: string) => posix.join(repository?.prefix ?? '', request.folder, file);
    const steering = steeringIn(full, applied, (file) => shown(join(full, file)));
    const files = listFiles(full, isManifestFile, isLinkPassedOver).map((inside) => ({
      path: shown(join(full, inside)),
      text: decode(shown(join(full, inside)), readFile(join(full, inside))),
      appliedFrom: applied(inside),
    }));
    const { manifests, strays, texts, unread } = readFolder(
      files,
      new EngineView({ folder: applied('.'), steering }),
      known,
    );
    checkNotEmpty(path, manifests);
    return { kind, ref: path, manifests, strays, texts, unread, steering, description: `the folder ${path}` };
  }
  if (kind === 'file') {
    const manifests = asLive(known.read(shown(full), decode(shown(full), readFile(full))));
    checkNotEmpty(path, manifests, decode(path, readFile(full)));
    return { kind, ref: path, manifests, description: `the file ${path}` };
  }
  throw new InputError({
    message: kind === undefined ? 'the baseline does not exist' : 'the baseline is a link or a device',
    file: path,
    remedy: 'give a folder, a file, or git:<ref>',
  });
}

function fromGit(request: BaselineRequest, repository: Repository, target: GitTarget): Baseline {
  const { ref, commit, folder, isNamed, title, merge } = target;
  const { known, files = [], top = repository.root } = request;
  const tree = new TreeReader(
    repository,
    known,
    folder,
    files.map((file) => posix.normalize(repository.prefix + file)),
  );
  const content = atBaseline(title, () => tree.content(commit));
  const present = content?.manifests;
  if (present === undefined) checkFirstRun(repository, target);
  if (isNamed && present?.length === 0) {
    throw new InputError({
      message: `${title} contains no manifest`,
      remedy: 'give the folder that contained them; a first run is --against none',
    });
  }
  const manifests = present ?? atBaseline(title, () => whatLeft(tree.elsewhere(commit), top, known));
  const view = atBaseline(title, () => tree.view(commit));
  const history = { repository, commit, folder, manifests, known, view };
  return {
    kind: 'git',
    ref,
    commit,
    folder,
    manifests,
    strays: content?.strays,
    texts: content?.texts,
    unread: content?.unread?.map((one) => ({ ...one, error: describedAt(title, one.error) })),
    past: (wanted, commits, units) => readPast({ ...history, units }, wanted, commits),
    // What an ancestor had is merged already, even where the ref has dropped it since: nothing carries it there anew.
    approvals: [commit, ...(merge?.bases ?? [])].flatMap((one) => tree.approvals(one)),
    files: tree.beside(commit),
    units: atBaseline(title, () => tree.units(commit)),
    namespaces: () => tree.namespaces(commit),
    steering: atBaseline(title, () => tree.steering(commit)),
    homes: (some) => tree.homes(commit, some),
    elsewhere: () => tree.elsewhere(commit),
    repositoryFiles: new RepositoryFiles(
      () => tree.paths(commit),
      (paths) => tree.read(commit, paths),
    ),
    description:
      title +
      (present === undefined ? firstRunText(manifests) : '') +
      (merge === undefined ? '' : ', as if HEAD were merged into it'),
  };
}

/** Says of a file that cannot be read that it is the deployed one, and how a change that mends it gets past it. */
function atBaseline<T>(named: string, read: () => T): T {
  try {
    return read();
  } catch (thrown) {
    if (!(thrown instanceof InputError)) throw thrown;
    throw describedAt(named, thrown);
  }
}

function describedAt(named: string, { problems }: InputError): InputError {
  const remedy = `the deployed state is unknown; judge a change that repairs this file against an older commit with --against`;
  return new InputError(
    problems.map((problem) => ({ ...problem, message: `at ${named}: ${problem.message}`, remedy })),
  );
}
