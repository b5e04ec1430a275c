// Placements of `constructs` and `include`, as far as the manifests.
import { parseAllDocuments } from 'yaml';
import { compile } from '../../lib/compile/compile';
import { loadConfig } from '../../lib/config/load';
import { InputError } from '../../lib/input/error';
import { KnownTexts } from '../../lib/manifests/known';
import { folder, link, type Files } from '../scratch';

interface Shown {
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: unknown };
  readonly spec: Record<string, unknown>;
}

function compiledText(config: string, files: Files = {}, cluster = "{ id: 'venice' }"): string {
  const root = folder({
    'config/cluster.ts': `export default ${cluster};\n`,
    'config/namespaces/shop.ts': config,
    'package.json': '{}',
    ...files,
  });
  link(root);
  const compiled = compile(loadConfig(root), { prefix: '', known: new KnownTexts(), root, boundary: root });
  return compiled.files.get('dist/workloads/shop.yaml') ?? '';
}

function workloads(...given: Parameters<typeof compiledText>): Shown[] {
  return parseAllDocuments(compiledText(...given)).map((document) => document.toJS() as Shown);
}

const OFFLOADED = "{ clusterSelector: ['region=south'] }";
const VIRTUAL = { key: 'liqo.io/type', operator: 'In', values: ['virtual-node'] };
const NOT_VIRTUAL = { ...VIRTUAL, operator: 'NotIn' };
const SOUTH = { key: 'region', operator: 'In', values: ['south'] };
const required = (...terms: readonly object[][]) => ({
  nodeAffinity: {
    requiredDuringSchedulingIgnoredDuringExecution: {
      nodeSelectorTerms: terms.map((matchExpressions) => ({ matchExpressions })),
    },
  },
});
const TOLERATION = { key: 'virtual-node.liqo.io/not-allowed', operator: 'Exists', effect: 'NoExecute' };

/** The fields that a placement gives a pod. */
const FIELDS = {
  local: { affinity: required([NOT_VIRTUAL]) },
  remote: { runtimeClassName: 'liqo', affinity: required([SOUTH, VIRTUAL]) },
  anywhere: { tolerations: [TOLERATION], affinity: required([SOUTH, VIRTUAL], [NOT_VIRTUAL]) },
  inherit: {},
} as const;

/** The same where the spec can never change: the webhook adds the selector. */
const REMOTE_ONCE = { affinity: required([VIRTUAL]) };

const CONTAINERS = { containers: [{ name: 'a', image: 'a' }] };
const object = (kind: string, spec: object, apiVersion = 'apps/v1', name = 'web') =>
  JSON.stringify({ apiVersion, kind, metadata: { name }, spec });
const templated = (kind: string, more = {}, name = 'web') =>
  object(kind, { template: { spec: { ...CONTAINERS, ...more } } }, 'apps/v1', name);

const constructs = (body: string, offloading = OFFLOADED) => `
import { ApiObject } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { antiAffinity, place, remoteRuntimeClass } from 'cdk8s-liqo';
export default { name: 'shop', offloading: ${offloading}, constructs: (chart) => { ${body} } };
`;
const including = (include: string, offloading = OFFLOADED) =>
  `export default { name: 'shop', offloading: ${offloading}, include: ${include} };\n`;

const problems = (call: () => unknown) => {
  try {
    call();
  } catch (thrown) {
    if (thrown instanceof InputError) return thrown.problems;
    throw thrown;
  }
  return [];
};

