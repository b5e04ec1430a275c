import { schedulingLabelConflict as rule } from '../../../lib/judge/rules/scheduling-label-conflict';
import { fieldFor, find, lineFor, namespace, offloading, state } from '../given';

const labelled = (value: string) => namespace('shop', `labels: { liqo.io/scheduling-enabled: "${value}" }`);
const pods = (strategy: string) => offloading('shop', `{ podOffloadingStrategy: ${strategy} }`);

test.each([
  ['the label for Local', labelled('true'), pods('Local'), /for ever/],
  ['any value for Local', labelled('false'), pods('Local'), /for ever/],
  ['another value for Remote', labelled('false'), pods('Remote'), /overwrite each other/],
  [
    'another value for the default strategy',
    labelled('yes'),
    offloading('shop', '{}'),
    /overwrite each other/,
  ],
  ['the label while nothing offloads', labelled('true'), '', /webhook rejects every new pod/],
  ['an offloading in another namespace only', labelled('true'), offloading('blog'), /every new pod/],
])('finds %s', (_, declared, other, problem) => {
  const found = find(rule, state(declared, other));
  expect(found).toMatchObject([{ namespace: 'shop', message: expect.stringMatching(problem) }]);
  expect(found.map(lineFor)).toEqual([3]);
  expect(found.map(fieldFor)).toEqual(['metadata.labels.liqo.io/scheduling-enabled']);
});

test.each(['True', 'TRUE', 'yes', 'enabled', '1'])('warns of %s while nothing offloads', (value) => {
  expect(find(rule, state(labelled(value)))).toMatchObject([
    { category: 'risky', message: expect.stringContaining('no pod leaves') },
  ]);
});

test.each([
  ['no while nothing offloads', labelled('No'), ''],
  ['an empty value while nothing offloads', labelled(''), ''],
  ['the label for LocalAndRemote', labelled('true'), pods('LocalAndRemote')],
  ['the label for Remote', labelled('true'), pods('Remote')],
  ['no label for Local', namespace('shop'), pods('Local')],
  ['no label for Remote', namespace('shop'), pods('Remote')],
  ['another value while nothing offloads', labelled('false'), ''],
  [
    'the label where one of two offloadings wants it',
    labelled('true'),
    `${pods('Local')}---\n${pods('Remote')}`,
  ],
  ['a strategy that schema-invalid refuses', labelled('true'), pods('local')],
])('passes over %s', (_, declared, other) => {
  expect(find(rule, state(declared, other))).toEqual([]);
});
