// Whatever a pull request puts into a name or a reason: no format obeys it, or breaks.
import * as fc from 'fast-check';
import type { Finding } from '../../lib/judge/finding';
import { githubProblems, githubReport } from '../../lib/report/github';
import { fenced } from '../../lib/report/markdown';
import { jsonProblems } from '../../lib/report/json';
import { junitProblems, junitReport } from '../../lib/report/junit';
import { pullRequestProblems, pullRequestReport } from '../../lib/report/pull-request';
import type { Report } from '../../lib/report/report';
import { sarifReport } from '../../lib/report/sarif';
import { EXISTING, REJECTED, report } from './given';
import { strangers } from './markdown';
import { commandsIn } from './runner';
import { validate } from './sarif-schema';
import { elementsIn } from './xml';

const NASTY = [
  ...[
    '\n',
    '\r\n',
    '\u0085',
    '\u2028',
    '\u0000',
    '\u001b[2J',
    '\u202e',
    '\u2066',
    '\u061c',
    '\ud800',
    '\udc00',
  ],
  ...[
    '::error::x',
    '::add-mask::',
    '::stop-commands::t',
    '##[error]',
    '%0A::error::',
    '%',
    ':',
    ',',
    ' ::set-env name=a::b',
  ],
  ...['<', '>', '&', '"', "'", ']]>', '<!--', '-->', '<![CDATA[', '\ufffe', '[[ATTACHMENT|/etc/passwd]]'],
  ...[
    '</summary>',
    '</details>',
    '<img src=x onerror=y>',
    '`',
    '```',
    '|',
    '**',
    '[a](javascript:b)',
    '![a](http://b)',
  ],
  ...['@admin', '#1', '$x$', 'www.evil.example', 'https://evil.example', '\n\n# a', '\n- ', '\n```\n', '\\'],
] as const;
const text = fc
  .array(fc.oneof(fc.constantFrom(...NASTY), fc.string({ unit: 'grapheme', maxLength: 8 })), { maxLength: 8 })
  .map((parts) => parts.join(''));
const optional = fc.option(text, { nil: undefined });
const finding: fc.Arbitrary<Finding> = fc.record({
  rule: fc.constantFrom('unoffload', 'policy'),
  category: fc.constantFrom('destructive', 'policy'),
  severity: fc.constantFrom('error', 'warning', 'info'),
  namespace: optional,
  message: text,
  remedy: text,
  file: optional,
  line: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
  config: optional,
  clusters: fc.option(fc.array(text, { maxLength: 2 }), { nil: undefined }),
  witness: fc.option(fc.record({ labels: fc.dictionary(text, text, { maxKeys: 2 }) }), { nil: undefined }),
  approved: optional,
});

const given = fc
  .tuple(fc.array(finding, { minLength: 1, maxLength: 3 }), text, text, text)
  .map(([findings, description, namespace, cluster]): Report => {
    const empty = report(...findings, EXISTING);
    const reach = { clusters: [cluster], others: true } as const;
    const lost = { action: 'update', objects: [], lost: reach, deleted: [cluster], findings: [] } as const;
    return {
      ...empty,
      baseline: { ...empty.baseline, description },
      plan: () => ({
        ...empty.plan(),
        namespaces: [
          { namespace, ...lost },
          { namespace, ...lost, lost: undefined, gained: { selector: cluster } },
        ],
      }),
    };
  });

/** But for line feeds. */
const CONTROLS = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

const holds = (check: (given: Report) => void) => {
  fc.assert(fc.property(given, check), { numRuns: 300 });
};

test('github: as many commands as findings, none of them another', () => {
  holds((one) => {
    const log = githubReport(one);
    expect(log).not.toMatch(CONTROLS);
    const commands = commandsIn(log);
    expect(commands).toHaveLength(one.verdict.findings.length - 1);
    for (const { command, properties } of commands) {
      expect(['error', 'warning', 'notice']).toContain(command);
      expect(['file', 'line', 'title']).toEqual(expect.arrayContaining(Object.keys(properties)));
    }
  });
});

test('junit: well-formed, and no element but ours', () => {
  holds((one) => {
    const xml = junitReport(one);
    expect(xml).not.toMatch(CONTROLS);
    expect(xml).not.toContain('[[');
    expect(elementsIn(xml).filter(({ name }) => name === 'testcase')).toHaveLength(
      one.verdict.findings.length + 1,
    );
  });
});

test('sarif: fits the schema', () => {
  holds((one) => {
    const sarif = sarifReport(one);
    expect(sarif).not.toMatch(CONTROLS);
    validate(JSON.parse(sarif));
    expect(validate.errors ?? []).toEqual([]);
  });
});

test('markdown: no HTML but ours, no link, no image, no heading, no mention', () => {
  holds((one) => {
    const markdown = pullRequestReport(one);
    expect(markdown).not.toMatch(CONTROLS);
    expect(strangers(markdown)).toEqual([]);
  });
});

test('what looks for strangers finds them', () => {
  for (const part of ['<b>', 'a <b>', '<!-- a -->', '[a](b)', '![a](b)', '# a', '@admin', 'https://a.b'])
    expect([part, strangers(`${part}\n`)]).not.toEqual([part, []]);
});

test('a problem is as harmless as a finding', () => {
  fc.assert(
    fc.property(text, text, optional, (message, remedy, file) => {
      const problems = [{ message, remedy, file }];
      expect(commandsIn(githubProblems(problems))).toMatchObject([{ command: 'error' }]);
      expect(elementsIn(junitProblems(problems)).map(({ name }) => name)).toContain('error');
      expect(strangers(pullRequestProblems(problems))).toEqual([]);
      expect(jsonProblems(problems)).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f]/);
    }),
    { numRuns: 300 },
  );
});

test('huge names leave the comment below what GitHub takes', () => {
  const huge = {
    ...REJECTED,
    namespace: '@'.repeat(100_000),
    message: '`'.repeat(100_000),
    remedy: '|'.repeat(1e5),
  };
  expect(pullRequestReport(report(huge, huge)).length).toBeLessThan(65_536);
});

test.each(['\n- ', '\n--', '=', '\n1. a', '+ a', '12) a'])(
  'a text that begins with %j begins no block',
  (remedy) => {
    expect(strangers(pullRequestProblems([{ message: 'a', remedy }]))).toEqual([]);
  },
);

test('a code block of many quotes is longer than any of them', () => {
  expect(fenced('`a'.repeat(300_000), 'yaml').startsWith('```yaml\n')).toBe(true);
  expect(fenced('a ```` b', 'yaml').startsWith('`````yaml\n')).toBe(true);
});
