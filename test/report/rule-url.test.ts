import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RULES } from '../../lib/judge/registry';
import { HOMEPAGE, ruleUrl } from '../../lib/report/rule-url';
import { sarifReport } from '../../lib/report/sarif';
import { textReport } from '../../lib/report/text';
import { PROJECT } from '../scratch';
import { REJECTED, report } from './given';

const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8');

test('one address, in the package and in the links', () => {
  expect(JSON.parse(read('package.json'))).toMatchObject({ homepage: HOMEPAGE });
});

test('each rule has a heading at the end of its link', () => {
  const headings = new Set(read('docs/rules.md').match(/^### .+$/gm));
  for (const { name } of RULES) {
    expect(headings).toContain(`### ${name}`);
    expect(new URL(ruleUrl(name)).hash).toBe(`#${name}`);
  }
});

test('SARIF has it with each rule', () => {
  const { runs } = JSON.parse(sarifReport(report())) as {
    runs: { tool: { driver: { rules: { id: string; helpUri: string }[] } } }[];
  };
  const rules = runs.flatMap(({ tool }) => tool.driver.rules);
  expect(rules).toHaveLength(RULES.length);
  for (const { id, helpUri } of rules) expect(helpUri).toBe(ruleUrl(id));
});

test('a terminal has it only where it shows links', () => {
  const link = `\u001b]8;;${ruleUrl(REJECTED.rule)}\u001b\\${REJECTED.rule}\u001b]8;;\u001b\\`;
  const shown = (links?: boolean) => textReport(report(REJECTED), { color: false, width: 80, links });
  expect(shown(true)).toContain(`error ${link}\n`);
  expect(shown(false)).not.toContain('\u001b');
  expect(shown()).toBe(shown(false));
});
