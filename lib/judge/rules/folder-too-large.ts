import { dirname } from 'node:path/posix';
import { unitsByPath } from '../../manifests/engines/engines';
import { groupBy } from '../../manifests/group';
import type { Facts, StateRule } from '../rule';
import type { State } from '../state';

/** Measured: docs/performance.md, kubectl kustomize. */
const MANY = 1000;

/** The objects of namespaces, by folder or, for Flux, by Kustomization. */
function namespacesByFolder({ manifests, offloadings }: State, { dist, engines }: Facts) {
  const own = [
    ...manifests.filter(({ kind, apiVersion }) => kind === 'Namespace' && apiVersion === 'v1'),
    ...offloadings.map(({ manifest }) => manifest),
  ];
  const files = new Set(own.map(({ source }) => source.file));
  const units = engines.includes('flux') ? unitsByPath('flux', files, dist) : new Map<string, string>();
  return groupBy(own, ({ source: { file } }) => {
    const unit = units.get(file);
    return unit === undefined ? dirname(file) : `${dist}/${unit}`;
  });
}

export const folderTooLarge: StateRule = {
  name: 'folder-too-large',
  category: 'risky',
  about: 'state',
  summary: 'One folder holds more namespaces than an engine can handle.',
  why: 'Flux runs kustomize over a folder and everything below it at every reconciliation, and kustomize takes quadratic time: 1.8 s for 1,000 namespaces and 7.1 s for 2,000 on our machine (docs/performance.md). An Argo CD Application compares all its objects on every refresh.',
  source: 'docs/performance.md, kubectl kustomize; Argo CD, "High Availability: Monorepo Scaling"',
  check: (state, facts) =>
    [...namespacesByFolder(state, facts)].flatMap(([folder, objects]) => {
      const names = new Set(
        objects.map(({ kind, name, namespace }) => (kind === 'Namespace' ? name : namespace)),
      );
      return names.size <= MANY
        ? []
        : [
            {
              message: `The folder ${folder} holds more than ${MANY.toLocaleString('en')} namespaces: Flux and Argo CD slow down and then fail.`,
              remedy:
                'Split it into several folders. Before you move a namespace, read "Moving a namespace" in docs/gitops.md of cdk8s-liqo.',
            },
          ];
    }),
};
