// Random configs as import prints them, over every text that the schema lets through.
import fc from 'fast-check';
import type { AdoptedConfig } from '../../lib/adopt/print';
import type { OffloadingConfig } from '../../lib/config/types';
import { printTerm } from '../../lib/selector/print';
import { term } from '../selector/arbitrary';

const alphanumeric = (chars: string, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...chars.split('')), minLength: 1, maxLength });
const dnsLabel = alphanumeric('abcxyz019', 12);
const labelKey = fc.oneof(
  fc.constantFrom(
    'team',
    'valueOf',
    'toString',
    'a',
    '1',
    '0.1',
    'owner',
    'a-b',
    'a.bc',
    'data-region',
    'liqo.io/x',
  ),
  fc.tuple(dnsLabel, dnsLabel).map((parts) => parts.join('/')),
  alphanumeric('abcXYZ019', 63),
);
const labelValue = fc.oneof(fc.constant(''), alphanumeric('abcXYZ019', 63));

/** Texts that a template, a comment, a quote or an editor could stumble over. */
const hostile = fc.constantFrom(
  "it's",
  '"quoted"',
  `it's "both"`,
  `''"`,
  '\\',
  '\\u0041',
  '${process.exit(1)}',
  '`',
  '*/ process.exit(1) /*',
  '// x',
  '\n',
  'a\r\n\tb',
  '\u2028\u2029\u0085\u00a0\u200d\ufeff\u202e',
  '\0\u001b[31m',
  '__proto__',
  '</script>',
  '🎉\u{e0001}',
  'é漢字',
  '',
);
export const text = fc.oneof(
  hostile,
  fc.string({ unit: 'binary' }),
  fc.array(hostile).map((all) => all.join('')),
);
/** Texts whose characters take one column each. */
const narrow = fc.string({ unit: 'grapheme-ascii', maxLength: 140, size: 'max' });

const map = (value: fc.Arbitrary<string>) =>
  fc.dictionary(labelKey, value, { minKeys: 1, maxKeys: 5, noNullPrototype: true });

const selector = fc.array(
  term
    .filter(({ matchExpressions }) => matchExpressions.length > 0)
    .chain((one) =>
      fc.constantFrom(printTerm(one), {
        matchExpressions: one.matchExpressions.map(({ key, operator, values }) => ({
          key,
          operator,
          ...(values.length > 0 && { values }),
        })),
      }),
    ),
  { minLength: 1, maxLength: 4 },
);
const common = {
  podOffloadingStrategy: fc.constantFrom('LocalAndRemote' as const, 'Remote' as const, 'Local' as const),
  clusterSelector: selector,
};
const offloading: fc.Arbitrary<OffloadingConfig> = fc.oneof(
  fc.record(
    {
      ...common,
      namespaceMappingStrategy: fc.constantFrom('DefaultName' as const, 'EnforceSameName' as const),
    },
    { requiredKeys: [] },
  ),
  fc.record(
    {
      ...common,
      namespaceMappingStrategy: fc.constant('SelectedName' as const),
      remoteNamespaceName: dnsLabel,
    },
    { requiredKeys: ['namespaceMappingStrategy', 'remoteNamespaceName'] },
  ),
);

const configOf = (annotation: fc.Arbitrary<string>): fc.Arbitrary<AdoptedConfig> =>
  fc.record(
    {
      name: dnsLabel,
      labels: map(labelValue),
      annotations: map(annotation),
      manageNamespace: fc.constant(false),
      offloading,
    },
    { requiredKeys: ['name'], noNullPrototype: true },
  );

export const config = configOf(text);
export const narrowConfig = configOf(
  fc.oneof(
    narrow,
    text.filter((one) => /^[\x20-\x7e\n\r\t\u2028]*$/.test(one)),
  ),
);
