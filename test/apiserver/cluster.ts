// A cluster without nodes: etcd, an API server and the namespace controller, for as long as a test lasts.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Programs } from './build';

export interface Ran {
  readonly ok: boolean;
  readonly out: string;
  readonly err: string;
}

export interface Cluster {
  readonly kubeconfig: string;
  readonly kubectl: (args: readonly string[], input?: string) => Ran;
  /** Starts one more program beside the cluster; its output goes to `<name>.log` in the cluster's folder. */
  readonly run: (name: string, program: string, args: readonly string[]) => void;
  readonly log: (name: string) => string;
  readonly stop: () => void;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}

/** Waits until something is there, for at most two minutes. */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  for (const end = Date.now() + 120_000; Date.now() < end;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    await sleep(200);
  }
  throw new Error(`not within two minutes: ${what}`);
}

/** The environment of kubectl: its caches stay in the folder, and no configuration of this machine counts. */
function kubectlIn(folder: string, kubeconfig: string): Cluster['kubectl'] {
  const env = { PATH: process.env['PATH'], HOME: folder, KUBECONFIG: kubeconfig };
  return (args, input) => {
    const { status, stdout, stderr, error } = spawnSync('kubectl', args, { env, input, encoding: 'utf8' });
    if (error) throw error;
    return { ok: status === 0, out: stdout, err: stderr };
  };
}

function etcdFlags(folder: string, port: number, peers: number): string[] {
  const [client, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peers}`];
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
  ];
}

function apiServerFlags(folder: string, port: number, etcd: number): string[] {
  const key = join(folder, 'service-accounts.pem');
  return [
    `--etcd-servers=http://127.0.0.1:${etcd}`,
    `--secure-port=${port}`,
    '--bind-address=127.0.0.1',
    '--advertise-address=127.0.0.1',
    `--cert-dir=${folder}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${key}`,
    `--service-account-signing-key-file=${key}`,
    '--service-cluster-ip-range=10.0.0.0/24',
    `--audit-policy-file=${join(folder, 'audit-policy.json')}`,
    `--audit-log-path=${join(folder, 'audit.log')}`,
    // Nobody makes a service account for each namespace here, and pods are refused without.
    '--disable-admission-plugins=ServiceAccount',
  ];
}

/** Deletions of Liqo's objects go to the audit log, with what admission has to say of them. */
const AUDIT_POLICY = {
  apiVersion: 'audit.k8s.io/v1',
  kind: 'Policy',
  rules: [
    { level: 'Metadata', verbs: ['delete'], resources: [{ group: 'offloading.liqo.io' }] },
    { level: 'None' },
  ],
};

/** Who acts through a kubeconfig. */
export interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
}

/** A kubeconfig by which a program acts as somebody else than the administrator. @returns its path */
export function kubeconfigOf(folder: string, { user, groups }: Identity): string {
  const whole = JSON.parse(readFileSync(join(folder, 'kubeconfig'), 'utf8')) as {
    users: { name: string; user: object }[];
  };
  const users = whole.users.map((one) => ({ ...one, user: { ...one.user, as: user, 'as-groups': groups } }));
  const file = join(folder, `${user.replaceAll(':', '-')}.kubeconfig`);
  writeFileSync(file, JSON.stringify({ ...whole, users }), { mode: 0o600 });
  return file;
}

const NAMESPACE_CONTROLLER: Identity = {
  user: 'system:serviceaccount:kube-system:namespace-controller',
  groups: ['system:serviceaccounts', 'system:serviceaccounts:kube-system', 'system:authenticated'],
};

function writeIdentity(folder: string, port: number): string {
  const token = randomUUID();
  writeFileSync(join(folder, 'audit-policy.json'), JSON.stringify(AUDIT_POLICY));
  writeFileSync(join(folder, 'tokens.csv'), `${token},admin,admin,system:masters\n`, { mode: 0o600 });
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  writeFileSync(
    join(folder, 'service-accounts.pem'),
    privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    { mode: 0o600 },
  );
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': 'test',
    contexts: [{ name: 'test', context: { cluster: 'test', user: 'admin' } }],
    clusters: [
      {
        name: 'test',
        cluster: {
          server: `https://127.0.0.1:${port}`,
          'certificate-authority': join(folder, 'apiserver.crt'),
        },
      },
    ],
    users: [{ name: 'admin', user: { token } }],
  };
  const file = join(folder, 'kubeconfig');
  writeFileSync(file, JSON.stringify(config), { mode: 0o600 });
  return file;
}

/** Starts a cluster in an empty folder and waits until it answers. */
export async function startCluster(folder: string, programs: Programs): Promise<Cluster> {
  const [etcd, peers, port] = [await freePort(), await freePort(), await freePort()];
  mkdirSync(folder, { recursive: true });
  const kubeconfig = writeIdentity(folder, port);
  const kubectl = kubectlIn(folder, kubeconfig);
  const children: ChildProcess[] = [];
  const fileOf = (name: string) => join(folder, `${name}.log`);
  const log = (name: string) => (existsSync(fileOf(name)) ? readFileSync(fileOf(name), 'utf8') : '');
  const run: Cluster['run'] = (name, program, args) => {
    const output = openSync(fileOf(name), 'a');
    children.push(spawn(program, args, { stdio: ['ignore', output, output] }));
    closeSync(output);
  };
  const stop = () => {
    for (const child of children.toReversed()) child.kill('SIGKILL');
  };
  run('etcd', programs.cluster, ['etcd', ...etcdFlags(folder, etcd, peers)]);
  run('kube-apiserver', programs.cluster, ['kube-apiserver', ...apiServerFlags(folder, port, etcd)]);
  try {
    await until('the API server is ready', () => kubectl(['get', '--raw', '/readyz']).ok);
  } catch (error) {
    stop();
    throw new Error(`${String(error)}\n${log('kube-apiserver').slice(-2000)}`, { cause: error });
  }
  run('namespace-controller', programs.cluster, [
    'namespace-controller',
    kubeconfigOf(folder, NAMESPACE_CONTROLLER),
  ]);
  return { kubeconfig, kubectl, run, log, stop };
}
