// Applications of Argo CD as units, those too that an ApplicationSet makes.
import { groupOf, listAt, stringsAt, textsAt, valueAt, type Json, type Manifest } from '../manifest';
import { isTemplate, madeBy, type SetContext } from './application-set';
import { filePattern, folderPattern } from './argo-patterns';
import { fieldsText, folderNamed, type DeclaredUnit, type UnitFolder } from './declared-unit';
import { ownerOf, type Owner } from './repository-url';

const isOfArgo = ({ apiVersion, kind }: Manifest, wanted: string) =>
  kind === wanted && groupOf(apiVersion) === 'argoproj.io';
export const isApplication = (one: Manifest) => isOfArgo(one, 'Application');
export const isApplicationSet = (one: Manifest) => isOfArgo(one, 'ApplicationSet');

const FINALIZER = /^resources-finalizer\.argocd\.argoproj\.io(\/|$)/;

/** An Application reads the files of a folder, and deeper where it says so. */
function argoFolder(source: Json | undefined, path: string): UnitFolder {
  const directory = valueAt(source, 'directory') ?? {};
  const [include, exclude] = ['include', 'exclude'].map((key) => {
    const pattern = stringsAt(directory).get(key) ?? '';
    return pattern === '' ? undefined : filePattern(pattern);
  });
  return {
    folder: folderNamed(path),
    isDeep: valueAt(directory, 'recurse') === true,
    picks: (file) => (include?.(file) ?? true) && exclude?.(file) !== true,
  };
}

/** With `sources`, an Application does not look at `source`. */
function allSourcesOf(spec: Json | undefined): readonly Json[] {
  const several = listAt(spec, 'sources');
  const one = valueAt(spec, 'source');
  return several.length > 0 || one === undefined ? several : [one];
}

/** Where an Application has files of this repository from. A chart, or what only lends values, has no path. */
function sourcesOf(spec: Json | undefined, urls: readonly string[]) {
  const found = allSourcesOf(spec).flatMap((source) => {
    const { path, chart, repoURL } = Object.fromEntries(stringsAt(source));
    const isOfFiles = path !== undefined && path !== '' && (chart ?? '') === '';
    return isOfFiles ? [{ source, owner: ownerOf(repoURL ?? '', urls) }] : [];
  });
  const of = (wanted: Owner) => found.filter(({ owner }) => owner === wanted).map(({ source }) => source);
  const [ours, perhaps] = [of('ours'), of('perhaps')];
  const isOfAnotherName = ours.length === 0 && perhaps.length > 0;
  return {
    sources: isOfAnotherName ? perhaps : ours,
    ...(isOfAnotherName && { isOfAnotherName: true as const }),
  };
}

function forcesOf(options: readonly string[]): string | undefined {
  const has = (wanted: string) => options.some((one) => one.replace(/\s/g, '') === wanted);
  if (!has('Force=true')) return undefined;
  return has('Replace=true') ? 'the sync options Force=true and Replace=true' : 'the sync option Force=true';
}

/** What is equal for an Application and the template of an ApplicationSet. */
function applicationIn(spec: Json | undefined, sources: readonly Json[]) {
  const automated = valueAt(spec, 'syncPolicy', 'automated');
  const isAutomated = automated !== undefined && valueAt(automated, 'enabled') !== false;
  const destination = stringsAt(spec ?? {}, 'destination');
  return {
    engine: 'argocd' as const,
    source: [...new Set([...sources, valueAt(spec, 'destination')].map((one) => fieldsText(one)))]
      .filter((one) => one !== '')
      .join(', '),
    cluster: destination.get('name') ?? destination.get('server'),
    prunes:
      isAutomated && valueAt(automated, 'prune') === true ? ('always' as const) : ('on request' as const),
    isSuspended: false,
    forces: forcesOf(textsAt(spec, 'syncPolicy', 'syncOptions')),
  };
}

const hasFinalizer = (metadata: Json | undefined) =>
  textsAt(metadata, 'finalizers').some((one) => FINALIZER.test(one));