describe('place()', () => {
  test.each(Object.entries(FIELDS))('%s, on an ApiObject', (placement, fields) => {
    const [web] = workloads(
      constructs(`place(new ApiObject(chart, 'web', ${templated('Deployment')}), '${placement}');`),
    );
    expect(web?.spec).toEqual({ template: { spec: { ...CONTAINERS, ...fields } } });
    expect(web?.metadata).toEqual({ name: 'web', namespace: 'shop' });
  });

  test('remote, by a toleration', () => {
    const [web] = workloads(
      constructs(
        `place(new ApiObject(chart, 'web', ${templated('Deployment')}), 'remote', { means: 'toleration' });`,
      ),
    );
    expect(web?.spec).toEqual({
      template: { spec: { ...CONTAINERS, tolerations: [TOLERATION], affinity: required([SOUTH, VIRTUAL]) } },
    });
  });

  test('on a workload of cdk8s-plus, whose other annotations stay', () => {
    const [web] = workloads(
      constructs(
        `const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'nginx' }], metadata: { annotations: { a: 'b' } } });
         place(web, 'remote');`,
      ),
    );
    expect(web?.metadata.annotations).toEqual({ a: 'b' });
    expect(web?.spec['template']).toMatchObject({ spec: FIELDS.remote });
  });

  test.each([
    ['Pod', object('Pod', CONTAINERS, 'v1'), (spec: Shown['spec']) => spec, REMOTE_ONCE],
    ['StatefulSet', templated('StatefulSet'), (spec: Shown['spec']) => (spec['template'] as Shown).spec],
    ['ReplicaSet', templated('ReplicaSet'), (spec: Shown['spec']) => (spec['template'] as Shown).spec],
    [
      'Job',
      object('Job', { template: { spec: CONTAINERS } }, 'batch/v1'),
      (spec: Shown['spec']) => (spec['template'] as Shown).spec,
      REMOTE_ONCE,
    ],
    [
      'CronJob',
      object('CronJob', { jobTemplate: { spec: { template: { spec: CONTAINERS } } } }, 'batch/v1'),
      (spec: Shown['spec']) => ((spec['jobTemplate'] as Shown).spec['template'] as Shown).spec,
    ],
  ])('reaches the pods of a %s', (_, text, podSpec, fields: object = FIELDS.remote) => {
    const [web] = workloads(constructs(`place(new ApiObject(chart, 'web', ${text}), 'remote');`));
    expect(podSpec(web?.spec ?? {})).toEqual({ ...CONTAINERS, ...fields });
  });

  test.each([
    ['Pod', object('Pod', CONTAINERS, 'v1')],
    ['Job', object('Job', { template: { spec: CONTAINERS } }, 'batch/v1')],
  ])('a %s stays what it is when the clusterSelector changes', (_, text) => {
    const of = (placement: string, selector: string) =>
      workloads(constructs(`place(new ApiObject(chart, 'web', ${text}), '${placement}');`, selector));
    for (const placement of ['local', 'remote', 'anywhere'])
      expect(of(placement, "{ clusterSelector: ['region in (south,center)'] }")).toEqual(
        of(placement, OFFLOADED),
      );
  });

  test("a Job of Liqo's RuntimeClass cannot follow the clusterSelector, and says so", () => {
    const job = object(
      'Job',
      { template: { spec: { ...CONTAINERS, runtimeClassName: 'liqo' } } },
      'batch/v1',
    );
    const placing = (selector: string) =>
      workloads(constructs(`place(new ApiObject(chart, 'web', ${job}), 'remote');`, selector));
    expect(() => placing(OFFLOADED)).toThrow(/Job 'web' cannot be placed remote: .*Remove the class/);
    expect(() => placing('{}')).not.toThrow();
  });

  test('the class is that of the cluster', () => {
    const [web] = workloads(
      constructs(`place(new ApiObject(chart, 'web', ${templated('Deployment')}), 'remote');`),
      {},
      "{ id: 'venice', runtimeClass: { name: 'virtual', remoteName: 'runc' } }",
    );
    expect(web?.spec['template']).toMatchObject({
      metadata: { annotations: { 'liqo.io/remote-runtime-class-name': 'runc' } },
      spec: { runtimeClassName: 'virtual' },
    });
  });

  test.each([
    ['by a toleration', "'remote', { means: 'toleration' }"],
    ['local', "'local'"],
    ['anywhere', "'anywhere'"],
  ])('the class of the provider is not for pods that are placed %s', (_, how) => {
    const [web] = workloads(
      constructs(`place(new ApiObject(chart, 'web', ${templated('Deployment')}), ${how});`),
      {},
      "{ id: 'venice', runtimeClass: { remoteName: 'runc' } }",
    );
    expect(web?.spec['template']).not.toHaveProperty('metadata');
  });

  test('a class of the provider that the pod names itself stays', () => {
    const [web] = workloads(
      constructs(
        `remoteRuntimeClass(place(new ApiObject(chart, 'web', ${templated('Deployment')}), 'remote'), 'kata');`,
      ),
      {},
      "{ id: 'venice', runtimeClass: { remoteName: 'runc' } }",
    );
    expect(web?.spec['template']).toMatchObject({
      metadata: { annotations: { 'liqo.io/remote-runtime-class-name': 'kata' } },
    });
  });

  test('a managed class is none that the webhook leaves alone: it would drop matchFields', () => {
    const matchFields = [{ key: 'metadata.name', operator: 'In', values: ['liqo-naples'] }];
    const pinned = templated('Deployment', {
      affinity: {
        nodeAffinity: {
          requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields }] },
        },
      },
    });
    const config = constructs(`place(new ApiObject(chart, 'web', ${pinned}), 'remote');`);
    const managed = "{ id: 'venice', runtimeClass: { managed: true, chartName: 'liqo-chart' } }";
    expect(workloads(config)).toHaveLength(1);
    expect(problems(() => workloads(config, {}, managed))).toMatchObject([
      { message: expect.stringContaining('drops the matchFields') },
    ]);
  });

  test('annotations for pods are on the template, and their notes nowhere', () => {
    const labelled = JSON.stringify({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'web' },
      spec: {
        jobTemplate: {
          spec: {
            template: { metadata: { labels: { app: 'a' }, annotations: { b: 'c' } }, spec: CONTAINERS },
          },
        },
      },
    });
    const [web] = workloads(
      constructs(
        `antiAffinity(new ApiObject(chart, 'web', ${labelled}), 'hard', { labels: ['app', 'batch.kubernetes.io/job-name'] });`,
      ),
    );
    expect(web?.metadata).toEqual({ name: 'web', namespace: 'shop' });
    expect(web?.spec['jobTemplate']).toMatchObject({
      spec: {
        template: {
          metadata: {
            labels: { app: 'a' },
            annotations: {
              b: 'c',
              'liqo.io/anti-affinity-preset': 'hard',
              'liqo.io/anti-affinity-labels': 'app,batch.kubernetes.io/job-name',
            },
          },
        },
      },
    });
  });

  test('anti-affinity by a label that the pods do not have would keep them from every other pod', () => {
    const config = constructs(
      `antiAffinity(new ApiObject(chart, 'web', ${templated('Deployment')}), 'hard', { labels: ['app'] });`,
    );
    expect(problems(() => workloads(config))).toMatchObject([
      {
        path: '/constructs',
        message: expect.stringContaining("anti-affinity by the label 'app', which its pods do not have"),
      },
    ]);
  });

  test('an annotation where it is not read is an error with its line', () => {
    const config = constructs("antiAffinity(new kplus.ConfigMap(chart, 'c'), 'soft');");
    expect(problems(() => workloads(config))).toMatchObject([
      { file: 'config/namespaces/shop.ts', line: 5, message: expect.stringContaining('is a ConfigMap') },
    ]);
  });

  test('what contradicts the namespace is placed all the same: the judge finds it', () => {
    const [web] = workloads(
      constructs(`place(new ApiObject(chart, 'web', ${templated('Deployment')}), 'remote');`, 'undefined'),
    );
    expect(web?.spec['template']).toMatchObject({
      spec: { runtimeClassName: 'liqo', affinity: required([VIRTUAL]) },
    });
  });

  test.each([
    [
      'what has no pods',
      `new ApiObject(chart, 'web', { apiVersion: 'v1', kind: 'Service' })`,
      'remote',
      /Service '.*' has no pods/,
    ],
    [
      'a pod of another RuntimeClass',
      `new ApiObject(chart, 'web', ${templated('Deployment', { runtimeClassName: 'kata' })})`,
      'remote',
      /Deployment 'web' cannot be placed remote: The pod has the RuntimeClass 'kata'/,
    ],
    [
      'a pod whose nodeSelector wants local nodes',
      `new ApiObject(chart, 'web', ${templated('Deployment', { nodeSelector: { 'liqo.io/type': 'other' } })})`,
      'remote',
      /cannot be placed remote: The pod can run on no selected virtual node/,
    ],
    [
      'a word that is no placement',
      `new ApiObject(chart, 'web', ${templated('Deployment')})`,
      'far',
      /'far' is not a placement/,
    ],
  ])('%s is one error', (_, construct, placement, message) => {
    const found = problems(() => workloads(constructs(`place(${construct}, '${placement}');`)));
    expect(found).toMatchObject([
      { file: 'config/namespaces/shop.ts', message: expect.stringMatching(message) },
    ]);
  });
});

