// Words that made our prose hard to read stay out of what users read: string literals of lib, README.md and docs/.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  isStringLiteral,
  isTemplateLiteralToken,
  createSourceFile,
  ScriptTarget,
  type Node,
} from 'typescript';
import { PROJECT } from '../scratch';

const WORDS = /\b(nobody|somebody|anybody|everybody|whoever|whatever|wherever|anew|whatsoever)\b/i;

const filesIn = (folder: string, ending: string): string[] =>
  readdirSync(join(PROJECT, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending))
    .map((path) => join(folder, path))
    .sort();

/** The texts between quotes, those of templates included. */
function literals(path: string): string[] {
  const found: string[] = [];
  const visit = (node: Node): void => {
    if (isStringLiteral(node) || isTemplateLiteralToken(node)) found.push(node.text);
    node.forEachChild(visit);
  };
  visit(createSourceFile(path, readFileSync(join(PROJECT, path), 'utf8'), ScriptTarget.Latest));
  return found;
}

test('no message uses them', () => {
  const found = filesIn('lib', '.ts').flatMap((path) =>
    literals(path)
      .filter((text) => WORDS.test(text))
      .map((text) => `${path}: ${text}`),
  );
  expect(found).toEqual([]);
});

test('no page uses them', () => {
  const found = ['README.md', ...filesIn('docs', '.md')].flatMap((path) =>
    readFileSync(join(PROJECT, path), 'utf8')
      .split('\n')
      .filter((line) => WORDS.test(line))
      .map((line) => `${path}: ${line}`),
  );
  expect(found).toEqual([]);
});
