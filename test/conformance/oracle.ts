// The oracle, built with the Go of this machine, as something that can be asked.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { isObject, type Json } from '../../lib/manifests/manifest';

const SOURCE = join(__dirname, 'oracle');
const LIQO = 'github.com/liqotech/liqo';
const CRD = 'deployments/liqo/charts/liqo-crds/crds/offloading.liqo.io_namespaceoffloadings.yaml';

/** Why the oracle cannot be built on this machine, through no fault of the project. */
export class NoOracle extends Error {}

/** What upstream is, with versions. */
export type Upstream = Readonly<Record<string, string>>;
const MODULES = [
  LIQO,
  'k8s.io/apimachinery',
  'k8s.io/apiextensions-apiserver',
  'k8s.io/component-helpers',
  'sigs.k8s.io/yaml',
];

/** Go's own words for a module whose text is not what go.sum says, which is no matter of the network. */
const TAMPERED = /checksum mismatch|SECURITY ERROR|missing go\.sum|updates to go\.mod/;

function go(...args: readonly string[]): {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
} {
  const { status, stdout, stderr, error } = spawnSync('go', args, { cwd: SOURCE, encoding: 'utf8' });
  if (error !== undefined) throw new NoOracle(`go cannot be run: ${error.message}`);
  return { status, out: stdout, err: stderr };
}

function must(...args: readonly string[]): string {
  const { status, out, err } = go(...args);
  if (status !== 0) throw new Error(`go ${args.join(' ')}: ${err}`);
  return out.trim();
}

function download(): void {
  const { status, err } = go('mod', 'download');
  if (status === 0) return;
  if (TAMPERED.test(err)) throw new Error(err);
  throw new NoOracle(`its modules cannot be had: ${err.trim().split('\n').slice(-3).join('\n')}`);
}

export class Oracle {
  private readonly folder = mkdtempSync(join(tmpdir(), 'cdk8s-liqo-oracle-'));
  private readonly process;
  private readonly answers: AsyncIterator<string>;
  readonly upstream: Upstream;

  /** @throws NoOracle where there is no Go, or its modules cannot be downloaded */
  constructor() {
    const binary = join(this.folder, 'oracle');
    process.once('exit', () => {
      rmSync(this.folder, { recursive: true, force: true });
    });
    download();
    must('build', '-o', binary, '.');
    const crd = join(must('list', '-m', '-f', '{{.Dir}}', LIQO), CRD);
    const versions = must('list', '-m', '-f', '{{.Path}} {{.Version}}', ...MODULES);
    this.upstream = Object.fromEntries(versions.split('\n').map((line) => line.split(' ')));
    this.process = spawn(binary, ['-crd', crd], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.answers = createInterface({ input: this.process.stdout })[Symbol.asyncIterator]();
  }

  /** What upstream says of each input; undefined where the input is no case of its kind. */
  async ask(kind: string, inputs: readonly unknown[]): Promise<(Json | undefined)[]> {
    this.process.stdin.write(inputs.map((input) => `${JSON.stringify({ kind, input })}\n`).join(''));
    const said: (Json | undefined)[] = [];
    for (const input of inputs) {
      const { value, done } = await this.answers.next();
      if (done === true) throw new Error(`the oracle ended at ${JSON.stringify(input)}`);
      const answer = JSON.parse(value) as Json;
      said.push(isObject(answer) && 'malformed' in answer ? undefined : answer);
    }
    return said;
  }

  close(): void {
    this.process.stdin.end();
  }
}
