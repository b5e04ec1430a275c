import fc from 'fast-check';
import type { Toleration } from '../../lib/liqo/pod';
import { mergeTolerations, tolerates, tolerationOf, type Taint } from '../../lib/liqo/tolerations';
import { toleration } from './arbitrary';

const TAINT: Taint = { key: 'virtual-node.liqo.io/not-allowed', value: 'true', effect: 'NoExecute' };
const { key } = TAINT;

test.each<[Toleration, boolean]>([
  [{ key, operator: 'Exists', effect: 'NoExecute' }, true],
  [{ key, operator: 'Exists' }, true],
  [{ operator: 'Exists' }, true],
  [{ key: '', operator: 'Exists' }, true],
  [{ key, operator: 'Equal', value: 'true', effect: 'NoExecute' }, true],
  [{ key, value: 'true' }, true],
  [{ key, operator: 'Exists', effect: 'NoSchedule' }, false],
  [{ operator: 'Exists', effect: 'NoSchedule' }, false],
  [{ key: `${key}s`, operator: 'Exists' }, false],
  [{ key }, false],
  [{ key, operator: 'Equal', value: 'false' }, false],
  [{ key, operator: 'Gt', value: '0' }, false],
  [{ key, operator: 'Lt', value: '9' }, false],
])('%j tolerates the taint of virtual nodes: %s', (one, expected) => {
  expect(tolerates(one, TAINT)).toBe(expected);
});

test('a taint without a value is tolerated by a toleration without one', () => {
  const taint: Taint = { key: 'k', effect: 'NoSchedule' };
  expect(tolerates({ key: 'k' }, taint)).toBe(true);
  expect(tolerates({ key: 'k', value: '' }, { ...taint, value: '' })).toBe(true);
  expect(tolerates({ key: 'k' }, { ...taint, value: 'v' })).toBe(false);
});

test('the first toleration counts, though a later one never ends', () => {
  const ending: Toleration = { key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 5 };
  const endless: Toleration = { key, operator: 'Exists', effect: 'NoExecute' };
  expect(tolerationOf(TAINT, [{ key: 'other', operator: 'Exists' }, ending, endless])).toBe(ending);
  expect(tolerationOf(TAINT, [endless, ending])).toBe(endless);
  expect(tolerationOf(TAINT, [])).toBeUndefined();
});

describe('mergeTolerations', () => {
  const all: Toleration = { operator: 'Exists' };
  const exists: Toleration = { key: 'a', operator: 'Exists' };
  const equal: Toleration = { key: 'a', operator: 'Equal', value: 'v', effect: 'NoExecute' };
  const short: Toleration = { ...equal, tolerationSeconds: 3 };
  const noSchedule: Toleration = { key: 'a', operator: 'Exists', effect: 'NoSchedule' };

  test.each<[string, Toleration[], Toleration[], Toleration[]]>([
    ['one that covers a later one', [exists], [equal], [exists]],
    ['one that covers an earlier one', [equal], [exists], [exists]],
    ['the endless covers the one that ends', [short], [equal], [equal]],
    ['equal ones once', [equal], [{ ...equal }], [equal]],
    ['equal ones once, in the first place', [equal, noSchedule], [{ ...equal }], [equal, noSchedule]],
    ['everything under all', [equal, noSchedule], [all], [all]],
    ['what covers nothing', [equal], [noSchedule], [equal, noSchedule]],
    [
      'the longer covers the shorter',
      [short],
      [{ ...equal, tolerationSeconds: 4 }],
      [{ ...equal, tolerationSeconds: 4 }],
    ],
    [
      'the shorter does not cover the longer',
      [{ ...equal, tolerationSeconds: 4 }],
      [short],
      [{ ...equal, tolerationSeconds: 4 }],
    ],
    [
      'the quirk: an operator left out is not covered by Equal',
      [{ key: 'a', value: 'v' }],
      [{ key: 'a', operator: 'Equal', value: 'v', effect: 'NoExecute' }],
      [{ key: 'a', value: 'v' }],
    ],
    [
      'the quirk, the other way round',
      [{ key: 'a', value: 'v', effect: 'NoExecute' }],
      [{ key: 'a', operator: 'Equal', value: 'v' }],
      [
        { key: 'a', value: 'v', effect: 'NoExecute' },
        { key: 'a', operator: 'Equal', value: 'v' },
      ],
    ],
  ])('%s', (_, first, second, merged) => {
    expect(mergeTolerations(first, second)).toEqual(merged);
  });

  test('what is tolerated stays the same', () => {
    const taint = fc.record({
      key: fc.constantFrom('a', 'b'),
      value: fc.constantFrom('', 'v'),
      effect: fc.constantFrom('NoSchedule' as const, 'NoExecute' as const, 'PreferNoSchedule' as const),
    });
    fc.assert(
      fc.property(fc.array(toleration), fc.array(toleration), taint, (first, second, one) => {
        const before = [...first, ...second].some((each) => tolerates(each, one));
        expect(mergeTolerations(first, second).some((each) => tolerates(each, one))).toBe(before);
      }),
    );
  });
});
