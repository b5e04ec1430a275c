// Whether the URL of a Git repository is that of this one. A clone rarely knows the URL by which an engine fetches it.

/** The words of a hosting's own paths, which say nothing of a repository. */
const OF_HOSTS: readonly string[] = ['git', 'scm', 'v3', 'projects', 'repos'];

/** The owner and the name in a URL, however it is asked for: `['org', 'platform']`; undefined for what is no such URL. */
function pathOf(url: string): readonly string[] | undefined {
  const scp = /^(?:[^@/:]+@)?[\w.-]+:(?!\/)(.+)$/.exec(url);
  const [, path = ''] = /^(?:https?|ssh|git):\/\/(?:[^@/]*@)?[^/:]+(?::\d+)?\/(.+)$/i.exec(url) ?? scp ?? [];
  const names = path.toLowerCase().split('/');
  const all = names.filter((name) => name !== '').map((name) => name.replace(/\.git$/, ''));
  return all.length === 0 ? undefined : all;
}

const wordsIn = (path: readonly string[]) =>
  path.flatMap((name) => name.split(/[-_.]+/)).filter((word) => word !== '' && !OF_HOSTS.includes(word));

/** Whose a URL is: that of this repository as far as anybody can tell, one that it may have by another name, or another's. */
export type Owner = 'ours' | 'perhaps' | 'another';

/**
 * A fork and a mirror have the name of the repository, on another host or of another owner. Another name may still be that of
 * this one, which was renamed or forked under another: as long as the two have a word in common, such as the owner.
 * @param known URLs of this repository; where none says a place, every other may be its
 */
export function ownerOf(url: string, known: readonly string[]): Owner {
  const path = pathOf(url);
  const ours = known.flatMap((one) => {
    const own = pathOf(one);
    return own === undefined ? [] : [own];
  });
  if (path === undefined || ours.length === 0 || ours.some((own) => own.at(-1) === path.at(-1)))
    return 'ours';
  const words = wordsIn(path);
  return ours.some((own) => wordsIn(own).some((word) => words.includes(word))) ? 'perhaps' : 'another';
}