test('a line above each object says where its pods run', () => {
  const root = folder({
    'config/cluster.ts': "export default { id: 'venice' };\n",
    'config/namespaces/shop.ts': constructs(
      `for (const placement of ['local', 'remote', 'anywhere', 'inherit'])
         place(new ApiObject(chart, placement, ${templated('Deployment')}), placement);`,
    ),
    'package.json': '{}',
  });
  link(root);
  const compiled = compile(loadConfig(root), { prefix: '', known: new KnownTexts(), root, boundary: root });
  const lines = (compiled.files.get('dist/workloads/shop.yaml') ?? '').split('\n');
  expect(lines.filter((line) => line.startsWith('# ')).slice(2)).toEqual([
    '# local: never on a virtual node',
    '# remote: only on virtual nodes, those of clusters with region=south',
    '# anywhere: on local nodes, and on virtual nodes of clusters with region=south',
  ]);
});

test('the annotation of place() is for place() alone', () => {
  const annotated = templated('Deployment').replace(
    '"name":"web"',
    '"name":"web","annotations":{"cdk8s-liqo/placement":"Remote"}',
  );
  expect(problems(() => workloads(constructs(`new ApiObject(chart, 'web', ${annotated});`)))).toMatchObject([
    { message: expect.stringContaining('which only place() writes') },
  ]);
});

