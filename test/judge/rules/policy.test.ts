import type { Policy } from '../../../lib/judge/policy';
import { policy as rule } from '../../../lib/judge/rules/policy';
import { parseSelector } from '../../../lib/selector/parse';
import { FACTS, find, lineFor, namespace, offloading, state } from '../given';
import { NAPLES, node, of, PARTIAL, provider, termsOf, VENICE, type Inventories } from '../inventories';
import { affinity, LOCAL, TOLERATION, VIRTUAL, workload } from '../workload';

const terms = (...texts: string[]) =>
  texts.map((text) => ({ matchExpressions: parseSelector(text), matchFields: [] }));
const personal = { labels: parseSelector('data=personal') };
const residency: Policy = {
  name: 'eu-residency',
  description: 'personal data stays here',
  namespaces: personal,
  clusters: terms('region in (center,south)'),
};

const labelled = (name = 'shop', data = 'personal') => namespace(name, `labels: { data: ${data} }`);
const selecting = (...selectors: string[]) =>
  offloading('shop', `{ clusterSelector: { nodeSelectorTerms: ${termsOf(selectors)} } }`);
function found(
  one: Policy,
  texts: string[],
  inventories: Inventories = {},
  asserted: Record<string, Record<string, string>> = {},
) {
  const facts = { ...FACTS, policies: [one], inventories, asserted: new Map(Object.entries(asserted)) };
  return find(rule, state(...texts), undefined, facts);
}

describe('clusters', () => {
  test.each<[string, string[], string, Record<string, string>]>([
    ['no selector', [], 'a cluster that has no label but its ID', {}],
    ['another region', ['region=west'], 'labelled region=west', { region: 'west' }],
    ['an alternative too many', ['region=south', 'edge'], 'labelled edge=""', { edge: '' }],
    ['a region excluded', ['region!=south'], 'a cluster that has no label but its ID', {}],
  ])('finds %s, with a witness', (_, selectors, said, labels) => {
    const problems = found(residency, [labelled(), selecting(...selectors)]);
    expect(problems).toMatchObject([
      { namespace: 'shop', witness: { labels }, message: expect.stringContaining(said) },
    ]);
    expect(problems[0]?.message).toContain(
      "Policy 'eu-residency' (personal data stays here): 'shop' selects",
    );
    expect(problems[0]?.message).toContain('but may select only region in (center,south).');
    expect(problems.map(lineFor)).toEqual([4]);
  });

  test.each([
    [['region=south']],
    [['region=south,!edge', 'region=center']],
    [['region in (south)']],
    [['x,!x']],
  ])('passes over %j, which is a part of it', (selectors) => {
    expect(found(residency, [labelled(), selecting(...selectors)])).toEqual([]);
  });

  test('says all that is allowed', () => {
    const one = { ...residency, clusters: terms('region=south', 'edge') };
    expect(found(one, [labelled(), selecting()])).toMatchObject([
      { message: expect.stringContaining('but may select only region=south or edge.') },
    ]);
  });

  test('what every virtual node has is proven', () => {
    const one = { ...residency, clusters: terms('liqo.io/remote-cluster-id') };
    expect(found(one, [labelled(), selecting()])).toEqual([]);
  });

  const byId = [labelled(), selecting('liqo.io/remote-cluster-id=naples')];
  test('a complete inventory proves what labels of a cluster imply', () => {
    expect(found(residency, byId)).toHaveLength(1);
    expect(found(residency, byId, { after: PARTIAL })).toMatchObject([
      { witness: { labels: { 'liqo.io/remote-cluster-id': 'naples' } } },
    ]);
    expect(found(residency, byId, { after: VENICE })).toEqual([]);
  });

  test('an inventory names the clusters', () => {
    const after = of(true, NAPLES, provider('oslo', node('oslo', 'region: north')));
    expect(found(residency, [labelled(), selecting()], { after })).toMatchObject([{ clusters: ['oslo'] }]);
  });

  test('each virtual node that is matched must be allowed, not only one of the cluster', () => {
    const after = of(
      true,
      provider(
        'rome',
        node('rome', 'region: south, tier: a', 'one'),
        node('rome', 'region: west, tier: a', 'two'),
      ),
    );
    expect(found(residency, [labelled(), selecting('tier=a')], { after })).toMatchObject([
      { clusters: ['rome'] },
    ]);
    expect(found(residency, [labelled(), selecting('tier=a,region!=west')], { after })).toEqual([]);
  });

  test('a selector that cannot be read is not proven', () => {
    const wrong = selecting('region=south').replace('"In"', '"Like"');
    expect(found(residency, [labelled(), wrong], { after: VENICE })).toMatchObject([
      { message: expect.stringContaining('cannot be named ("Like" is not an operator') },
    ]);
    expect(found({ name: 'p', maxClusters: 1 }, [wrong], { after: VENICE })).toMatchObject([
      { message: expect.stringContaining("'shop' may select at most 1 clusters") },
    ]);
  });
});

