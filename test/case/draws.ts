// Pairs of edits over a small repository, drawn from a seed: what two people do to it at once.
import type { Files } from '../scratch';

/** A stream of numbers from 0 to 1 (mulberry32): the same for a seed on every machine. */
export type Random = () => number;

export function random(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const pick = <T>(random: Random, from: readonly T[]): T => {
  const one = from[Math.floor(random() * from.length)];
  if (one === undefined) throw new Error('nothing to pick from');
  return one;
};

/** A namespace as somebody declares it. */
interface Offloaded {
  readonly strategy: string;
  readonly regions: readonly string[];
  readonly team: string;
  readonly data: string;
}

/** All that a repository says. */
interface Repo {
  readonly namespaces: Readonly<Record<string, Offloaded>>;
  /** Where files of namespaces lie, below their folder, if not at its top. */
  readonly places: Readonly<Record<string, string>>;
  /** Regions where personal data may be. */
  readonly allowed: readonly string[];
  readonly regionsOf: Readonly<Record<string, string>>;
  readonly complete: boolean;
  readonly approved: readonly string[];
  readonly lists: boolean;
  readonly ignored: readonly string[];
}

const REGIONS = ['south', 'center', 'us', 'asia'];
const SHOP: Offloaded = {
  strategy: 'DefaultName',
  regions: ['south', 'center'],
  team: 'red',
  data: 'personal',
};

export const FIRST: Repo = {
  namespaces: {
    shop: SHOP,
    blog: { ...SHOP, strategy: 'EnforceSameName', data: 'public' },
    crm: { ...SHOP, regions: ['us'], data: 'public' },
  },
  places: {},
  allowed: REGIONS,
  regionsOf: { naples: 'south', florence: 'center', virginia: 'us' },
  complete: true,
  approved: [],
  lists: false,
  ignored: [],
};

type Edit = (repo: Repo, random: Random) => Repo;

function changed(repo: Repo, random: Random, change: (one: Offloaded) => Partial<Offloaded>): Repo {
  const name = pick(random, Object.keys(repo.namespaces));
  const one = repo.namespaces[name] ?? SHOP;
  return { ...repo, namespaces: { ...repo.namespaces, [name]: { ...one, ...change(one) } } };
}

const EDITS: readonly Edit[] = [
  (repo, random) => {
    const region = pick(random, REGIONS);
    return changed(repo, random, ({ regions }) => ({
      regions:
        regions.includes(region) && regions.length > 1
          ? regions.filter((one) => one !== region)
          : [...regions, region],
    }));
  },
  (repo, random) => changed(repo, random, () => ({ team: pick(random, ['blue', 'green']) })),
  (repo, random) => changed(repo, random, () => ({ data: pick(random, ['personal', 'public']) })),
  (repo, random) =>
    changed(repo, random, () => ({ strategy: pick(random, ['DefaultName', 'EnforceSameName']) })),
  (repo, random) => {
    const [gone, ...rest] = [...Object.entries(repo.namespaces)].sort(() => random() - 0.5);
    return gone === undefined || rest.length === 0 ? repo : { ...repo, namespaces: Object.fromEntries(rest) };
  },
  (repo, random) => {
    const name = `new-${Math.floor(random() * 4)}`;
    return {
      ...repo,
      namespaces: { ...repo.namespaces, [name]: { ...SHOP, regions: [pick(random, REGIONS)] } },
    };
  },
  (repo, random) => ({
    ...repo,
    places: { ...repo.places, [pick(random, Object.keys(repo.namespaces))]: pick(random, ['sub', 'other']) },
  }),
  (repo, random) => ({ ...repo, allowed: pick(random, [['south', 'center'], ['south'], REGIONS]) }),
  (repo, random) => ({
    ...repo,
    regionsOf: { ...repo.regionsOf, [pick(random, ['naples', 'florence', 'osaka'])]: pick(random, REGIONS) },
  }),
  (repo, random) => ({ ...repo, complete: random() < 0.5 }),
  (repo, random) => ({ ...repo, approved: [...repo.approved, pick(random, Object.keys(repo.namespaces))] }),
  (repo) => ({ ...repo, lists: !repo.lists }),
  (repo, random) => ({ ...repo, ignored: [...repo.ignored, pick(random, Object.keys(repo.namespaces))] }),
];

/** One to three edits. */
export function edited(repo: Repo, random: Random): Repo {
  const count = 1 + Math.floor(random() * 3);
  return Array.from({ length: count }).reduce<Repo>((now) => pick(random, EDITS)(now, random), repo);
}

const inventory = ({ complete, regionsOf }: Repo) =>
  [
    `complete: ${complete}`,
    'providers:',
    ...Object.entries(regionsOf).map(
      ([id, region]) =>
        `  - { id: ${id}, virtualNodes: [{ name: ${id}, labels: { topology.liqo.io/region: ${region} } }] }`,
    ),
    '',
  ].join('\n');

const policies = ({ allowed }: Repo) =>
  `import { definePolicies } from 'cdk8s-liqo';
export default definePolicies([
  { name: 'eu', namespaces: 'data=personal', clusters: 'topology.liqo.io/region in (${allowed.join(',')})' },
]);
`;

const approvals = ({ approved }: Repo) =>
  Object.fromEntries(
    [...new Set(approved)].map((name) => [
      `config/approvals/${name}.yaml`,
      `- { namespace: ${name}, rule: clusters-deselected, reason: PLAT-1 moved }\n`,
    ]),
  );

const placeOf = ({ places }: Repo, name: string) => (places[name] === undefined ? '' : `${places[name]}/`);

const common = (repo: Repo): Files => ({
  'config/cluster.ts':
    "import { defineCluster } from 'cdk8s-liqo';\nexport default defineCluster({ id: 'venice' });\n",
  'config/policies.ts': policies(repo),
  'config/inventory.yaml': inventory(repo),
  ...approvals(repo),
});

const manifest = (name: string, { strategy, regions, team, data }: Offloaded) =>
  `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels:
    data: ${data}
    liqo.io/scheduling-enabled: "true"
    team: ${team}
---
apiVersion: offloading.liqo.io/v1beta1
kind: NamespaceOffloading
metadata: { name: offloading, namespace: ${name} }
spec:
  namespaceMappingStrategy: ${strategy}

  podOffloadingStrategy: LocalAndRemote

  clusterSelector:
    nodeSelectorTerms:
      - matchExpressions:
          - key: topology.liqo.io/region
            operator: In
            values:
${regions.map((region) => `              - ${region}\n`).join('')}`;

/** Manifests by hand in a folder `deploy`. */
export function asManifests(repo: Repo): Files {
  const files = Object.entries(repo.namespaces).map(([name, one]): [string, string] => [
    `deploy/${placeOf(repo, name)}${name}.yaml`,
    manifest(name, one),
  ]);
  const listed = files.map(([path]) => `  - ${path.slice('deploy/'.length)}\n`).sort();
  return {
    ...common(repo),
    ...Object.fromEntries(files),
    ...(repo.lists && { 'deploy/kustomization.yaml': `resources:\n${listed.join('')}` }),
    ...(repo.ignored.length > 0 && {
      '.sourceignore': repo.ignored.map((name) => `/deploy/${name}.yaml\n`).join(''),
    }),
  };
}

/** The same as configs; what they give has to be synthesized. */
export const asConfigs = (repo: Repo): Files => ({
  ...common(repo),
  ...Object.fromEntries(
    Object.entries(repo.namespaces).map(([name, { strategy, regions, team, data }]) => [
      `config/namespaces/${placeOf(repo, name)}${name}.ts`,
      `import { defineNamespace } from 'cdk8s-liqo';
export default defineNamespace({
  name: '${name}',
  labels: {
    data: '${data}',

    team: '${team}',
  },
  offloading: {
    namespaceMappingStrategy: '${strategy}',

    clusterSelector: [
${regions.map((region) => `      'topology.liqo.io/region=${region}',\n`).join('')}    ],
  },
});
`,
    ]),
  ),
});
