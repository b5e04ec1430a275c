// Which folders the Applications of an ApplicationSet are for, as far as its generators and its template tell.
// Sources: argo-cd applicationset/generators (git.go, list.go, matrix.go), docs/operator-manual/applicationset.
import { normalize } from 'node:path/posix';
import { isObject, stringsAt, valueAt, type Json, type JsonObject } from '../manifest';
import { folderPattern } from './argo-patterns';
import type { DeclaredUnit } from './declared-unit';
import { isAnother } from './repository-url';

/** A folder that a git generator takes, or takes out. */
interface Directory {
  readonly matches: (folder: string) => boolean;
  readonly isOut: boolean;
}

/**
 * Makes the Application for a folder.
 * @param pathOf takes the path that a source has in the template
 */
type Make = (folder: string, pathOf: (template: string) => string, isPerhaps: boolean) => DeclaredUnit;

/** The parameter that names the folder itself, and what may come behind it. */
const FOLDER = /^\{\{-?\s*\.?(?:[\w-]+\.)?path(?:\.path)?\s*-?\}\}(\/[^{}]*)?$/;
const PARAMETER = /\{\{-?\s*\.?([\w.-]+)\s*-?\}\}/g;
const ANY_PARAMETER = /\{\{[^{}]*\}\}/g;

const isTemplate = (text: string) => text.includes('{{');
const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);
const trimmed = (path: string) => normalize(`/${path}`).replace(/^\/|\/$/g, '') || '.';

/** The generators, with those that others combine. */
function generatorsIn(value: Json | undefined): Json[] {
  return listOf(value).flatMap((one) => [
    one,
    ...['matrix', 'merge'].flatMap((name) => generatorsIn(valueAt(one, name, 'generators'))),
  ]);
}

const directoriesOf = (generator: Json, urls: readonly string[]): Directory[] =>
  isAnother(stringsAt(generator, 'git').get('repoURL') ?? '', urls)
    ? []
    : listOf(valueAt(generator, 'git', 'directories')).flatMap((one) => {
        const path = stringsAt(one).get('path');
        return path === undefined
          ? []
          : [{ matches: folderPattern(path), isOut: valueAt(one, 'exclude') === true }];
      });

/** The value of a parameter such as `values.path`. */
function parameterOf(element: Json, name: string): string | undefined {
  const keys = name.split('.');
  const value = valueAt(element, name) ?? valueAt(element, ...keys);
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

const listedIn = (generators: readonly Json[]): readonly Json[] =>
  generators.flatMap((one) => listOf(valueAt(one, 'list', 'elements'))).filter(isObject);

/** A template with the values of an element in place of its parameters; those that it does not name stay. */
const withParameters = (template: string, element: Json) =>
  template.replace(PARAMETER, (whole, name: string) => parameterOf(element, name) ?? whole);

function filled(value: Json, element: Json): Json {
  if (typeof value === 'string') return withParameters(value, element);
  if (Array.isArray(value)) return (value as readonly Json[]).map((one) => filled(one, element));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, filled(one ?? null, element)]));
}

/** The templates of Applications: one for each element that a set lists, or its own where it lists none. */
export function templatesOf(body: JsonObject): Json[] {
  const template = valueAt(body, 'spec', 'template') ?? null;
  const elements = listedIn(generatorsIn(valueAt(body, 'spec', 'generators')));
  return elements.length === 0 ? [template] : elements.map((one) => filled(template, one));
}

export class ApplicationSet {
  /** Those whose folder is known without looking at the repository. */
  readonly fixed: readonly DeclaredUnit[];
  private readonly directories: readonly Directory[];
  private readonly elements: readonly Json[];
  private readonly paths: readonly string[];
  /** A template that may name another repository each time. */
  private readonly isElsewhere: boolean;

  constructor(
    body: JsonObject,
    sources: readonly Json[],
    urls: readonly string[],
    private readonly make: Make,
  ) {
    const generators = generatorsIn(valueAt(body, 'spec', 'generators'));
    this.directories = generators.flatMap((one) => directoriesOf(one, urls));
    this.elements = listedIn(generators);
    this.paths = sources.map((source) => stringsAt(source).get('path') ?? '');
    this.isElsewhere = sources.some((source) => isTemplate(stringsAt(source).get('repoURL') ?? ''));
    this.fixed = this.fixedOnes();
  }

  /** The Application that is made for a folder, where one is. */
  madeFor(folder: string): DeclaredUnit[] {
    const [path = ''] = this.paths;
    if (this.fixed.length > 0 || folder === '.') return [];
    if (this.directories.length > 0 && FOLDER.test(path)) {
      const all = this.directories.filter(({ matches }) => matches(folder));
      if (all.length === 0 || all.some(({ isOut }) => isOut)) return [];
      const pathOf = (template: string) => template.replace(ANY_PARAMETER, folder);
      return [{ ...this.make(folder, pathOf, this.isElsewhere), madeFor: folder }];
    }
    const pattern = trimmed(path.replace(ANY_PARAMETER, '*'));
    const matches = pattern === '*' || folderPattern(pattern)(folder);
    return matches ? [{ ...this.make(folder, () => folder, true), madeFor: folder }] : [];
  }

  /** Of a template that names no parameter in its paths, or those of a list alone. */
  private fixedOnes(): DeclaredUnit[] {
    const known = (pathOf: (template: string) => string) => {
      const paths = this.paths.map(pathOf);
      return paths.some(isTemplate) ? [] : [this.make(trimmed(paths[0] ?? ''), pathOf, this.isElsewhere)];
    };
    const literal = known((template) => template);
    if (literal.length > 0) return literal;
    const listed = this.elements.map((element) => known((template) => withParameters(template, element)));
    return listed.every((one) => one.length > 0) ? listed.flat() : [];
  }
}
