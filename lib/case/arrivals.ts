// What moves into the judged folder from another place of the repository, or is declared in both.
import { join } from 'node:path';
import { InputError } from '../input/error';
import { isOffloading } from '../judge/offloading';
import type { Declared } from '../judge/rule';
import type { Baseline } from '../manifests/baseline';
import { kindOnDisk, readFile } from '../manifests/folder';
import type { KnownTexts } from '../manifests/known';
import { identityOf, type Manifest } from '../manifests/manifest';
import { decode } from '../manifests/read';
import type { CommittedFile, ElsewhereFile } from '../manifests/tree-reader';
import { configNamedIn } from '../manifests/write';
import type { NewSide } from './new-side';

/** The text of a file that nobody has to be able to read, such as a template; empty where it is none. */
function textOf(path: string, content: Buffer): string {
  try {
    return decode(path, content);
  } catch (thrown) {
    if (thrown instanceof InputError) return '';
    throw thrown;
  }
}

/** What the work tree has of a file. */
function onDisk(root: string, path: string, known: KnownTexts): readonly Manifest[] {
  const file = join(root, path);
  return kindOnDisk(file) === 'file' ? known.readIfAny(path, textOf(path, readFile(file))) : [];
}

const isSame = (one: Manifest, other: Manifest) => identityOf(one) === identityOf(other);

/** Whether a file is one of a project that is still there: what leaves that is for its own check. */
function isOfProject(root: string, path: string, text: string): boolean {
  if (configNamedIn(text) === undefined) return false;
  const [, own = ''] = /^# (\S+): /.exec(text) ?? [];
  return path.endsWith(own) && kindOnDisk(join(root, path.slice(0, -own.length), 'config')) === 'folder';
}

/**
 * The baseline with what moves into the folder: of objects that are new there, what another file declared and no longer does.
 * Files of another project are that one's, and judged there.
 * @returns also what stays declared in the other place
 */
export function withArrivals(
  main: Baseline,
  { checkout: { top }, manifests: ours, known }: NewSide,
): { readonly main: Baseline; readonly elsewhere: readonly Declared[] } {
  const { elsewhere } = main;
  const deployed = new Set(main.manifests.map(identityOf));
  const arriving = new Set(ours.map(identityOf).filter((one) => !deployed.has(one)));
  const isArriving = (one: Manifest) => arriving.has(identityOf(one));
  if (elsewhere === undefined || !ours.some((one) => isOffloading(one) && isArriving(one)))
    return { main, elsewhere: [] };
  const textsOf = (files: readonly ElsewhereFile[]) =>
    files
      .map(({ path, content }) => ({ path, text: textOf(path, content) }))
      .filter(({ path, text }) => !isOfProject(top, path, text));
  const found = (texts: readonly CommittedFile[]) =>
    texts.flatMap(({ path, text }) => known.readIfAny(path, text)).filter(isArriving);
  const texts = textsOf(elsewhere());
  const then = found(texts);
  const isGone = ({ path }: CommittedFile) => kindOnDisk(join(top, path)) === undefined;
  const unread = texts.filter((one) => isGone(one) && known.readIfAny(one.path, one.text).length === 0);
  const files = [...new Set(then.map(({ source }) => source.file))];
  const now = new Set(
    files.flatMap((path) => onDisk(top, path, known).map((one) => `${path}|${identityOf(one)}`)),
  );
  const stays = (one: Manifest) => now.has(`${one.source.file}|${identityOf(one)}`);
  return {
    main: {
      ...main,
      manifests: [...main.manifests, ...then.filter((one) => !stays(one))],
    },
    elsewhere: [
      ...then
        .filter((one) => isOffloading(one) && stays(one))
        .map(({ namespace, source }) => ({ namespace, file: source.file })),
      ...ours
        .filter((one) => isOffloading(one) && isArriving(one) && !then.some((was) => isSame(was, one)))
        .flatMap(({ namespace }) =>
          unread
            .filter(({ text }) => text.includes(namespace))
            .map(({ path }) => ({ namespace, file: path, isUnread: true as const })),
        ),
    ],
  };
}
