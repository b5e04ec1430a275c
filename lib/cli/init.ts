// cdk8s-liqo init: a new repository. Writes what is missing, changes nothing that is there.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { codeOf, InputError, messageOf } from '../input/error';
import { UNSET_ID } from '../config/schema/cluster';
import { INVENTORY } from '../manifests/inventory';
import { KUBECTL } from '../manifests/live-inventory';
import { APPROVALS } from '../manifests/tree-reader';
import { wrap } from '../report/terminal';
import { guarded, type ExitStatus, type Io } from './console';
import type { CiService } from './program';
import { schemaLine } from './schema-line';

/** The package's own folder: main.ts and cdk8s.yaml of a new project are those of this one. */
const PACKAGE = join(__dirname, '..', '..');

const CLUSTER = `import { defineCluster } from 'cdk8s-liqo';

export default defineCluster({
  // The consumer's Liqo cluster ID:
  // kubectl get configmap liqo-clusterid-configmap -n liqo -o jsonpath='{.data.CLUSTER_ID}'
  id: '${UNSET_ID}',
  // baseline: 'origin/main', // what is deployed; left out: the main branch of origin
});
`;

const CLUSTER_FILE = 'config/cluster.ts';
const EXAMPLE = 'config/namespaces/demo/liqo-demo.ts';
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

const INVENTORY_TEXT = `# The providers and the labels that clusterSelectors are matched against. Written from what the cluster shows:
#   ${KUBECTL} | npx cdk8s-liqo import -
`;

const APPROVALS_TEXT = `# An entry lets one destructive change through, once; each finding that can be approved shows its own. For example:
# - { namespace: old-shop, rule: unoffload, reason: PLAT-123 moved to naples }
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
const GITATTRIBUTES = ['dist', 'components', 'gitops'].map(
  (folder) => `${folder}/** text eol=lf -linguist-generated`,
);

/** Where each service looks for its pipeline. */
const PIPELINES: Readonly<Record<CiService, string>> = {
  github: '.github/workflows/liqo.yaml',
  gitlab: '.gitlab-ci.yml',
};

/** A pipeline as docs/ci.md shows it. */
function pipeline(path: string): string {
  const page = readFileSync(join(PACKAGE, 'docs/ci.md'), 'utf8');
  const [, rest = ''] = page.split(`\n\`${path}\`\n\n\`\`\`yaml\n`);
  const end = rest.indexOf('\n```');
  if (end < 0) throw new Error(`docs/ci.md shows no ${path}`);
  return rest.slice(0, end + 1);
}

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

/** @throws InputError where package.json is no object whose scripts and dependencies are objects */
function readPackage(file: string): Readonly<Record<string, unknown>> {
  const refuse = (why: string): never => {
    throw new InputError({
      message: `package.json cannot be extended: ${why}`,
      file,
      remedy: 'mend it first',
    });
  };
  const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFileSync(file, 'utf8').replace(/^\ufeff/, ''));
  } catch (thrown) {
    return refuse(messageOf(thrown));
  }
  if (!isRecord(parsed)) return refuse('it is no object');
  for (const key of ['scripts', 'devDependencies', 'dependencies'])
    if (parsed[key] !== undefined && !isRecord(parsed[key])) return refuse(`'${key}' is no object`);
  return parsed;
}

/** The scripts and development dependencies that `cdk8s synth` needs, unless package.json has its own. */
function packageJson(root: string): string | undefined {
  const file = join(root, 'package.json');
  if (!existsSync(file)) return undefined;
  type Package = Record<'scripts' | 'devDependencies' | 'dependencies', Record<string, string> | undefined>;
  const present = readPackage(file) as Package;
  const needed = { 'cdk8s-cli': '^2.207.0', tsx: '^4.19.0' };
  const missing = Object.entries(needed).filter(
    ([name]) => present.devDependencies?.[name] === undefined && present.dependencies?.[name] === undefined,
  );
  if (missing.length === 0 && present.scripts?.['synth'] !== undefined) return undefined;
  const changed = {
    ...present,
    scripts: { synth: 'cdk8s-liqo synth', ...present.scripts },
    devDependencies: { ...present.devDependencies, ...Object.fromEntries(missing) },
  };
  return `${JSON.stringify(changed, null, 2)}\n`;
}

/** What files that were there already must do for `cdk8s synth` to work. */
const MUST: Readonly<Record<string, string>> = {
  'cdk8s.yaml': 'says `app: node --import tsx main.ts` and `output: .cdk8s-staging`',
  'main.ts': "ends with `process.exit(synth())`, of 'cdk8s-liqo'",
};

const hasConfigs = (folder: string) =>
  existsSync(folder) &&
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) => /\.(ts|mts|js)$/.test(file));

function initialize(root: string, ci: CiService | undefined): string[] {
  const changed = packageJson(root); // first, since it may refuse
  const said: string[] = [];
  const create = (file: string, text: string) => {
    if (existsSync(join(root, file))) {
      if (file in MUST && readFileSync(join(root, file), 'utf8') !== text)
        said.push(`kept     ${file}: see that it ${MUST[file] ?? ''}`);
      return;
    }
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
  create(CLUSTER_FILE, CLUSTER);
  if (!hasConfigs(join(root, 'config/namespaces'))) create(EXAMPLE, NAMESPACE);
  const data = (file: string, schema: 'inventory' | 'approvals', text: string) => {
    create(file, schemaLine(root, file, schema) + text);
  };
  data(INVENTORY, 'inventory', INVENTORY_TEXT);
  if (!existsSync(join(root, APPROVALS))) data(`${APPROVALS}/example.yaml`, 'approvals', APPROVALS_TEXT);
  if (ci !== undefined) create(PIPELINES[ci], pipeline(PIPELINES[ci]));
  extend('.gitignore', GITIGNORE);
  extend('.gitattributes', GITATTRIBUTES);
  if (changed !== undefined) {
    write(root, 'package.json', changed);
    said.push('extended package.json');
  }
  return said;
}

/** What to do next, the first time. Once it is in dist/, the judge takes the example for deployed. */
function nextSteps(root: string, said: readonly string[]): string {
  const steps = [
    ...(said.includes(`created  ${CLUSTER_FILE}`) ? [`set the ID of your cluster in ${CLUSTER_FILE}`] : []),
    ...(said.includes(`created  ${EXAMPLE}`) ? [`replace or delete the example, ${EXAMPLE}`] : []),
    'write dist/, and commit it with config/:',
  ];
  const install = existsSync(join(root, 'package.json'))
    ? 'npm install'
    : 'npm install --save-dev cdk8s-liqo cdk8s constructs cdk8s-cli tsx';
  return [
    'Next:',
    ...steps.map((step, i) => wrap(`${i + 1}. ${step}`, 80, '  ')),
    '       npx cdk8s-liqo synth',
    'To run it as `npx cdk8s synth` as well, install cdk8s-cli and tsx:',
    `       ${install}`,
  ].join('\n');
}

/** @param root absolute path of the project */
export function init(root: string, io: Io, ci?: CiService): ExitStatus {
  return guarded(io, () => {
    try {
      const said = initialize(root, ci);
      const done = said.length === 0 ? 'nothing to do: everything is there' : said.join('\n');
      if (io.stdout.quiet !== true) io.stdout.write(`${done}\n\n${nextSteps(root, said)}\n`);
    } catch (thrown) {
      if (codeOf(thrown) === undefined && !(thrown instanceof SyntaxError)) throw thrown;
      const message = `the project cannot be set up: ${messageOf(thrown)}`;
      throw new InputError({ code: 'output-failed', message, file: root });
    }
    return 0;
  });
}
