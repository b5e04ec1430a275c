import {
  OPERATOR_KINDS,
  WORKLOAD_KINDS,
  type PodPath,
  type WorkloadKind,
} from '../../lib/liqo/workload-kinds';
import type { JsonObject } from '../../lib/manifests/manifest';
import {
  createsPods,
  lackedFields,
  podAnnotationsOf,
  podTemplatesOf,
  unknownPodSpec,
  withDeclaredPods,
  withPodAnnotations,
  withPodSpec,
} from '../../lib/manifests/pod-template';
import { declaredPods } from '../../lib/config/pod-templates';
import { manifests } from '../judge/given';

const KINDS = [...WORKLOAD_KINDS, ...OPERATOR_KINDS];
const TOLERATIONS = [{ operator: 'Exists' }];

/** A value below keys, `*` being an only key. */
const nested = (path: PodPath, value: object): JsonObject =>
  JSON.parse(
    JSON.stringify(
      path.reduceRight<object>((inner, key) => ({ [key === '*' ? 'only' : key]: inner }), value),
    ),
  ) as JsonObject;

/** An object of a kind whose every template has tolerations. */
function objectsOf({ apiVersion, kind, pods }: WorkloadKind) {
  return pods.map(({ template, spec = ['spec'], over }) => {
    const body = nested([...template, ...spec], { tolerations: TOLERATIONS, nodeSelector: { a: 'b' } });
    const metadata = template.length === 0 ? {} : { metadata: { name: 'x' } };
    return { apiVersion, kind, over, body: { apiVersion, kind, ...metadata, ...body } };
  });
}

test.each(KINDS.map((one) => [`${one.group}/${one.kind}`, one] as const))(
  'reads and writes the pods of %s',
  (_, kind) => {
    for (const object of objectsOf(kind)) {
      expect(createsPods(object)).toBe(true);
      const template = podTemplatesOf(object).at(-1);
      expect(template?.spec).toMatchObject({ tolerations: TOLERATIONS, nodeSelector: { a: 'b' } });
      if (template === undefined) return;
      const body = withPodSpec(object, template, {
        ...template.spec,
        tolerations: [],
        affinity: { podAffinity: {} },
        runtimeClassName: 'liqo',
      });
      const written = podTemplatesOf({ ...object, body }).at(-1)?.spec;
      const lacks = lackedFields(template).includes('runtimeClassName');
      expect(written).toEqual({
        ...template.spec,
        tolerations: [],
        affinity: { podAffinity: {} },
        ...(!lacks && { runtimeClassName: 'liqo' }),
      });
    }
  },
);

test('no kind is there twice', () => {
  const names = KINDS.map(({ group, kind }) => `${group}/${kind}`);
  expect(new Set(names).size).toBe(names.length);
});

const one = (text: string) => {
  const [first] = manifests(text);
  if (first === undefined) throw new Error('no manifest');
  return first;
};

test('tells the replicas of a job apart by their names', () => {
  const job = one(
    'apiVersion: kubeflow.org/v1\nkind: PyTorchJob\nmetadata: { name: x }\nspec: { pytorchReplicaSpecs: { Master: { template: { spec: { nodeName: a } } }, Worker: { template: { spec: { nodeName: b } } } } }',
  );
  expect(podTemplatesOf(job)).toMatchObject([
    { part: 'Master', spec: { nodeName: 'a' } },
    { part: 'Worker', spec: { nodeName: 'b' } },
  ]);
});

test('a step of a workflow that says where it runs goes over what the workflow says', () => {
  const workflow = one(
    'apiVersion: argoproj.io/v1alpha1\nkind: Workflow\nmetadata: { name: x }\nspec: { nodeSelector: { a: b }, tolerations: [{ key: t }], templates: [{ name: plain, container: {} }, { name: own, nodeSelector: { c: d } }] }',
  );
  expect(podTemplatesOf(workflow).map(({ spec }) => [spec['nodeSelector'], spec['tolerations']])).toEqual([
    [{ a: 'b' }, [{ key: 't' }]],
    [{ c: 'd' }, [{ key: 't' }]],
  ]);
});

