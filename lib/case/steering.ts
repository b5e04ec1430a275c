// What engines apply of the judged folder and of their own objects' folders, on both sides of a change.
import { join, posix } from 'node:path';
import { InputError } from '../input/error';
import type { Facts } from '../judge/rule';
import type { Baseline } from '../manifests/baseline';
import { UNIT_FOLDERS } from '../manifests/dist';
import {
  fluxArtifact,
  ignoreFilesFor,
  isIgnoreFile,
  type FluxArtifact,
  type IgnoreFile,
} from '../manifests/engines/flux-artifact';
import type { Unclear } from '../manifests/engines/kustomize-build';
import { steeringIn } from '../manifests/engines/steering-files';
import { toolDetection, type ToolDetection } from '../manifests/engines/tool-detection';
import { kindOnDisk, readFile } from '../manifests/folder';
import type { Manifest } from '../manifests/manifest';
import { decode } from '../manifests/read';
import type { NewSide } from './new-side';

/** What of the work tree decides what engines apply of a folder, on the way to it and below it. @throws InputError for a link */
function steeringOnDisk(root: string, folder: string, read?: readonly IgnoreFile[]): IgnoreFile[] {
  const isThere = kindOnDisk(join(root, folder)) === 'folder';
  const inside = read ?? (isThere ? steeringIn(join(root, folder), (file) => posix.join(folder, file)) : []);
  const known = new Set(inside.map(({ path }) => path));
  const onTheWay = ignoreFilesFor(folder).flatMap((path) => {
    const kind = kindOnDisk(join(root, path));
    if (kind === undefined || known.has(path)) return [];
    if (kind === 'file') return [{ path, text: decode(path, readFile(join(root, path))) }];
    throw new InputError({
      message: 'this decides what an engine applies, and is no regular file',
      file: path,
      remedy: 'commit the file itself',
    });
  });
  return [...onTheWay, ...inside];
}

/** What decided it at the baseline. Where that is no commit, nobody knows that a file beside the folder is new. */
function steeringThen(ours: readonly IgnoreFile[], folder: string, { kind, steering }: Baseline) {
  if (kind !== 'folder' || steering === undefined) return steering ?? ours;
  const beside = ours.filter(({ path }) => posix.relative(folder, path).startsWith('../'));
  return [...beside, ...steering];
}

const artifactOf = (files: readonly IgnoreFile[]) =>
  fluxArtifact(files.filter(({ path }) => isIgnoreFile(path)));

/** With a kustomization, Flux reads what that lists, whatever its name. */
const readBy =
  (artifact: FluxArtifact, tools: ToolDetection): FluxArtifact =>
  (path) => {
    const unfetched = artifact(path);
    return unfetched?.isUnread === true && tools.isBuilt('flux', path) ? undefined : unfetched;
  };

type IsApplied = (unit: Manifest) => boolean;

/** What becomes of an engine's own object on one side. */
interface Form {
  readonly isFound: boolean;
  /** The first file by which nobody can tell what the engine makes of its folder, and why. */
  readonly unclear: Unclear | undefined;
}

function formOf(prefix: string, files: readonly IgnoreFile[]): (unit: Manifest) => Form {
  const artifact = artifactOf(files);
  const detections = UNIT_FOLDERS.map((folder) => toolDetection(prefix + folder, files, artifact));
  return ({ kind, source: { file } }) => {
    const engine = kind.startsWith('Application') ? 'argocd' : 'flux';
    const isFetched = engine !== 'flux' || artifact(file) === undefined;
    const detection = detections.find(({ covers }) => covers(file));
    return {
      isFound: isFetched && detection?.leftOutBy(engine, file) === undefined,
      unclear: detection?.unclear(engine)[0],
    };
  };
}

/** @throws InputError where nobody knows any more what an engine makes of its own object */
function isStillFound(unit: Manifest, then: Form, now: Form): boolean {
  if (now.unclear === undefined) return now.isFound && then.unclear === undefined; // it may have been another object so far
  if (then.unclear !== undefined) return now.isFound;
  throw new InputError({
    message: `nobody can tell any more what an engine makes of ${unit.kind} '${unit.name}': ${now.unclear.why}`,
    file: now.unclear.file,
    remedy: 'take it back; the engines apply their own folder below gitops/ as it is',
  });
}

export interface Steering {
  readonly facts: Pick<Facts, 'artifact' | 'tools'>;
  /** What was read for them. */
  readonly files: { readonly before: readonly IgnoreFile[]; readonly after: readonly IgnoreFile[] };
  /** Which of their own objects the engines find, and still find as they were. */
  readonly applied: { readonly before: IsApplied; readonly after: IsApplied };
}

/** @throws InputError for a file that cannot be read for certain */
export function steeringOf({ checkout, folder, steering }: NewSide, main: Baseline): Steering {
  const { prefix, top } = checkout;
  const judged = posix.join(prefix, folder);
  const read = [
    ...steeringOnDisk(top, judged, steering),
    ...UNIT_FOLDERS.flatMap((one) => steeringOnDisk(top, prefix + one)),
  ];
  const ours = [...new Map(read.map((one) => [one.path, one])).values()];
  const theirs = steeringThen(ours, judged, main);
  const now = ours;
  const then = formOf(prefix, theirs);
  const is = formOf(prefix, now);
  const artifacts = { before: artifactOf(theirs), after: artifactOf(now) };
  const tools = {
    before: toolDetection(main.folder ?? judged, theirs, artifacts.before),
    after: toolDetection(judged, now, artifacts.after),
  };
  return {
    files: { before: theirs, after: now },
    facts: {
      artifact: {
        before: readBy(artifacts.before, tools.before),
        after: readBy(artifacts.after, tools.after),
      },
      tools,
    },
    applied: {
      before: (unit) => then(unit).isFound,
      after: (unit) => isStillFound(unit, then(unit), is(unit)),
    },
  };
}