describe('which namespaces', () => {
  const bad = selecting();

  test.each<[string, Policy['namespaces'], string[]]>([
    ['every one', undefined, [bad]],
    ['one by name', { names: ['blog', 'shop'] }, [bad]],
    ['one by label', personal, [labelled(), bad]],
    [
      'one by the label that the API server adds',
      { labels: parseSelector('kubernetes.io/metadata.name=shop') },
      [labelled(), bad],
    ],
  ])('finds %s', (_, namespaces, texts) => {
    expect(found({ ...residency, namespaces }, texts)).toMatchObject([
      {
        message: expect.stringMatching(/^Policy 'eu-residency' \(personal data stays here\): 'shop' selects/),
      },
    ]);
  });

  test.each<[string, Policy['namespaces'], string[]]>([
    ['another name', { names: ['blog'] }, [bad]],
    ['another label', personal, [labelled('shop', 'public'), bad]],
    ['one label of two', { labels: parseSelector('data=personal,team=a') }, [labelled(), bad]],
  ])('passes over %s', (_, namespaces, texts) => {
    expect(found({ ...residency, namespaces }, texts)).toEqual([]);
  });

  test('labels that nobody knows are undecided, unless the config asserts them or nothing is broken', () => {
    expect(found(residency, [bad])).toMatchObject([
      {
        message: expect.stringContaining('whose labels are unknown. If it does'),
        remedy: expect.stringContaining('Declare the Namespace'),
      },
    ]);
    expect(found(residency, [bad], {}, { shop: { data: 'public' } })).toEqual([]);
    expect(found(residency, [bad], {}, { shop: { data: 'personal' } })).toMatchObject([
      {
        message: expect.stringMatching(/^Policy 'eu-residency' \(personal data stays here\): 'shop' selects/),
        remedy: expect.stringContaining('Change the namespace'),
      },
    ]);
    expect(found(residency, [selecting('region=south')])).toEqual([]);
  });
});

describe('other constraints', () => {
  const given = (constraint: Partial<Policy>): Policy => ({ name: 'p', ...constraint });
  const spec = '{ namespaceMappingStrategy: EnforceSameName, podOffloadingStrategy: Local }';

  test.each<[string, Policy, string[], string]>([
    [
      'a strategy',
      given({ namespaceMappingStrategies: ['DefaultName'] }),
      [offloading('shop', spec)],
      'has the namespaceMappingStrategy EnforceSameName, but may only have DefaultName',
    ],
    [
      'a default strategy',
      given({ namespaceMappingStrategies: ['EnforceSameName'] }),
      [offloading('shop', '{}')],
      'DefaultName',
    ],
    [
      'a pod strategy',
      given({ podOffloadingStrategies: ['Remote', 'LocalAndRemote'] }),
      [offloading('shop', spec)],
      "'shop' has the podOffloadingStrategy Local, but may only have Remote or LocalAndRemote",
    ],
    [
      'what is forbidden',
      given({ offloading: 'forbidden' }),
      [namespace('shop'), offloading('shop')],
      'must not be',
    ],
    ['what is required', given({ offloading: 'required' }), [namespace('shop')], 'must be'],
  ])('finds %s', (_, one, texts, said) => {
    expect(found(one, texts)).toMatchObject([{ namespace: 'shop', message: expect.stringContaining(said) }]);
  });

  test.each<[string, Policy, string[]]>([
    [
      'an allowed strategy',
      given({ namespaceMappingStrategies: ['EnforceSameName'] }),
      [offloading('shop', spec)],
    ],
    ['an allowed pod strategy', given({ podOffloadingStrategies: ['Local'] }), [offloading('shop', spec)]],
    ['a namespace that is not offloaded', given({ offloading: 'forbidden' }), [namespace('shop')]],
    ['one that is', given({ offloading: 'required' }), [namespace('shop'), offloading('shop')]],
    [
      'a strategy that schema-invalid refuses',
      given({ namespaceMappingStrategies: ['DefaultName'] }),
      [offloading('shop', '{ namespaceMappingStrategy: defaultname }')],
    ],
    [
      'strategies of what is not offloaded',
      given({ namespaceMappingStrategies: ['DefaultName'] }),
      [namespace('shop')],
    ],
  ])('passes over %s', (_, one, texts) => {
    expect(found(one, texts)).toEqual([]);
  });

  test('points at the field that breaks it', () => {
    const block = offloading('shop', '').trimEnd();
    const lineOf = (constraint: Partial<Policy>, texts: string[], inventories: Inventories = {}) =>
      found(given(constraint), texts, inventories).map(lineFor);
    const text = `${block}
  namespaceMappingStrategy: EnforceSameName
  podOffloadingStrategy: Local
  clusterSelector:
    nodeSelectorTerms:
    - matchExpressions: [{ key: region, operator: Exists }]
`;
    expect(lineOf({ offloading: 'forbidden' }, [text])).toEqual([5]);
    expect(lineOf({ namespaceMappingStrategies: ['DefaultName'] }, [text])).toEqual([5]);
    expect(lineOf({ podOffloadingStrategies: ['Remote'] }, [text])).toEqual([6]);
    expect(lineOf({ clusters: terms('edge') }, [text])).toEqual([9]);
    expect(lineOf({ maxClusters: 1 }, [text])).toEqual([9]);
    expect(lineOf({ maxClusters: 1 }, [text], { after: VENICE })).toEqual([9]);
    expect(lineOf({ offloading: 'required' }, [`\n${namespace('shop')}`])).toEqual([2]);
  });

  test('speaks of namespaces in their order', () => {
    const problems = found(given({ offloading: 'required' }), [namespace('shop'), namespace('blog')]);
    expect(problems.map((one) => one.namespace)).toEqual(['blog', 'shop']);
    expect(problems[0]?.message).toBe("Policy 'p': 'blog' is not offloaded but must be.");
  });

  test('maxClusters counts by the inventory, and only a complete one clears', () => {
    const one = given({ maxClusters: 1 });
    expect(found(one, [selecting()], { after: VENICE })).toMatchObject([
      {
        clusters: ['florence', 'naples'],
        message: expect.stringContaining('selects 2 clusters, but may select at most 1'),
      },
    ]);
    expect(found(one, [selecting('region=south')], { after: VENICE })).toEqual([]);
    expect(found(one, [selecting('region=south')], { after: PARTIAL })).toHaveLength(1);
    expect(found(one, [selecting('region=south')])).toMatchObject([
      { message: expect.stringContaining('and only a complete inventory can show how many it selects') },
    ]);
  });
});

