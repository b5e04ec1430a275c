// Texts and values that a reader, a terminal, GitHub or a Markdown renderer could stumble over.
import * as fc from 'fast-check';

/** What somebody would execute, or what ends where it should not. */
export const NASTY: readonly string[] = [
  ...['\n', '\r\n', '\u0085', '\u2028', '\0', '\u001b[2J', '\u009b1m', '\u001b]8;;http://x\u0007', '\u202e'],
  ...[
    '\u2066',
    '\u061c',
    '\ud800',
    '\udc00',
    '\ufeff',
    '::error::x',
    '::stop-commands::t',
    '##[error]',
    '%0A',
  ],
  ...['<', '>', '&', '"', "'", ']]>', '<!--', '-->', '</details>', '<img src=x onerror=y>', '`', '```', '|'],
  ...[
    '**',
    '[a](javascript:b)',
    '![a](http://b)',
    '@admin',
    '#1',
    'www.evil.example',
    'https://evil.example',
  ],
  ...[
    '\n\n# a',
    '\n- ',
    '\n```\n',
    '\\',
    '${x}',
    '*/',
    '__proto__',
    'constructor',
    'toString',
    'length',
    '{{x}}',
  ],
];

const names = fc.constantFrom(
  'shop',
  'default',
  'kube-system',
  'liqo',
  'a',
  'a'.repeat(63),
  'venice',
  'offloading',
);

/** A name as it should be, or nothing of the kind. */
export const hostile = fc.oneof(
  { weight: 2, arbitrary: names },
  fc.constantFrom(...NASTY),
  fc
    .array(fc.oneof(names, fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 6 })), {
      maxLength: 6,
    })
    .map((parts) => parts.join('')),
);

/** Any JSON, with hostile keys and texts. */
export const json: fc.Arbitrary<unknown> = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(hostile, fc.constant(null), fc.boolean(), fc.integer(), fc.double({ noNaN: true })),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(hostile, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  ),
})).value;

/** A value of that form, in which anything may be something else. */
export function bent(form: unknown): fc.Arbitrary<unknown> {
  const straight = (): fc.Arbitrary<unknown> => {
    if (Array.isArray(form)) return fc.tuple(...form.map(bent));
    if (typeof form !== 'object' || form === null) return fc.constant(form);
    const fields = Object.fromEntries(Object.entries(form).map(([key, value]) => [key, bent(value)]));
    return fc
      .tuple(fc.record(fields, { noNullPrototype: true }), fc.option(fc.tuple(hostile, json), { freq: 12 }))
      .map(([value, more]) => (more === null ? value : { ...value, [more[0]]: more[1] }));
  };
  return fc.oneof({ weight: 14, arbitrary: straight() }, json, fc.constant(undefined));
}

/** A text of such pieces, cut, doubled and sprinkled with nasty ones. */
export function torn(pieces: readonly string[]): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...pieces) },
    hostile,
    fc.tuple(fc.constantFrom(...pieces), fc.nat(30)).map(([text, length]) => text.slice(0, length)),
    fc
      .tuple(fc.constantFrom(...pieces), fc.integer({ min: 1, max: 300 }))
      .map(([text, times]) => text.repeat(times)),
  );
  return fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(''));
}
