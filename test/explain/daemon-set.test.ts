// Where the pods of a DaemonSet can land, which need not be the node that they are made for.
import { namespace } from '../judge/given';
import { one, places, shop, TOLERATES, wants } from './given';

const SOUTH = shop(['region=south']);
const NOT_MADE = 'no pod is created for such a node';
const UNTOLERATED = `no: does not tolerate virtual-node.liqo.io/not-allowed; ${NOT_MADE}`;
const STRAY = "pods created for other nodes can land here: Liqo's webhook drops their node pins";
const GOES = "a pod is created for such a node but can land elsewhere: Liqo's webhook drops its node pin";
const HANGS = 'hangs: no twin namespace there (OffloadingBackOff)';

test.each<[string, readonly string[], string, readonly string[]]>([
  ['not offloaded', [namespace('shop')], '{}', ['yes', UNTOLERATED, UNTOLERATED]],
  ['not offloaded, tolerating all', [namespace('shop')], `{ ${TOLERATES} }`, ['yes', HANGS, HANGS]],
  ['every cluster: the pin stays', shop([]), '{}', ['yes', UNTOLERATED, UNTOLERATED]],
  ['every cluster, tolerating all', shop([]), `{ ${TOLERATES} }`, ['yes', 'yes', 'yes']],
  ['a selector: the pin goes', SOUTH, '{}', ['yes', `yes: ${STRAY}`, UNTOLERATED]],
  [
    'a selector, tolerating all',
    SOUTH,
    `{ ${TOLERATES} }`,
    ['yes', 'yes', `no: region=south (it has center); ${GOES}`],
  ],
  [
    "Liqo's RuntimeClass: made for local nodes, where they cannot run",
    SOUTH,
    '{ runtimeClassName: liqo }',
    [
      'no: nodeSelector liqo.io/type=virtual-node; a pod is created for such a node but stays Pending',
      UNTOLERATED,
      UNTOLERATED,
    ],
  ],
  [
    'for some local nodes, and loose',
    SOUTH,
    `{ ${wants('disk=ssd')} }`,
    [
      "if: disk=ssd; those pods can also land on other nodes: Liqo's webhook drops their node pins",
      `yes: ${STRAY}`,
      expect.stringContaining(NOT_MADE),
    ],
  ],
  [
    'for virtual nodes only',
    SOUTH,
    `{ ${TOLERATES}, ${wants('liqo.io/type=virtual-node')} }`,
    [`yes: ${STRAY}`, 'yes', `no: region=south (it has center); ${GOES}`],
  ],
])('%s', (_, texts, spec, expected) => {
  expect(places(one(texts, spec, { kind: 'DaemonSet' }))).toEqual(expected);
});

test.each<[string, readonly string[], string, string]>([
  ['the pin stays', shop([]), '{}', UNTOLERATED],
  ['the pin goes', SOUTH, '{}', `if: region=south; ${STRAY}`],
  ['tolerating all, the pin goes', SOUTH, `{ ${TOLERATES} }`, 'if: region=south'],
  ['tolerating all, the pin stays', shop([]), `{ ${TOLERATES} }`, 'yes'],
])('nodes that nobody lists: %s', (_, texts, spec, expected) => {
  expect(places(one(texts, spec, { kind: 'DaemonSet', inventory: undefined })).at(-1)).toBe(expected);
});

test('a pod that is rejected is said to be', () => {
  const conflicting = '{ runtimeClassName: liqo, nodeSelector: { liqo.io/type: x } }';
  expect(one(SOUTH, conflicting, { kind: 'DaemonSet' })).toMatchObject({ outcome: 'rejected' });
});

test('says that the pin goes, and only then', () => {
  const said = (texts: readonly string[]) => one(texts, '{}', { kind: 'DaemonSet' }).admission.join(' ');
  expect(said(SOUTH)).toContain("drops the node pin of a DaemonSet's pod");
  expect(said(shop([]))).not.toContain('drops');
  expect(said([namespace('shop')])).not.toContain('drops');
});