describe('include', () => {
  const manifests = [
    templated('Deployment'),
    templated('Deployment', { tolerations: [TOLERATION] }, 'redis'),
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name: 'web', namespace: 'other' },
      spec: { ports: [1] },
    }),
    JSON.stringify({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'ClusterRole',
      metadata: { name: 'r' },
    }),
  ].join('\n---\n');
  const files: Files = { 'apps/all.yaml': `# a comment\n${manifests}\n` };

  test('takes manifests in with the namespace, and changes nothing else', () => {
    const taken = workloads(including("[{ path: 'apps/all.yaml' }]"), files);
    const given = parseAllDocuments(manifests).map((document) => document.toJS() as Shown);
    expect(taken).toEqual(
      given.map((one) =>
        one.kind === 'ClusterRole' ? one : { ...one, metadata: { ...one.metadata, namespace: 'shop' } },
      ),
    );
  });

  test('places what has pods, but for what is overridden', () => {
    const config = including(
      "[{ path: 'apps', placement: 'remote', overrides: { 'Deployment/redis': 'local' } }]",
    );
    const [web, redis, service] = workloads(config, {
      ...files,
      'apps/all.yaml': manifests.replace(JSON.stringify([TOLERATION]), '[]'),
    });
    expect(web?.spec).toEqual({ template: { spec: { ...CONTAINERS, ...FIELDS.remote } } });
    expect(redis?.spec).toEqual({ template: { spec: { ...CONTAINERS, tolerations: [], ...FIELDS.local } } });
    expect(service?.spec).toEqual({ ports: [1] });
  });

  test('says above an object of a kind that is not known that it is not placed', () => {
    const thing = object('Thing', { template: { spec: CONTAINERS } }, 'example.com/v1');
    const text = (include: string) =>
      compiledText(including(`[{ path: 'apps', ${include} }]`), {
        'apps/a.yaml': `${thing}\n---\n${templated('Deployment')}\n`,
      });
    const note =
      '---\n# not placed local: cdk8s-liqo does not know where its pods lie\napiVersion: example.com/v1\n';
    expect(text("placement: 'local'")).toContain(note);
    expect(text("placement: 'local'").match(/not placed/g)).toHaveLength(1);
    expect(text("placement: 'inherit'")).not.toContain('not placed');
  });

  test('keeps namespaces off kinds that the manifests define outside of them', () => {
    const crd = JSON.stringify({
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'zones.example.org' },
      spec: { group: 'example.org', scope: 'Cluster', names: { kind: 'Zone' } },
    });
    const zone = '{ "apiVersion": "example.org/v1", "kind": "Zone", "metadata": { "name": "z" } }';
    const taken = workloads(including("[{ path: 'z.yaml' }]"), { 'z.yaml': `${crd}\n---\n${zone}\n` });
    expect(taken.map(({ metadata }) => metadata.namespace)).toEqual([undefined, undefined]);
    const apart = workloads(including("[{ path: 'zone.yaml' }, { path: 'crd.yaml' }]"), {
      'zone.yaml': zone,
      'crd.yaml': crd,
    });
    expect(apart.map(({ metadata }) => metadata.namespace)).toEqual([undefined, undefined]);
  });

  test('places the pods of other kinds, and of those that the config knows', () => {
    const rollout = object('Rollout', { template: { spec: CONTAINERS } }, 'argoproj.io/v1alpha1');
    const farm = object('Farm', { pods: { spec: CONTAINERS }, where: {} }, 'example.com/v1');
    const job = object(
      'PyTorchJob',
      {
        pytorchReplicaSpecs: {
          Master: { template: { spec: CONTAINERS } },
          Worker: { template: { spec: CONTAINERS } },
        },
      },
      'kubeflow.org/v1',
    );
    const kafka = object('Kafka', { kafka: { replicas: 1 } }, 'kafka.strimzi.io/v1beta2');
    const placed = workloads(
      including("[{ path: 'a.yaml', placement: 'local' }]"),
      { 'a.yaml': [rollout, farm, job, kafka].join('\n---\n') },
      "{ id: 'v', podTemplates: [{ apiVersion: 'example.com/v1', kind: 'Farm', path: 'spec.pods', affinity: 'spec.where.affinity' }] }",
    );
    const local = { ...CONTAINERS, ...FIELDS.local };
    expect(placed.map(({ spec }) => spec)).toEqual([
      { template: { spec: local } },
      { pods: { spec: CONTAINERS }, where: FIELDS.local },
      {
        pytorchReplicaSpecs: { Master: { template: { spec: local } }, Worker: { template: { spec: local } } },
      },
      { kafka: { replicas: 1, template: { pod: FIELDS.local } } },
    ]);
  });

  test('a kind without a field for the RuntimeClass becomes remote by a toleration', () => {
    const kafka = object('Kafka', { kafka: { replicas: 1 } }, 'kafka.strimzi.io/v1beta2');
    const [placed] = workloads(including("[{ path: 'a.yaml', placement: 'remote' }]"), { 'a.yaml': kafka });
    expect(placed?.spec['kafka']).toMatchObject({
      template: { pod: { tolerations: [TOLERATION], affinity: FIELDS.remote.affinity } },
    });
  });

  test('a Rollout that refers to a Deployment leaves the pods to that', () => {
    const rollout = object(
      'Rollout',
      { workloadRef: { kind: 'Deployment', name: 'web' } },
      'argoproj.io/v1alpha1',
    );
    const [placed] = workloads(including("[{ path: 'a.yaml', placement: 'local' }]"), { 'a.yaml': rollout });
    expect(placed?.spec).toEqual({ workloadRef: { kind: 'Deployment', name: 'web' } });
  });

  test.each<[string, string, Files, object]>([
    [
      'pods of a kind that nobody knows, placed by name',
      "[{ path: 'f.yaml', overrides: { 'Farm/web': 'local' } }]",
      { 'f.yaml': object('Farm', { pods: { spec: CONTAINERS } }, 'example.com/v1') },
      {
        message: expect.stringMatching(/Farm 'web' has a pod spec at spec\.pods\.spec, .* podTemplates/),
      },
    ],
    [
      'an override that names nothing',
      "[{ path: 'apps', overrides: { 'Deployment/reddis': 'local' } }]",
      files,
      {
        path: '/include/0/overrides/Deployment/reddis',
        message: expect.stringContaining("no 'Deployment/reddis'"),
      },
    ],
    [
      'an override of what has no pods',
      "[{ path: 'apps', overrides: { 'Service/web': 'local' } }]",
      files,
      { file: 'apps/all.yaml', message: expect.stringContaining("Service 'web' has no pods") },
    ],
    [
      'a kustomization',
      "[{ path: 'k' }]",
      { 'k/kustomization.yaml': 'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n' },
      { file: 'k/kustomization.yaml', message: expect.stringContaining('kustomization') },
    ],
    [
      'a file that no longer holds an object',
      "[{ path: 'c.yaml' }]",
      { 'c.yaml': '# moved\n' },
      { message: expect.stringContaining('contains no object') },
    ],
    [
      'a document that is no object beside one that is',
      "[{ path: 'k.yaml' }]",
      { 'k.yaml': `${templated('Deployment')}\n---\napiVersion: apps/v1\nKind: Deployment\n` },
      { file: 'k.yaml', message: expect.stringContaining('document 2 has no apiVersion or no kind') },
    ],
    [
      'a path that leaves',
      "[{ path: '../x.yaml' }]",
      {},
      { message: expect.stringContaining('points outside the repository') },
    ],
    [
      'a pod that contradicts it, with its line',
      "[{ path: 'p.yaml', placement: 'local' }]",
      { 'p.yaml': `# one\n---\n${templated('Deployment', { runtimeClassName: 'liqo' })}\n` },
      { file: 'p.yaml', line: 3, message: expect.stringContaining('cannot be placed local') },
    ],
    [
      'means without a remote pod',
      "[{ path: 'apps', placement: 'local', means: 'toleration' }]",
      files,
      { path: '/include/0/means' },
    ],
    [
      'an override that is no name',
      "[{ path: 'apps', overrides: { web: 'local' } }]",
      files,
      { path: '/include/0/overrides/web' },
    ],
    [
      'an unknown key',
      "[{ path: 'apps', placment: 'local' }]",
      files,
      { remedy: "did you mean 'placement'?" },
    ],
  ])('%s is one error', (_, include, more, expected) => {
    expect(problems(() => workloads(including(include), more))).toMatchObject([expected]);
  });
});
