// The constructs as somebody else's app uses them; test/e2e/cdk8s.test.ts has them under cdk8s-cli.
import { ApiObject, App, Chart, type ChartProps } from 'cdk8s';
import { ConfigMap } from 'cdk8s-plus-28';
import { LiqoRuntimeClass, NamespaceOffloading, OffloadedNamespace } from 'cdk8s-liqo';
import { compile } from '../../lib/compile/compile';
import { loadConfig } from '../../lib/config/load';
import { InputError } from '../../lib/input/error';
import { KnownTexts } from '../../lib/manifests/known';
import { readManifests } from '../../lib/manifests/read';
import { folder, link } from '../scratch';

const chart = (props?: ChartProps) => new Chart(new App(), 'chart', props);
/** JavaScript knows no types. */
const any = (value: unknown) => value as never;
const kinds = (of: Chart) => (of.toJson() as { kind: string }[]).map(({ kind }) => kind);

const everywhere = { clusterSelector: { nodeSelectorTerms: [] } };

describe('OffloadedNamespace', () => {
  test.each([
    ['{ name: "a", offloading: {} }', { name: 'a', offloading: {} }],
    [
      'all that it takes',
      {
        name: 'a',
        labels: { team: 'x' },
        annotations: { note: 'y' },
        offloading: {
          namespaceMappingStrategy: 'SelectedName' as const,
          remoteNamespaceName: 'r',
          podOffloadingStrategy: 'Local' as const,
          clusterSelector: ['b=2,a=1', { matchExpressions: [{ key: 'c', operator: 'Exists' as const }] }],
        },
      },
    ],
  ])('writes what a config with the same words gives: %s', (_, props) => {
    const root = folder({
      'package.json': '{}',
      'config/cluster.ts': "export default { id: 'v' };\n",
      'config/namespaces/a.ts': `export default ${JSON.stringify(props)};\n`,
    });
    link(root);
    const { files } = compile(loadConfig(root), {
      prefix: '',
      known: new KnownTexts(),
      root,
      boundary: root,
    });
    const written = readManifests('a.yaml', files.get('dist/namespaces/a.yaml') ?? '').map(
      ({ body }) => body,
    );
    const own = chart();
    new OffloadedNamespace(own, 'a', props);
    expect(written).toHaveLength(2);
    expect(own.toJson()).toEqual(written);
  });

  test('keeps the labels of its chart, and the namespace of its chart off the Namespace', () => {
    const own = chart({ namespace: 'other', labels: { team: 'x' } });
    new OffloadedNamespace(own, 'a', { name: 'a', labels: { tier: '1' }, offloading: {} });
    expect(own.toJson()).toMatchObject([
      {
        kind: 'Namespace',
        metadata: { name: 'a', labels: { team: 'x', tier: '1', 'liqo.io/scheduling-enabled': 'true' } },
      },
      {
        kind: 'NamespaceOffloading',
        metadata: { name: 'offloading', namespace: 'a', labels: { team: 'x' } },
      },
    ]);
    expect(own.toJson()[0]).not.toHaveProperty('metadata.namespace');
  });

  test('has its Namespace before the offloading, also where something waits for the offloading alone', () => {
    const own = chart();
    const map = new ConfigMap(own, 'map');
    const { offloading } = new OffloadedNamespace(own, 'a', { name: 'a', offloading: {} });
    map.node.addDependency(offloading);
    expect(kinds(own)).toEqual(['Namespace', 'NamespaceOffloading', 'ConfigMap']);
  });

  test('can be worked with: its name, its objects, and what depends on it', () => {
    const own = chart({ namespace: 'a' });
    const map = new ConfigMap(own, 'map');
    const shop = new OffloadedNamespace(own, 'a', { name: 'a', offloading: {} });
    expect(kinds(own)).toEqual(['ConfigMap', 'Namespace', 'NamespaceOffloading']);
    map.node.addDependency(shop);
    expect(kinds(own)).toEqual(['Namespace', 'NamespaceOffloading', 'ConfigMap']);
    expect(shop.name).toBe('a');
    shop.namespace.metadata.addAnnotation('b', 'c');
    shop.offloading.metadata.addAnnotation('d', 'e');
    expect(own.toJson()).toMatchObject([
      { metadata: { annotations: { b: 'c' } } },
      { metadata: { annotations: { d: 'e' } } },
      {},
    ]);
    expect(ApiObject.isApiObject(shop.offloading)).toBe(true);
  });

  test.each<[unknown, RegExp]>([
    [{ offloading: {} }, /^OffloadedNamespace 'chart\/shop': the key 'name' is missing$/],
    [{ name: 'a' }, /the key 'offloading' is missing/],
    [undefined, /OffloadedNamespace 'chart\/shop'/],
    ['a', /"a" is not a valid object/],
    [{ name: 'A', offloading: {} }, /, \/name: "A"/],
    [{ name: 'a', offloading: {}, constructs: () => undefined }, /unknown key 'constructs'/],
    [
      { name: 'a', offloading: { podOffloadingStrategy: 'remote' } },
      /"remote" is not allowed \(did you mean 'Remote'/,
    ],
    [
      { name: 'a', offloading: { clusterSelector: [] } },
      /empty list of selectors .*leave clusterSelector out/,
    ],
    [{ name: 'a', offloading: { clusterSelector: ['a in'] } }, /\/offloading\/clusterSelector\/0: [^]*\^/],
    [{ name: 'a', offloading: { remoteNamespaceName: 'b' } }, /only with SelectedName/],
    [
      { name: 'a', labels: { 'liqo.io/scheduling-enabled': 'true' }, offloading: {} },
      /is set from the strategy/,
    ],
    [{ name: 'a', labels: { 'b c': '' }, offloading: {} }, /the label key 'b c'/],
    [{ name: 'a', annotations: { 'b c': '' }, offloading: {} }, /the annotation key 'b c'/],
  ])('refuses %j', (props, message) => {
    const own = chart();
    const making = () => new OffloadedNamespace(own, 'shop', any(props));
    expect(making).toThrow(InputError);
    expect(making).toThrow(message);
    expect(own.toJson()).toEqual([]);
  });

  test('says all that is wrong at once', () => {
    expect(() => new OffloadedNamespace(chart(), 'shop', any({ name: 'A', offloading: { x: 1 } }))).toThrow(
      /\/name: .*; OffloadedNamespace 'chart\/shop', \/offloading\/x: unknown key 'x'/,
    );
  });
});

describe('NamespaceOffloading', () => {
  test('is one object, in the namespace that it is for', () => {
    const own = chart({ namespace: 'other' });
    new NamespaceOffloading(own, 'a', { namespace: 'a', offloading: { podOffloadingStrategy: 'Remote' } });
    expect(own.toJson()).toEqual([
      {
        apiVersion: 'offloading.liqo.io/v1beta1',
        kind: 'NamespaceOffloading',
        metadata: { name: 'offloading', namespace: 'a' },
        spec: { namespaceMappingStrategy: 'DefaultName', podOffloadingStrategy: 'Remote', ...everywhere },
      },
    ]);
  });

  test.each<[unknown, RegExp]>([
    [{ name: 'a', offloading: {} }, /unknown key 'name'/],
    [{ namespace: 'a_b', offloading: {} }, /^NamespaceOffloading 'chart\/a', \/namespace: "a_b"/],
    [{ namespace: 'a' }, /'offloading' is missing/],
    [
      { namespace: 'a', offloading: { namespaceMappingStrategy: 'SelectedName' } },
      /needs a remoteNamespaceName/,
    ],
  ])('refuses %j', (props, message) => {
    expect(() => new NamespaceOffloading(chart(), 'a', any(props))).toThrow(message);
  });
});

describe('LiqoRuntimeClass', () => {
  test('is what the chart of Liqo would write, under its own name and outside namespaces', () => {
    const own = chart({ namespace: 'other' });
    new LiqoRuntimeClass(own, 'class', { name: 'virtual', handler: 'runc', labels: { a: 'b' } });
    expect(own.toJson()).toEqual([
      {
        apiVersion: 'node.k8s.io/v1',
        kind: 'RuntimeClass',
        metadata: { name: 'virtual', labels: { a: 'b' } },
        handler: 'runc',
        scheduling: {
          nodeSelector: { 'liqo.io/type': 'virtual-node' },
          tolerations: [{ key: 'virtual-node.liqo.io/not-allowed', operator: 'Exists', effect: 'NoExecute' }],
        },
      },
    ]);
  });

  test.each<[unknown, RegExp]>([
    [{}, /^LiqoRuntimeClass 'chart\/class': the key 'name' is missing$/],
    [{ name: 'virtual', managed: true }, /unknown key 'managed'/],
    [{ name: 'virtual', tolerations: [{ key: 'a' }] }, /\/tolerations: no toleration matches the taint/],
    [{ name: 'virtual', nodeSelector: true }, /\/nodeSelector: true does not name any nodes/],
    [{ name: 'virtual', labels: { 'b c': '' } }, /the label key 'b c'/],
  ])('refuses %j', (props, message) => {
    expect(() => new LiqoRuntimeClass(chart(), 'class', any(props))).toThrow(message);
  });
});
