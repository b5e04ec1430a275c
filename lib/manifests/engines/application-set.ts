// The Applications that an ApplicationSet makes: its template, with the parameters that its generators find.
// Sources: argo-cd applicationset/generators (git.go, list.go, matrix.go, merge.go, generator_spec_processor.go),
// applicationset/utils (Replace, SanitizeName), docs/operator-manual/applicationset.
import { basename, dirname } from 'node:path/posix';
import { matchesRequirement, type Labels } from '../../selector/match';
import { isObject, listAt, stringsAt, textsAt, valueAt, type Json } from '../manifest';
import { documentValue, parseDocuments } from '../read';
import { InputError } from '../../input/error';
import { filePattern, folderPattern } from './argo-patterns';
import { foldersOf } from './declared-unit';
import { ownerOf } from './repository-url';
import type { SteeringFile } from './steering-files';

/** The files of one state of the repository, as generators look at them; listed once they do. */
export class RepositoryFiles {
  private listed: readonly string[] | undefined;
  private held: readonly string[] | undefined;

  constructor(
    private readonly list: () => readonly string[],
    readonly read: (paths: readonly string[]) => readonly SteeringFile[],
  ) {}

  get paths(): readonly string[] {
    return (this.listed ??= this.list());
  }

  /** The folders in which a file lies, or below; Argo CD does not look into hidden ones. */
  get folders(): readonly string[] {
    const isHidden = (folder: string) => folder.split('/').some((part) => part.startsWith('.'));
    return (this.held ??= [...new Set(this.paths.flatMap(foldersOf))].filter((one) => !isHidden(one)).sort());
  }
}

export interface SetContext {
  readonly urls: readonly string[];
  readonly files: RepositoryFiles;
}

/** What a generator finds: parameters by name, one map for each Application. */
interface Found {
  readonly all: readonly Labels[];
  /** Whether these are all, with all that they have. */
  readonly isKnown: boolean;
}

/** A cluster, a pull request: something that lies in no file. */
const UNKNOWN: Found = { all: [{}], isKnown: false };

const PARAMETER = /\{\{-?\s*(?:index\s+)?\.?([\w.[\]-]+)(?:\s+(\d+))?\s*-?\}\}/g;

/** By their names in templates, as selectors see them: `values.path`, `path.segments.0`. */
function flat(value: Json | undefined, key = ''): [string, string][] {
  if (typeof value !== 'object' || value === null)
    return value === undefined || value === null ? [] : [[key, String(value)]];
  return Object.entries(value).flatMap(([name, one]) => flat(one, key === '' ? name : `${key}.${name}`));
}

/** The template with what is known filled in; what is not stays as it is. */
export function rendered(template: Json | undefined, parameters: Labels): Json {
  if (typeof template === 'string')
    return template.replace(PARAMETER, (whole, name: string, index?: string) => {
      const key = index === undefined ? name : `${name}.${index}`;
      return Object.hasOwn(parameters, key) ? (parameters[key] ?? whole) : whole;
    });
  if (typeof template !== 'object' || template === null) return template ?? null;
  if (!isObject(template)) return template.map((one) => rendered(one, parameters));
  return Object.fromEntries(Object.entries(template).map(([key, one]) => [key, rendered(one, parameters)]));
}

const normalized = (name: string) => name.toLowerCase().replace(/[^-a-z0-9.]/g, '-');

/** The parameters of a folder, as templates of Go and the others call them. */
function ofFolder(git: Json, folder: string): [string, string][] {
  const prefix = stringsAt(git).get('pathParamPrefix') ?? '';
  const path = prefix === '' ? 'path' : `${prefix}.path`;
  const parts = folder.split('/').flatMap((part, i): [string, string][] => [
    [`${path}[${i}]`, part],
    [`${path}.segments.${i}`, part],
  ]);
  const name = basename(folder);
  return [
    ...parts,
    ...[path, `${path}.path`].map((key): [string, string] => [key, folder]),
    [`${path}.basename`, name],
    [`${path}.basenameNormalized`, normalized(name)],
  ];
}

/** What a file of parameters holds: an object, or a list of them. */
function objectsIn({ path, text }: SteeringFile): readonly Json[] {
  try {
    const [document] = parseDocuments(path, text);
    const value = document === undefined ? null : documentValue(path, document);
    return Array.isArray(value) ? (value as readonly Json[]) : [value];
  } catch (thrown) {
    if (thrown instanceof InputError) return [null];
    throw thrown;
  }
}

const patternsAt = (git: Json, field: string, patternOf: (text: string) => (path: string) => boolean) => {
  const all = listAt(git, field).map((one) => ({
    matches: patternOf(stringsAt(one).get('path') ?? ''),
    isOut: valueAt(one, 'exclude') === true,
  }));
  return (path: string) =>
    all.some((one) => !one.isOut && one.matches(path)) && !all.some((one) => one.isOut && one.matches(path));
};

export const isTemplate = (text: string): boolean => text.includes('{{');

