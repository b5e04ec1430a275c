import type { RunRule } from '../rule';

export const declaredElsewhere: RunRule = {
  name: 'declared-elsewhere',
  category: 'info',
  about: 'run',
  summary:
    'A NamespaceOffloading is new in the judged folder, but a file outside the folder already declares it.',
  why: 'If the two folders are for different clusters, nothing is wrong. If one cluster applies both, the offloading is already deployed as the other file has it, and any change in this file, such as a narrower selector, was judged as a new object. If the same change removes the object from the other file, it counts as deployed and gives no finding here.',
  source: 'docs/adoption.md',
  check: ({ elsewhere }) =>
    elsewhere.map(({ namespace, file, isUnread }) => ({
      namespace,
      message: isUnread
        ? `The NamespaceOffloading of '${namespace}' is new here, but ${file}, which this change removes, may have declared it and cannot be read: what changes was not judged.`
        : `The NamespaceOffloading of '${namespace}' is new here, but ${file} also declares it: if one cluster applies both, what changes was not judged.`,
      remedy: isUnread
        ? `Compare it with what ${file} declared.`
        : `If it does, remove the object from ${file} in this change: it then counts as deployed.`,
      file,
    })),
};