describe('pods that stay at home', () => {
  const strategies: Policy = { name: 'stay-home', namespaces: personal, podOffloadingStrategies: ['Local'] };
  const pods: Policy = { name: 'stay-home', namespaces: personal, pods: 'local' };
  const offloaded = (strategy: string) =>
    offloading('shop', `{ podOffloadingStrategy: ${strategy}, clusterSelector: { nodeSelectorTerms: [] } }`);
  const TOLERATES = workload(`tolerations: [${TOLERATION}]`);
  const messages = (...given: Parameters<typeof found>) => found(...given).map(({ message }) => message);
  const past = "'shop' has the Deployment 'web', which tolerates the taint of virtual nodes";

  test.each<[string, string]>([
    ['tolerate the taint', TOLERATES],
    ['tolerate everything', workload('tolerations: [{ operator: Exists }]')],
    ["have Liqo's RuntimeClass", workload('runtimeClassName: liqo')],
    ['are placed anywhere', workload(`tolerations: [${TOLERATION}], ${affinity([VIRTUAL], [LOCAL])}`)],
  ])('break either policy under Local where they %s', (_, pod) => {
    for (const one of [strategies, pods])
      for (const inventories of [{}, { after: PARTIAL }, { after: VENICE }])
        expect(messages(one, [labelled(), offloaded('Local'), pod], inventories)).toEqual([
          `Policy 'stay-home': ${past}, but its pods must stay off virtual nodes.`,
        ]);
  });

  test('break it where they ask for a virtual node by name', () => {
    const pod = workload('nodeSelector: { kubernetes.io/hostname: liqo-naples }');
    expect(messages(strategies, [labelled(), offloaded('Local'), pod], { after: VENICE })).toEqual([
      expect.stringContaining("requires the virtual node 'liqo-naples'"),
    ]);
  });

  test.each<[string, string]>([
    ['tolerate another taint', workload('tolerations: [{ key: dedicated, operator: Exists }]')],
    ['are kept off virtual nodes', workload(`tolerations: [{ operator: Exists }], ${affinity([LOCAL])}`)],
    ['say nothing of nodes', workload()],
  ])('pass where they %s', (_, pod) => {
    for (const one of [strategies, pods])
      expect(messages(one, [labelled(), offloaded('Local'), pod], { after: VENICE })).toEqual([]);
  });

  test('the strategy breaks it, and then its pods are not spoken of', () => {
    for (const one of [strategies, pods, { ...pods, podOffloadingStrategies: ['Local'] as const }])
      expect(messages(one, [labelled(), offloaded('Remote'), TOLERATES])).toEqual([
        "Policy 'stay-home': 'shop' has the podOffloadingStrategy Remote, but may only have Local.",
      ]);
  });

  test('a namespace that is not offloaded: pods of it hang, and break the policy about pods alone', () => {
    expect(messages(pods, [labelled(), TOLERATES])).toEqual([expect.stringContaining(past)]);
    expect(messages(strategies, [labelled(), TOLERATES])).toEqual([]);
  });

  test('a namespace that only workloads show, where the policy names it', () => {
    expect(messages({ ...pods, namespaces: { names: ['shop'] } }, [TOLERATES])).toEqual([
      expect.stringContaining(past),
    ]);
    expect(messages(pods, [TOLERATES])).toEqual([]);
  });

  test('a complete inventory without such a node clears it', () => {
    const pod = workload(`tolerations: [${TOLERATION}], nodeSelector: { region: west }`);
    expect(messages(pods, [labelled(), offloaded('Local'), pod], { after: VENICE })).toEqual([]);
    expect(messages(pods, [labelled(), offloaded('Local'), pod], { after: PARTIAL })).toHaveLength(1);
  });
});