function ofGit(git: Json, { urls, files }: SetContext): Found {
  const { repoURL = '' } = Object.fromEntries(stringsAt(git));
  const patterns = [valueAt(git, 'directories'), valueAt(git, 'files')];
  if (ownerOf(repoURL, urls) === 'another' || isTemplate(JSON.stringify(patterns))) return UNKNOWN;
  const withValues = (entries: readonly [string, string][]): Labels => {
    const own = Object.fromEntries(entries);
    return { ...own, ...Object.fromEntries(flat({ values: rendered(valueAt(git, 'values'), own) })) };
  };
  if (listAt(git, 'directories').length > 0) {
    const isWanted = patternsAt(git, 'directories', folderPattern);
    return {
      all: files.folders.filter(isWanted).map((folder) => withValues(ofFolder(git, folder))),
      isKnown: true,
    };
  }
  // By default Argo CD asks git, to which `*` matches a `/` too; with its newer globbing, `**/` is no folder at all as well.
  const isWanted = patternsAt(git, 'files', (text) => {
    const [own, less] = [filePattern(text), filePattern(text.replaceAll('**/', ''))];
    return (path) => own(path) || less(path);
  });
  const all = files
    .read(files.paths.filter(isWanted))
    .flatMap((file) =>
      objectsIn(file).map((value) => withValues([...flat(value), ...ofFolder(git, dirname(file.path))])),
    );
  return { all, isKnown: true };
}

/** Each of one generator with each of the next, which may name what the first has found. */
function matrix(generators: readonly Json[], context: SetContext): Found {
  return generators.reduce<Found>(
    (before, generator) => {
      const next = before.all.map((one) => ({ one, found: foundBy(rendered(generator, one), context) }));
      return {
        all: next.flatMap(({ one, found }) => found.all.map((more) => ({ ...one, ...more }))),
        isKnown: before.isKnown && next.every(({ found }) => found.isKnown),
      };
    },
    { all: [{}], isKnown: true },
  );
}

/** The first generator's, with what others say of those that have the same keys. */
function merged(generators: readonly Json[], keys: readonly string[], context: SetContext): Found {
  const [base = UNKNOWN, ...others] = generators.map((one) => foundBy(one, context));
  const same = (one: Labels, more: Labels) => keys.every((key) => more[key] === one[key]);
  const more = (one: Labels) => others.map(({ all }) => all.find((other) => same(one, other)) ?? {});
  return {
    all: base.all.map((one) => more(one).reduce((all, next) => ({ ...all, ...next }), one)),
    isKnown: [base, ...others].every(({ isKnown }) => isKnown),
  };
}

function unselected(generator: Json, context: SetContext): Found {
  const git = valueAt(generator, 'git');
  if (git !== undefined) return ofGit(git, context);
  const elements = valueAt(generator, 'list', 'elements');
  if (elements !== undefined)
    return { all: listAt(elements).map((one) => Object.fromEntries(flat(one))), isKnown: true };
  const [all, some] = ['matrix', 'merge'].map((name) => listAt(generator, name, 'generators'));
  if (all !== undefined && all.length > 0) return matrix(all, context);
  if (some !== undefined && some.length > 0)
    return merged(some, textsAt(generator, 'merge', 'mergeKeys'), context);
  return UNKNOWN;
}

/** A selector looks at the parameters themselves; what nobody knows may be selected. */
function foundBy(generator: Json, context: SetContext): Found {
  const { all, isKnown } = unselected(generator, context);
  const labels = [...stringsAt(generator, 'selector', 'matchLabels')].map(([key, value]) => ({
    ...{ key, operator: 'In', values: [value] },
  }));
  const expressions = listAt(generator, 'selector', 'matchExpressions').map((one) => ({
    ...{ key: stringsAt(one).get('key') ?? '', operator: stringsAt(one).get('operator') ?? '' },
    values: listAt(one, 'values').map(String),
  }));
  const isSelected = (one: Labels) =>
    [...labels, ...expressions].every(({ key, operator, values }) => {
      if (!isKnown && one[key] === undefined) return true;
      return !isOperator(operator) || matchesRequirement({ key, operator, values }, one);
    });
  return { all: all.filter(isSelected), isKnown };
}

const isOperator = (text: string): text is 'In' | 'NotIn' | 'Exists' | 'DoesNotExist' =>
  ['In', 'NotIn', 'Exists', 'DoesNotExist'].includes(text);

/** What of a generator is not followed, for people. */
function unfollowed(generator: Json, context: SetContext): Json[] {
  const inner = ['matrix', 'merge'].flatMap((name) => listAt(generator, name, 'generators'));
  if (inner.length > 0) return inner.flatMap((one) => unfollowed(one, context));
  if (!unselected(generator, context).isKnown) return [generator];
  const revision = stringsAt(generator, 'git').get('revision') ?? 'HEAD';
  return revision === 'HEAD' ? [] : [{ revision }];
}

/** One Application that a set makes, as far as it is known: its template with the parameters filled in. */
export interface Made {
  readonly template: Json;
  /** What decides about it beside the template, for people. */
  readonly decided: Json;
}

/** All that an ApplicationSet makes. */
export function madeBy(body: Json, context: SetContext): Made[] {
  const template = valueAt(body, 'spec', 'template');
  return listAt(body, 'spec', 'generators').flatMap((generator) => {
    const templates = ['list', 'git', 'clusters', 'matrix', 'merge'].map((name) =>
      valueAt(generator, name, 'template'),
    );
    const generators = unfollowed(generator, context);
    const decided = {
      ...(generators.length > 0 && { generators }),
      template: templates.find((one) => one !== undefined),
      templatePatch: valueAt(body, 'spec', 'templatePatch'),
    };
    return foundBy(generator, context).all.map((one) => ({ template: rendered(template, one), decided }));
  });
}
