// Liqo's CRDs and admission webhooks in a cluster, as its chart registers them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Programs } from './build';
import { freePort, until, type Cluster } from './cluster';

const CRDS = [
  ...['namespaceoffloadings', 'namespacemaps', 'virtualnodes'].map((one) => `offloading.liqo.io_${one}`),
  ...['authentication.liqo.io_tenants', 'authentication.liqo.io_resourceslices'],
  'core.liqo.io_foreignclusters',
  ...['ipam.liqo.io_networks', 'ipam.liqo.io_ips'],
];
const CONFIGURATIONS = { 'liqo-validating-webhook.yaml': 'nsoff', 'liqo-mutating-webhook.yaml': 'pod' };

interface Webhook {
  readonly name: string;
  readonly clientConfig: { readonly service: { readonly path: string } };
}

interface Configuration {
  readonly webhooks: readonly Webhook[];
}

/** A template of Liqo's chart as Helm renders it with the chart's own values, as far as it is read here. */
function rendered(sources: string, template: string): Configuration {
  const chart = join(sources, 'deployments/liqo');
  const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8')) as {
    webhook: { failurePolicy: string };
  };
  const text = readFileSync(join(chart, 'templates/webhooks', template), 'utf8')
    .replaceAll(/^\s*\{\{-.*\}\}$/gm, '')
    .replaceAll('{{ .Values.webhook.failurePolicy }}', values.webhook.failurePolicy)
    .replaceAll(/\{\{.*?\}\}/g, 'liqo');
  return parse(text) as Configuration;
}

/** The chart's configuration with the one webhook of it that is served here, on this machine in place of a Service. */
function configuration(sources: string, template: string, name: string, port: number, caBundle: string) {
  const whole = rendered(sources, template);
  const webhooks = whole.webhooks
    .filter((one) => one.name.startsWith(`${name}.`))
    .map((one) => ({
      ...one,
      clientConfig: { url: `https://127.0.0.1:${port}${one.clientConfig.service.path}`, caBundle },
    }));
  if (webhooks.length !== 1) throw new Error(`no webhook ${name} in ${template} of Liqo's chart`);
  return { ...whole, webhooks };
}

function must(cluster: Cluster, args: readonly string[], input?: string): void {
  const { ok, err } = cluster.kubectl(args, input);
  if (!ok) throw new Error(`kubectl ${args.join(' ')}: ${err}`);
}

/** Loads the CRDs, starts the webhooks and registers them. */
export async function installLiqo(cluster: Cluster, folder: string, programs: Programs): Promise<void> {
  const crds = join(programs.liqoSources, 'deployments/liqo/charts/liqo-crds/crds');
  for (const crd of CRDS) must(cluster, ['create', '-f', join(crds, `${crd}.yaml`)]);
  // kubectl gives up on a CRD that has no conditions at all yet.
  const established = ['wait', '--for=condition=Established', '--timeout=60s', 'crd', '--all'];
  await until('the CRDs are established', () => cluster.kubectl(established).ok);
  const port = await freePort();
  cluster.run('webhooks', programs.liqo, ['webhooks', cluster.kubeconfig, String(port), folder]);
  await until('the webhooks are served', () => cluster.log('webhooks').includes('Serving webhook server'));
  const caBundle = readFileSync(join(folder, 'tls.crt')).toString('base64');
  for (const [template, name] of Object.entries(CONFIGURATIONS)) {
    const object = configuration(programs.liqoSources, template, name, port, caBundle);
    must(cluster, ['apply', '-f', '-'], JSON.stringify(object));
  }
  // The API server looks for new configurations now and then; until it knows them, everything passes.
  await until('the webhook refuses', () => {
    const probe = {
      apiVersion: 'offloading.liqo.io/v1beta1',
      kind: 'NamespaceOffloading',
      metadata: { name: 'probe', namespace: 'default' },
      spec: {},
    };
    return cluster
      .kubectl(['create', '--dry-run=server', '-f', '-'], JSON.stringify(probe))
      .err.includes('nsoff.validate.liqo.io');
  });
}
