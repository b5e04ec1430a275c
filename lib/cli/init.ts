// cdk8s-liqo init: a new repository. Writes what is missing, changes nothing that is there.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, InputError, messageOf } from '../input/error';
import { guarded, type ExitStatus } from './console';

/** The package's own folder: main.ts and cdk8s.yaml of a new project are those of this one. */
const PACKAGE = join(__dirname, '..', '..');

const CLUSTER = `import { defineCluster } from 'cdk8s-liqo';

export default defineCluster({
  id: 'venice', // the consumer's Liqo cluster ID: kubectl get configmaps -n liqo liqo-clusterid-configmap
  // baseline: 'origin/main', // what is deployed; left out: the main branch of origin
});
`;

const NAMESPACE = `import { defineNamespace } from 'cdk8s-liqo';

export default defineNamespace({
  name: 'liqo-demo',
  offloading: {
    namespaceMappingStrategy: 'EnforceSameName', // immutable: Liqo refuses every change
    podOffloadingStrategy: 'LocalAndRemote',
    // clusterSelector: ['topology.liqo.io/region=south'], // alternatives; left out: every cluster
  },
});
`;

const TSCONFIG = `{
  "compilerOptions": {
    "target": "ES2022",
    "module": "Node16",
    "moduleResolution": "Node16",
    "strict": true,
    "skipLibCheck": true,
    "noEmit": true
  },
  "include": ["main.ts", "config"]
}
`;

const GITIGNORE = ['node_modules/', '.cdk8s-staging/', '*.cdk8s-liqo.tmp'];
const GITATTRIBUTES = ['dist/** text eol=lf -linguist-generated'];

/** Adds the lines that a file lacks; an existing file keeps all that it has. */
function withLines(present: string, wanted: readonly string[]): string | undefined {
  const lines = present.split(/\r?\n/);
  const missing = wanted.filter((line) => !lines.includes(line));
  if (missing.length === 0) return undefined;
  return `${present}${present === '' || present.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`;
}

function write(root: string, file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

/** The scripts and development dependencies that `cdk8s synth` needs, unless package.json has its own. */
function packageJson(root: string): string | undefined {
  const file = join(root, 'package.json');
  if (!existsSync(file)) return undefined;
  type Package = Record<'scripts' | 'devDependencies' | 'dependencies', Record<string, string> | undefined>;
  const present = JSON.parse(readFileSync(file, 'utf8')) as Package;
  const needed = { 'cdk8s-cli': '^2.207.0', tsx: '^4.19.0' };
  const missing = Object.entries(needed).filter(
    ([name]) => present.devDependencies?.[name] === undefined && present.dependencies?.[name] === undefined,
  );
  if (missing.length === 0 && present.scripts?.['synth'] !== undefined) return undefined;
  const changed = {
    ...present,
    scripts: { synth: 'cdk8s synth --check-upgrade=false', ...present.scripts },
    devDependencies: { ...present.devDependencies, ...Object.fromEntries(missing) },
  };
  return `${JSON.stringify(changed, null, 2)}\n`;
}

function initialize(root: string): string[] {
  const said: string[] = [];
  const create = (file: string, text: string) => {
    if (existsSync(join(root, file))) return;
    write(root, file, text);
    said.push(`created  ${file}`);
  };
  const extend = (file: string, wanted: readonly string[]) => {
    const present = existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : '';
    const text = withLines(present, wanted);
    if (text === undefined) return;
    write(root, file, text);
    said.push(`${present === '' ? 'created ' : 'extended'} ${file}`);
  };
  create('cdk8s.yaml', readFileSync(join(PACKAGE, 'cdk8s.yaml'), 'utf8'));
  create('main.ts', readFileSync(join(PACKAGE, 'main.ts'), 'utf8'));
  create('tsconfig.json', TSCONFIG);
  create('config/cluster.ts', CLUSTER);
  if (!existsSync(join(root, 'config/namespaces'))) create('config/namespaces/demo/liqo-demo.ts', NAMESPACE);
  extend('.gitignore', GITIGNORE);
  extend('.gitattributes', GITATTRIBUTES);
  const changed = packageJson(root);
  if (changed !== undefined) {
    write(root, 'package.json', changed);
    said.push('extended package.json');
  }
  return said;
}

/** @param root absolute path of the project */
export function init(root: string): ExitStatus {
  return guarded(() => {
    try {
      const said = initialize(root);
      process.stdout.write(
        said.length === 0 ? 'nothing to do: everything is there\n' : `${said.join('\n')}\n`,
      );
    } catch (thrown) {
      if (codeOf(thrown) === undefined && !(thrown instanceof SyntaxError)) throw thrown;
      throw new InputError({ message: `the project cannot be set up: ${messageOf(thrown)}`, file: root });
    }
    process.stdout.write(
      '\nnpx cdk8s-liqo synth     writes dist/; commit it with config/\nnpm install              once, so that `npx cdk8s synth` works as well\n',
    );
    return 0;
  });
}
