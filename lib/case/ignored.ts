// What git would leave out of every commit can be judged, and will never be deployed.
import { InputError } from '../input/error';
import type { Repository } from '../manifests/git';

/** How many files are named that git ignores. */
const NAMED = 5;

/**
 * @param files what is judged, or is about to be published
 * @param folder where a file that is yet to come would lie, and what people call that
 * @throws InputError where something of it would never be committed
 */
export function refuseIgnored(
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
        message: `git ignores ${file}, so files published there would never be committed and deployed`,
        file,
        remedy: `\`git check-ignore -v ${path}\` names the line to remove`,
      };
    }),
  );
}
