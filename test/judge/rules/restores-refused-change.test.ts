// Through the judge: what the cluster holds is put in the place of the baseline's form first.
import { judge } from '../../../lib/judge/judge';
import { restore } from '../../../lib/judge/restore';
import { FACTS, namespace, offloading, runtimeClass, state } from '../given';
import { past, SHALLOW } from '../past';

const LABEL = 'labels: { liqo.io/scheduling-enabled: "true" }';
const form = (more: string) => offloading('shop', `{ clusterSelector: { nodeSelectorTerms: [] }${more} }`);
const DEFAULT = form('');
const SAME = form(', namespaceMappingStrategy: EnforceSameName');
const UNNAMED = form(', namespaceMappingStrategy: SelectedName');
const NAMED = form(', namespaceMappingStrategy: SelectedName, remoteNamespaceName: x');
const REGION = offloading(
  'shop',
  '{ clusterSelector: { nodeSelectorTerms: [{ matchExpressions: [{ key: region, operator: Exists }] }] } }',
);

function findings(was: readonly string[], is: readonly string[], readPast = past([DEFAULT, SAME])) {
  const shop = namespace('shop', LABEL);
  const change = { before: state(shop, ...was), after: state(shop, ...is) };
  return judge({
    ...restore(change, readPast, []),
    facts: FACTS,
    severities: {},
    approvals: [],
    spent: [],
    configOf: () => undefined,
    all: false,
  }).findings;
}

test('going back on what the cluster refused passes with a warning', () => {
  expect(findings([SAME], [DEFAULT])).toMatchObject([
    {
      rule: 'restores-refused-change',
      severity: 'warning',
      namespace: 'shop',
      message: expect.stringMatching(
        /refused the change of .*'shop' in commit b{12}, so the cluster still has the form of commit a{12}/,
      ),
      remedy: expect.stringContaining(
        '`kubectl get namespaceoffloading offloading -n shop -o yaml` shows DefaultName',
      ),
    },
  ]);
});

test('what was never accepted can be created in a form that is', () => {
  expect(findings([UNNAMED], [NAMED], past([UNNAMED]))).toMatchObject([
    { rule: 'restores-refused-change', remedy: expect.stringContaining('NotFound') },
  ]);
});

test('a RuntimeClass is restored too', () => {
  const [old, other] = [runtimeClass('liqo'), runtimeClass('liqo', 'kata')];
  expect(findings([other], [old], past([old, other]))).toContainEqual(
    expect.objectContaining({
      rule: 'restores-refused-change',
      severity: 'warning',
      message: expect.stringContaining("RuntimeClass 'liqo'"),
    }),
  );
});

test('what else the change does is held against the accepted form: a selector that narrows it is destructive', () => {
  // The baseline's form selects as much as the new one; what the cluster holds selects everything.
  const refused = REGION.replace('spec: { ', 'spec: { namespaceMappingStrategy: EnforceSameName, ');
  expect(findings([refused], [REGION], past([DEFAULT, refused])).map(({ rule }) => rule)).toEqual([
    'clusters-deselected',
    'restores-refused-change',
  ]);
});

test.each<[string, readonly string[], readonly string[], ReturnType<typeof past>]>([
  ['the baseline was accepted', [SAME], [DEFAULT], past([SAME])],
  ['it was unoffloaded in between', [SAME], [DEFAULT], past([DEFAULT, '', SAME])],
  ['the change fits neither form', [SAME], [NAMED], past([DEFAULT, SAME])],
  ['the baseline declares it twice', [SAME, SAME], [DEFAULT], past([DEFAULT, SAME])],
])('is refused as ever where %s', (_, was, is, readPast) => {
  expect(findings(was, is, readPast)).toContainEqual(
    expect.objectContaining({ rule: 'mapping-strategy-immutable', severity: 'error' }),
  );
  expect(findings(was, is, readPast).map(({ rule }) => rule)).not.toContain('restores-refused-change');
});

test('a history that is too short refuses, and says what would decide', () => {
  expect(findings([SAME], [DEFAULT], past([DEFAULT, SAME], SHALLOW))).toMatchObject([
    {
      rule: 'mapping-strategy-immutable',
      severity: 'error',
      remedy: expect.stringMatching(/this clone is shallow\. git fetch --unshallow$/),
    },
  ]);
});

test('the history is not asked where nothing is refused', () => {
  const never = () => {
    throw new Error('asked');
  };
  expect(findings([DEFAULT], [form(', podOffloadingStrategy: Local')], never)).not.toEqual([]);
});
