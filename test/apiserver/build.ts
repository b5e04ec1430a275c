// The programs under test, built from Go modules into a folder outside the repository.
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Programs {
  /** etcd, kube-apiserver and Kubernetes' namespace controller. */
  readonly cluster: string;
  /** Liqo's webhooks and its NamespaceOffloading controller. */
  readonly liqo: string;
  /** Liqo's sources, of which the chart says how the webhooks are registered. */
  readonly liqoSources: string;
  /** What was built, for the report. */
  readonly versions: readonly string[];
}

function go(folder: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('go', args, {
    cwd: join(__dirname, folder),
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`go ${args.join(' ')} in ${folder}: ${error?.message ?? stderr}`);
  return stdout.trim();
}

const versionOf = (folder: string, module: string) => go(folder, 'list', '-m', '-f', '{{.Version}}', module);

/** Builds what is not built yet: some minutes the first time, seconds after that. */
export function build(): Programs {
  const to = join(tmpdir(), 'cdk8s-liqo-apiserver');
  mkdirSync(to, { recursive: true });
  const [cluster, liqo] = [join(to, 'cluster'), join(to, 'liqo')];
  const kubernetes = versionOf('cluster', 'k8s.io/kubernetes');
  const named = `-X k8s.io/component-base/version.gitVersion=${kubernetes}`;
  go('cluster', 'build', '-trimpath', `-ldflags=-s -w ${named}`, '-o', cluster, '.');
  go('liqo', 'build', '-trimpath', '-ldflags=-s -w', '-o', liqo, '.');
  return {
    cluster,
    liqo,
    liqoSources: go('liqo', 'list', '-m', '-f', '{{.Dir}}', 'github.com/liqotech/liqo'),
    versions: [
      `kube-apiserver ${kubernetes}`,
      `etcd ${versionOf('cluster', 'go.etcd.io/etcd/server/v3')}`,
      `Liqo ${versionOf('liqo', 'github.com/liqotech/liqo')}`,
    ],
  };
}
