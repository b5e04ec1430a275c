import { daemonLanding, daemonPod } from '../../lib/liqo/daemon';
import type { Environment } from '../../lib/liqo/admission';
import type { Landing } from '../../lib/liqo/landing';
import type { PodSpec } from '../../lib/liqo/pod';
import { FLORENCE, inNamespace, NAPLES, offloading, onNode, pod, provider, terms, TOLERATION } from './given';

/** Of one pod: where it can land, local nodes first; '-' where none is made. */
function where(of: Landing | undefined): string {
  if (of === undefined) return '-';
  if (of.outcome !== 'stored') return of.outcome;
  const answers = [
    of.local.answer,
    ...of.virtualNodes.map(({ verdict, hangs }) => (hangs ? 'hangs' : verdict.answer)),
  ];
  return answers.join(' ');
}
const daemon = (template: PodSpec, environment: Environment) => {
  const { local, virtualNodes } = daemonLanding(template, environment, [NAPLES, FLORENCE]);
  return [local.landing, ...virtualNodes.map((one) => one.landing)].map(where);
};
const EVERYTHING = pod({ tolerations: [{ operator: 'Exists' }] });

test.each<[string, PodSpec, Environment, string[]]>([
  ['not offloaded', pod(), inNamespace(undefined), ['yes no no', '-', '-']],
  [
    'not offloaded, tolerating everything',
    EVERYTHING,
    inNamespace(undefined),
    ['yes no no', 'no hangs no', 'no no hangs'],
  ],
  ['every cluster: the pin stays', pod(), inNamespace(offloading('LocalAndRemote')), ['yes no no', '-', '-']],
  [
    'the pin is lost, and none is made for a virtual node',
    pod(),
    inNamespace(offloading('LocalAndRemote', 'region=south')),
    ['yes yes no', '-', '-'],
  ],
  [
    'the pin is lost, tolerating everything',
    EVERYTHING,
    inNamespace(offloading('LocalAndRemote', 'region=south')),
    ['yes yes no', 'yes yes no', 'yes yes no'],
  ],
  [
    'Remote: pods for local nodes land on virtual ones',
    pod(),
    inNamespace(offloading('Remote')),
    ['no yes yes', '-', '-'],
  ],
  [
    "Liqo's RuntimeClass: pods for local nodes land nowhere, and none are made for others",
    pod({ runtimeClassName: 'liqo' }),
    inNamespace(offloading('Remote')),
    ['no no no', '-', '-'],
  ],
  [
    'only on a virtual node',
    pod({ tolerations: [TOLERATION], required: terms('region=south,liqo.io/type=virtual-node') }),
    inNamespace(offloading('Local')),
    ['-', 'no yes no', '-'],
  ],
  ['a nodeName', pod({ nodeName: 'n1' }), inNamespace(offloading('LocalAndRemote')), ['yes no no', '-', '-']],
  [
    'the nodeName of a virtual node',
    { ...EVERYTHING, nodeName: 'liqo-naples' },
    inNamespace(offloading('Local')),
    ['-', 'no yes no', '-'],
  ],
])('%s', (_, template, environment, expected) => {
  expect(daemon(template, environment)).toEqual(expected);
});

test('a nodeName does not get past the nodeSelector, which the controller looks at', () => {
  const template = { ...EVERYTHING, nodeName: 'liqo-naples', nodeSelector: { region: 'center' } };
  expect(daemon(template, inNamespace(offloading('Local')))).toEqual(['-', '-', '-']);
});

test('says that a nodeName names a virtual node', () => {
  const template = { ...EVERYTHING, nodeName: 'liqo-naples' };
  expect(daemonLanding(template, inNamespace(undefined), [NAPLES]).local).toEqual({
    made: { answer: 'no', exclusions: [{ by: 'nodeName', nodeName: 'liqo-naples' }] },
  });
});

test('none is made for a virtual node without a Node', () => {
  const ghost = provider('naples', {}, false);
  expect(daemonLanding(EVERYTHING, inNamespace(undefined), [ghost]).virtualNodes).toEqual([
    {
      provider: 'naples',
      virtualNode: 'liqo-naples',
      made: { answer: 'no', exclusions: [{ by: 'no-node' }] },
    },
  ]);
});

test('the pin takes the place of what the template requires', () => {
  expect(daemonPod(pod({ required: terms('a', 'b') }), 'n1')).toEqual(pod({ required: [onNode('n1')] }));
});
