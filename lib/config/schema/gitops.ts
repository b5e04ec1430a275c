// The engines that apply dist.
import { closed, type Violation } from '../../input/schema';
import type { GitOpsConfig } from '../types';
import { label, subdomain, text } from './fields';

const duration = { type: 'string', format: 'duration' };
const verdict = { enum: ['healthy', 'progressing', 'degraded'] };
const deletionPolicy = { enum: ['Orphan', 'Delete'] };

export const gitopsSchema = closed([], {
  argocd: closed(['repoURL'], {
    repoURL: { ...text, format: 'repository' },
    targetRevision: text,
    namespace: label,
    project: subdomain,
    destination: { ...closed([], { server: text, name: text }), minProperties: 1, maxProperties: 1 },
    automated: { type: 'boolean' },
    protection: { enum: ['confirm', 'prevent', 'none'] },
    deletionPolicy,
  }),
  flux: closed([], {
    sourceRef: closed(['name'], {
      kind: { enum: ['GitRepository', 'OCIRepository', 'Bucket', 'ExternalArtifact'] },
      name: subdomain,
      namespace: label,
    }),
    namespace: label,
    interval: duration,
    retryInterval: duration,
    timeout: duration,
    prune: { type: 'boolean' },
    wait: { type: 'boolean' },
    protection: { enum: ['prevent', 'none'] },
    deletionPolicy,
  }),
  health: closed([], { noClusterSelected: verdict, someFailed: verdict }),
});

/** What one engine is told to keep, the other would delete. */
export function gitopsViolations({ argocd, flux }: GitOpsConfig = {}): Violation[] {
  if (argocd === undefined || flux === undefined) return [];
  const kept = [argocd, flux].map(({ protection }) => protection === 'prevent');
  if (kept[0] === kept[1]) return [];
  const [path, keeper, other] = kept[0]
    ? ['/gitops/argocd/protection', 'Argo CD', 'Flux']
    : ['/gitops/flux/protection', 'Flux', 'Argo CD'];
  return [
    {
      path,
      message: `${other} would delete what ${keeper} keeps`,
      remedy: "set protection: 'prevent' for both engines, or for neither",
    },
  ];
}
