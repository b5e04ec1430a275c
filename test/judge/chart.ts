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

/** A HelmChart of k3s, with more of its spec in flow YAML. */
export const helmChart = (spec = 'version: v1.2.0', chart = 'liqo') => `apiVersion: helm.cattle.io/v1
kind: HelmChart
metadata: { name: liqo, namespace: kube-system }
spec: { repo: https://helm.liqo.io, chart: "${chart}", targetNamespace: liqo, ${spec} }
`;

/** An ApplicationSet that makes Applications of charts, one for each element of a list; more of its spec in flow YAML. */
export const applicationSet = (
  elements: string,
  more = '',
  chart = '{{chart}}',
) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: addons, namespace: argocd }
spec:
  generators: [{ list: { elements: [${elements}] } }]
  template:
    metadata: { name: "{{chart}}" }
    spec: { source: { repoURL: https://helm.liqo.io, chart: "${chart}", targetRevision: v1.2.0 }, destination: { namespace: liqo } }
  ${more}
`;

/** Where Flux has an OCI chart from. */
export const ociRepository = (url: string) => `apiVersion: source.toolkit.fluxcd.io/v1
kind: OCIRepository
metadata: { name: charts, namespace: liqo }
spec: { interval: 1h, url: ${url} }
`;

/** A HelmRelease that names such a source. */
export const ofSource = (spec = 'interval: 1h') =>
  helmRelease(spec).replace(
    'chart: { spec: { chart: liqo } }',
    'chartRef: { kind: OCIRepository, name: charts }',
  );
