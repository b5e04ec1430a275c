import type { RunRule } from '../rule';

export const declaredElsewhere: RunRule = {
  name: 'declared-elsewhere',
  category: 'info',
  about: 'run',
  summary: 'An offloading is new in the judged folder, and a file beside the folder declares it already.',
  why: 'Where another folder is for another cluster, all is well. Where one cluster applies both, the offloading is deployed in the form that the other file has, and what this one changes of it, such as a narrower selector, was judged as if it were new. An object that leaves the other place in the same change counts as deployed, and gives nothing here.',
  source: 'docs/adoption.md',
  check: ({ elsewhere }) =>
    elsewhere.map(({ namespace, file, isUnread }) => ({
      namespace,
      message: isUnread
        ? `The NamespaceOffloading of '${namespace}' is new here, and ${file}, which goes, may have declared it, but cannot be read: what changes was not judged.`
        : `The NamespaceOffloading of '${namespace}' is new here, and ${file} declares it as well: where the same cluster applies both, what changes was not judged.`,
      remedy: isUnread
        ? `Compare it with what ${file} gave.`
        : `Where it does, take it out of ${file} in this change; then that counts as deployed.`,
      file,
    })),
};
