// What installs Liqo's chart, from a few words.

/** An Argo CD Application of a chart, with `helm` in flow YAML. */
export const application = (
  helm = '{}',
  { chart = 'liqo', metadata = 'finalizers: [resources-finalizer.argocd.argoproj.io]' } = {},
) =>
  `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: liqo, namespace: argocd, ${metadata} }
spec: { source: { repoURL: https://helm.liqo.io, chart: ${chart}, targetRevision: v1.2.0, helm: ${helm} } }
`;

/** A HelmRelease of a chart, with more of its spec in flow YAML. */
export const helmRelease = (spec = 'interval: 1h', chart = 'liqo') => `apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: { name: liqo, namespace: liqo }
spec: { chart: { spec: { chart: ${chart} } }, ${spec} }
`;