export function applicationUnit(declared: Manifest, urls: readonly string[]): DeclaredUnit {
  const { body, name, namespace } = declared;
  const spec = valueAt(body, 'spec');
  const { sources, ...named } = sourcesOf(spec, urls);
  const isElsewhere = sources.length === 0;
  return {
    ...applicationIn(spec, isElsewhere ? allSourcesOf(spec) : sources),
    id: `argocd/${namespace}/${name}`,
    title: `Application '${name}'`,
    declared,
    folders: sources.map((source) => argoFolder(source, stringsAt(source).get('path') ?? '')),
    deletes: hasFinalizer(valueAt(body, 'metadata')),
    isElsewhere,
    ...named,
  };
}

/** Whether a set takes away what it makes no more, and whether it changes what it has made. Source: Argo CD, "Controlling Resource Modification". */
export function policyOf({ body }: Manifest) {
  const policy = stringsAt(body, 'spec', 'syncPolicy').get('applicationsSync') ?? 'sync';
  return {
    deletes: ['sync', 'create-delete'].includes(policy),
    updates: ['sync', 'create-update'].includes(policy),
  };
}

/** A text with each parameter in one spelling: `{{ .name }}` is `{{name}}`. */
const plain = (text: string) =>
  text.replace(
    /\{\{([^{}]*)\}\}/g,
    (_, inner: string) => `{{${inner.replace(/^-?\s*\.?/, '').replace(/\s|-$/g, '')}}}`,
  );

/** Whether an ApplicationSet that goes leaves its Applications: by its policy, and only with a finalizer of its own. */
export const leavesWhatItMade = (declared: Manifest): boolean =>
  isApplicationSet(declared) &&
  !policyOf(declared).deletes &&
  hasFinalizer(valueAt(declared.body, 'metadata'));

/** The folders in which the paths of a template may lie, one for each Application; nobody knows which there are. */
function foldersFor(paths: readonly string[], { files }: SetContext): string[][] {
  if (!paths.some(isTemplate)) return [[...paths]];
  const pattern = folderNamed((paths.find(isTemplate) ?? '').replace(/\{\{[^{}]*\}\}/g, '*'));
  const matches = pattern === '*' ? (folder: string) => folder !== '.' : folderPattern(pattern);
  return files.folders
    .filter(matches)
    .map((folder) => paths.map((path) => (isTemplate(path) ? folder : path)));
}

/**
 * What an ApplicationSet makes, as far as that can be told. Each Application goes by its name. Where the template has no
 * finalizer, it gets the one that deletes what it applied, unless `preserveResourcesOnDeletion` says no.
 * Source: argo-cd applicationset/utils (RenderTemplateParams) and controllers (deleteInCluster), "Application Pruning & Resource Deletion".
 */
export function applicationSetUnits(declared: Manifest, context: SetContext): DeclaredUnit[] {
  const { body, name: set, namespace } = declared;
  const isPreserved = valueAt(body, 'spec', 'syncPolicy', 'preserveResourcesOnDeletion') === true;
  return madeBy(body, context).flatMap(({ template, decided }) => {
    const [metadata, spec] = ['metadata', 'spec'].map((key) => valueAt(template, key));
    const { sources, ...named } = sourcesOf(spec, context.urls);
    const name = plain(stringsAt(metadata ?? {}).get('name') ?? '');
    const isElsewhere = sources.length === 0;
    const of = applicationIn(spec, isElsewhere ? allSourcesOf(spec) : sources);
    const paths = sources.map((source) => stringsAt(source).get('path') ?? '');
    const isPerhaps = [...paths, ...sources.map((one) => stringsAt(one).get('repoURL') ?? '')].some(
      isTemplate,
    );
    return foldersFor(paths, context).map((folders): DeclaredUnit => {
      const folder = folderNamed(folders[0] ?? '');
      return {
        ...of,
        ...named,
        source: [of.source, fieldsText(decided)].filter((text) => text !== '').join(', '),
        declared,
        id: `argocd/set/${namespace}/${set}/${name}${isTemplate(name) ? `/${folder}` : ''}`,
        title: `Application for '${folder}' of the ApplicationSet '${set}'`,
        folders: sources.map((source, i) => argoFolder(source, folders[i] ?? '')),
        deletes: listAt(metadata, 'finalizers').length === 0 ? !isPreserved : hasFinalizer(metadata),
        isElsewhere,
        isOfSet: true,
        ...(isPerhaps && { isPerhaps }),
      };
    });
  });
}
