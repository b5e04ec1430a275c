// Whether the URL of a Git repository is certainly that of another one. A clone rarely knows the URL by which an engine fetches it.

/** Where a repository is: `github.com` and `org/platform`, however it is asked for; undefined for what is no such URL. */
function placeOf(url: string): { readonly host: string; readonly path: readonly string[] } | undefined {
  const scp = /^(?:[^@/:]+@)?([\w.-]+):(?!\/)(.+)$/.exec(url);
  const [, host = '', path = ''] =
    /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?([^/:]+)(?::\d+)?\/(.+)$/i.exec(url) ?? scp ?? [];
  const names = path
    .toLowerCase()
    .split('/')
    .filter((name) => name !== '');
  const last = names.pop()?.replace(/\.git$/, '');
  return host === '' || last === undefined ? undefined : { host: host.toLowerCase(), path: [...names, last] };
}

/**
 * A fork and a mirror have the name of the repository, on another host or of another owner. Another name is another
 * repository on the same host, and on a host where nothing of the path is the same.
 * @param known URLs of this repository
 */
export function isAnother(url: string, known: readonly string[]): boolean {
  const place = placeOf(url);
  const ours = known.flatMap((one) => placeOf(one) ?? []);
  if (place === undefined || ours.length === 0) return false;
  return ours.every(({ host, path }) => {
    if (path.at(-1) === place.path.at(-1)) return false;
    return host === place.host || !path.some((name) => place.path.includes(name));
  });
}