test('the pods of Kafka are there without a template', () => {
  const kafka = one(
    'apiVersion: kafka.strimzi.io/v1beta2\nkind: Kafka\nmetadata: { name: x }\nspec: { kafka: { replicas: 3 } }',
  );
  const [template, ...others] = podTemplatesOf(kafka);
  expect([template?.spec, others]).toEqual([{}, []]);
  if (template === undefined) return;
  expect(withPodSpec(kafka, template, { tolerations: TOLERATIONS })['spec']).toEqual({
    kafka: { replicas: 3, template: { pod: { tolerations: TOLERATIONS } } },
  });
});

describe('podTemplates of a config', () => {
  const farm = (spec: string) =>
    one(`apiVersion: example.com/v2\nkind: Farm\nmetadata: { name: x }\nspec: ${spec}\n`);
  const place = { apiVersion: 'example.com/v1', kind: 'Farm', path: 'spec.pods' };
  const declared = (more: object, spec: string) =>
    withDeclaredPods([farm(spec)], declaredPods([{ ...place, ...more }])).flatMap(podTemplatesOf);

  test.each<[string, object, string, object]>([
    ['the template', {}, '{ pods: { spec: { nodeName: a } } }', { nodeName: 'a' }],
    [
      'the pod spec itself',
      { path: 'spec.pods.spec' },
      '{ pods: { spec: { nodeName: a } } }',
      { nodeName: 'a' },
    ],
    ['each of a list', { path: 'spec.all.*' }, '{ all: [{ spec: { nodeName: a } }] }', { nodeName: 'a' }],
    [
      'fields that lie elsewhere',
      { tolerations: 'spec.tol', runtimeClassName: 'spec.class' },
      '{ pods: { spec: { nodeName: a } }, tol: [{ key: t }], class: liqo }',
      { nodeName: 'a', tolerations: [{ key: 't' }], runtimeClassName: 'liqo' },
    ],
    [
      'fields alone',
      { affinity: 'spec.aff' },
      '{ pods: {}, aff: { podAffinity: {} } }',
      { affinity: { podAffinity: {} } },
    ],
  ])('%s', (_, more, spec, read) => {
    expect(declared(more, spec)).toMatchObject([{ spec: read }]);
  });

  test('are written where they lie', () => {
    const [one] = withDeclaredPods(
      [farm('{ pods: { spec: { nodeName: a } } }')],
      declaredPods([{ ...place, tolerations: 'spec.tol' }]),
    );
    const [template] = one === undefined ? [] : podTemplatesOf(one);
    if (one === undefined || template === undefined) throw new Error('no pods');
    const body = withPodSpec(one, template, {
      ...template.spec,
      tolerations: TOLERATIONS,
      runtimeClassName: 'liqo',
    });
    expect(body['spec']).toEqual({
      pods: { spec: { nodeName: 'a', runtimeClassName: 'liqo' } },
      tol: TOLERATIONS,
    });
  });
});

test('annotates every template', () => {
  const job = one(
    'apiVersion: batch.volcano.sh/v1alpha1\nkind: Job\nmetadata: { name: x }\nspec: { tasks: [{ name: a, template: { spec: {} } }, { name: b, template: { metadata: { annotations: { c: d } }, spec: {} } }] }',
  );
  const body = withPodAnnotations(job, { k: 'v' });
  expect(podAnnotationsOf({ ...job, body })).toEqual(new Map([['k', 'v']]));
  expect(JSON.stringify(body)).toContain('{"c":"d","k":"v"}');
});

test.each([
  ['{ spec: { containers: [{ name: a, image: b }] } }', 'spec'],
  [
    '{ spec: { workers: [{ template: { spec: { containers: [{ name: a, image: b }] } } }] } }',
    'spec.workers.0.template.spec',
  ],
  ['{ spec: { containers: [] } }', undefined],
  ['{ spec: { containers: { a: b } } }', undefined],
  ['{ containers: [{ name: a, image: b }] }', undefined],
  ['{ status: { spec: { containers: [{ name: a, image: b }] } } }', undefined],
])('sees pods of no known kind in %s', (text, path) => {
  const { body } = one(`apiVersion: v1\nkind: X\nof: ${text}\n`);
  expect(unknownPodSpec(body['of'])?.join('.')).toBe(path);
});
