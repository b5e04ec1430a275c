// Units that people wrote themselves, anywhere in a repository, and what a change to them does to namespaces.
import { join } from 'node:path';
import { examineFolder } from '../../lib/case/examine';
import { namespace, offloading } from '../judge/given';
import { branch, git, repository, write, type Files } from '../scratch';

const shop = (name = 'shop') => `${namespace(name)}---\n${offloading(name)}`;

/** A Kustomization of Flux; its spec in flow YAML, without braces. */
const flux = (spec: string, name = 'apps', metadata = '') => `apiVersion: kustomize.toolkit.fluxcd.io/v1
kind: Kustomization
metadata: { name: ${name}, namespace: flux-system${metadata} }
spec: { interval: 10m, sourceRef: { kind: GitRepository, name: flux-system }, ${spec} }
`;

const FINALIZER = ', finalizers: [resources-finalizer.argocd.argoproj.io]';
const DESTINATION = 'destination: { server: "https://kubernetes.default.svc" }';
const AUTOMATED = 'syncPolicy: { automated: { prune: true } }';

const source = (path: string, rest = '') =>
  `{ repoURL: "https://git.example.org/platform.git", path: ${path}, targetRevision: HEAD${rest} }`;

const argo = (spec: string, metadata = FINALIZER, name = 'apps') => `apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: ${name}, namespace: argocd${metadata} }
spec: { project: default, ${DESTINATION}, ${spec} }
`;

/** An ApplicationSet with generators in flow YAML. */
const set = (
  generators: string,
  path: string,
  rest = '',
  template = '',
  name = path.includes('folder') ? '"{{folder}}"' : '"{{path.basename}}"',
) => `apiVersion: argoproj.io/v1alpha1
kind: ApplicationSet
metadata: { name: all, namespace: argocd }
spec:
  generators: [${generators}]
  ${rest}
  template: { metadata: { name: ${name}${template} }, spec: { project: default, ${DESTINATION}, source: ${source(path)}, ${AUTOMATED} } }
`;

/** What is found of units in a folder, as `rule namespace`; destructive where it is an error. */
function found(before: Files, change: Files, folder = 'deploy', url?: string): string[] {
  const root = repository(before);
  if (url !== undefined) git(root, 'remote', 'add', 'origin', url);
  branch(root);
  write(root, change);
  const request = { root, against: 'git:main', progress: () => undefined };
  const { verdict } = examineFolder({ ...request, dir: join(root, folder) });
  return verdict.findings
    .filter(({ existing }) => existing !== true)
    .map(({ rule, namespace: name = '', severity }) => `${severity} ${rule} ${name}`.trim());
}

const LOST = ['error engine-handover shop'];
const MAYBE = ['warning engine-handover shop'];
const gone = { 'deploy/unit.yaml': undefined };
const beside = (unit: string): Files => ({ 'deploy/unit.yaml': unit, 'deploy/a.yaml': shop() });

describe('a unit that goes', () => {
  test.each([
    ['a Kustomization that prunes', flux('path: ./deploy, prune: true')],
    ['one with a policy of its own', flux('path: ./deploy, prune: true, deletionPolicy: Delete')],
    ['one that waits', flux('path: ./deploy/, prune: true, deletionPolicy: WaitForTermination')],
    ['one for the root', flux('path: ./, prune: true')],
    ['one without a path', flux('prune: true')],
    ['one of an older version', flux('path: deploy, prune: true').replace('/v1\n', '/v1beta2\n')],
    [
      'one in a List',
      `apiVersion: v1\nkind: List\nitems:\n  - ${flux('path: ./deploy, prune: true').trimEnd().replaceAll('\n', '\n    ')}\n`,
    ],
    ['an Application', argo(`source: ${source('deploy')}`)],
    ['one for the root that recurses', argo(`source: ${source('.', ', directory: { recurse: true }')}`)],
    ['one with sources', argo(`sources: [${source('other')}, ${source('deploy')}]`)],
    ['one in the background', argo(`source: ${source('deploy')}`, FINALIZER.replace(']', '/background]'))],
  ])('takes along what it applied: %s', (_, unit) => {
    expect(found(beside(unit), gone)).toEqual(LOST);
  });

  test.each([
    ['a Kustomization that does not prune', flux('path: ./deploy, prune: false')],
    ['one that leaves what it applied', flux('path: ./deploy, prune: true, deletionPolicy: Orphan')],
    ['one that is suspended', flux('path: ./deploy, prune: true, suspend: true')],
    [
      'one that is kept',
      flux(
        'path: ./deploy, prune: true',
        'apps',
        ', annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }',
      ),
    ],
    ['one of another folder', flux('path: ./deployed, prune: true')],
    ['one of a bucket', flux('path: ./deploy, prune: true').replace('GitRepository', 'Bucket')],
    ['an Application without the finalizer', argo(`source: ${source('deploy')}`, '')],
    ['one of the folder above that does not recurse', argo(`source: ${source('.')}`)],
    [
      'one that leaves the file out',
      argo(`source: ${source('deploy', ', directory: { exclude: "{a,b}.yaml" }')}`),
    ],
    ['one that does not take it in', argo(`source: ${source('deploy', ', directory: { include: "b*" }')}`)],
    [
      'one of a chart',
      argo('source: { repoURL: "https://charts.example.org", chart: deploy, targetRevision: 1.0.0 }'),
    ],
  ])('leaves the rest: %s', (_, unit) => {
    expect(found(beside(unit), gone)).toEqual([]);
  });

  test('is found in any folder, from that folder and from the one that it applies', () => {
    const before = {
      'clusters/x.yaml': namespace('x'),
      'clusters/apps.yaml': flux('path: ./deploy, prune: true'),
      'deploy/a.yaml': shop(),
    };
    const change = { 'clusters/apps.yaml': undefined };
    expect(found(before, change, 'clusters')).toEqual(LOST);
    expect(found(before, change)).toEqual(LOST);
    expect(found({ ...before, 'other/b.yaml': shop('b') }, change, 'other')).toEqual([]);
  });

  test('keeps its name in another file', () => {
    const unit = flux('path: ./deploy, prune: true');
    expect(found(beside(unit), { ...gone, 'deploy/units/apps.yaml': unit })).toEqual([]);
    expect(found(beside(unit), { ...gone, 'clusters/apps.yaml': `{{ x }}\n${unit}` })).toEqual(LOST);
  });

  test('cannot be told from one whose file cannot be read any more', () => {
    const unit = flux('path: ./deploy, prune: true');
    const before = { 'clusters/apps.yaml': unit, 'deploy/a.yaml': shop() };
    expect(found(before, { 'clusters/apps.yaml': `{{ if x }}\n${unit}` })).toEqual([]);
  });

  test('under another name takes along what the new one applies too', () => {
    const unit = (name: string) => flux('path: ./deploy, prune: true', name);
    expect(found(beside(unit('apps')), { 'deploy/unit.yaml': unit('new') })).toEqual(LOST);
  });

  test('is another cluster’s where it is declared for several', () => {
    const unit = flux('path: ./deploy, prune: true');
    const before = { 'clusters/a/apps.yaml': unit, 'clusters/b/apps.yaml': unit, 'deploy/a.yaml': shop() };
    expect(found(before, { 'clusters/a/apps.yaml': undefined })).toEqual(LOST);
    expect(found(before, { 'clusters/a/apps.yaml': undefined, 'clusters/a/other.yaml': unit })).toEqual([]);
  });

  test('takes along what its units apply', () => {
    const before = {
      'clusters/root.yaml': flux('path: ./infra, prune: true', 'root'),
      'infra/apps.yaml': flux('path: ./deploy, prune: true'),
      'deploy/a.yaml': shop(),
    };
    expect(found(before, { 'clusters/root.yaml': undefined })).toEqual(LOST);
    expect(found(before, { 'clusters/root.yaml': undefined }, 'clusters')).toEqual(LOST);
    const kept = {
      ...before,
      'infra/apps.yaml': flux('path: ./deploy, prune: true, deletionPolicy: Orphan'),
    };
    expect(found(kept, { 'clusters/root.yaml': undefined })).toEqual([]);
    const loose = { ...before, 'clusters/root.yaml': flux('path: ./infra, prune: false', 'root') };
    expect(found(loose, { 'infra/apps.yaml': undefined })).toEqual([]);
    expect(found(before, { 'infra/apps.yaml': undefined })).toEqual(MAYBE); // nothing is left there to apply
    const more = { ...before, 'infra/x.yaml': namespace('x') };
    expect(found(more, { 'infra/apps.yaml': undefined })).toEqual(LOST);
  });

  test('of another repository is none of ours', () => {
    const unit = argo(`source: ${source('deploy')}`);
    expect(found(beside(unit), gone, 'deploy', 'git@git.example.org:team/other.git')).toEqual([]);
    expect(found(beside(unit), gone, 'deploy', 'git@git.example.org:platform.git')).toEqual(LOST);
    expect(found(beside(unit), gone, 'deploy', 'https://mirror.example.com/x/platform')).toEqual(LOST);
    expect(found(beside(unit), gone, 'deploy', '/srv/git/other.git')).toEqual(LOST);
    const sourceOf = (url: string) =>
      `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { url: "${url}" }\n`;
    const kustomization = flux('path: ./deploy, prune: true');
    const known = (url: string) => ({ ...beside(kustomization), 'clusters/source.yaml': sourceOf(url) });
    const origin = 'https://git.example.org/team/platform.git';
    const foreign = known('ssh://git@git.example.org/strangers/other');
    expect(found(foreign, gone, 'deploy', origin)).toEqual([]);
    expect(
      found(
        known('ssh://git@git.example.org/team/platform'),
        gone,
        'deploy',
        'https://git.example.org/team/platform.git',
      ),
    ).toEqual(LOST);
  });

  test('of a repository with another name is ours where no other unit applies its folder', () => {
    const origin = 'https://git.example.org/team/renamed.git';
    const url = 'https://git.example.org/team/platform.git';
    const [old, ours] = [
      argo(`source: ${source('deploy')}`),
      argo(`source: ${source('deploy')}`, '', 'ours'),
    ].map((one) => one.replace('example.org/platform', 'example.org/team/platform'));
    expect(found(beside(old ?? ''), gone, 'deploy', origin)).toEqual(LOST);
    const named = (ours ?? '').replace(url, origin);
    expect(found({ ...beside(old ?? ''), 'units/ours.yaml': named }, gone, 'deploy', origin)).toEqual([]);
    // A unit of ours that comes beside it takes nothing from it, and one that it turns into is the same.
    expect(found(beside(old ?? ''), { 'units/ours.yaml': named }, 'deploy', origin)).toEqual([]);
    expect(
      found(beside(old ?? ''), { 'deploy/unit.yaml': (old ?? '').replace(url, origin) }, 'deploy', origin),
    ).toEqual(['warning engine-source-changed']);
    // What changes of a stranger's unit that applies nothing of ours is none of our business.
    const other = (old ?? '').replace('path: deploy', 'path: other');
    expect(
      found(beside(other), { 'deploy/unit.yaml': other.replace('HEAD', 'v1') }, 'deploy', origin),
    ).toEqual([]);
  });

  test('takes along what a kustomization of its folder takes in from elsewhere', () => {
    const before = {
      'deploy/overlays/prod/kustomization.yaml': 'resources: [../../base]\n',
      'deploy/base/kustomization.yaml': 'resources: [a.yaml]\n',
      'deploy/base/a.yaml': shop(),
      'clusters/apps.yaml': flux('path: ./deploy/overlays/prod, prune: true'),
    };
    expect(found(before, { 'clusters/apps.yaml': undefined })).toContain('error engine-handover shop');
  });
});

describe('an ApplicationSet', () => {
  const DIRECTORIES =
    '{ git: { repoURL: "https://git.example.org/platform.git", directories: [{ path: deploy/* }, { path: deploy/out, exclude: true }] } }';
  const LIST = '{ list: { elements: [{ folder: deploy/x }, { folder: deploy/y }] } }';
  const inFolder = (unit: string): Files => ({ 'deploy/x/a.yaml': shop(), 'sets/all.yaml': unit });
  const end = { 'sets/all.yaml': undefined };

  test.each([
    ['for folders', set(DIRECTORIES, '"{{path}}"'), LOST],
    ['for folders, in Go templates', set(DIRECTORIES, '"{{ .path.path }}"', 'goTemplate: true'), LOST],
    [
      'for folders and clusters',
      set(`{ matrix: { generators: [${DIRECTORIES}, { clusters: {} }] } }`, '"{{path}}"'),
      LOST,
    ],
    ['for a list', set(LIST, '"{{folder}}"'), LOST],
    ['for one folder', set('{ clusters: {} }', 'deploy/x'), LOST],
    ['for nobody knows what', set('{ clusters: {} }', '"deploy/{{name}}"'), MAYBE],
    [
      'that preserves',
      set(DIRECTORIES, '"{{path}}"', 'syncPolicy: { preserveResourcesOnDeletion: true }'),
      [],
    ],
    [
      'that keeps what it has made only as long as it is there',
      set(DIRECTORIES, '"{{path}}"', 'syncPolicy: { applicationsSync: create-update }'),
      LOST,
    ],
    [
      'that leaves what it has made',
      set(DIRECTORIES, '"{{path}}"', 'syncPolicy: { applicationsSync: create-update }').replace(
        'namespace: argocd',
        `namespace: argocd${FINALIZER}`,
      ),
      [],
    ],
    [
      'that takes away what it has made',
      set(DIRECTORIES, '"{{path}}"', 'syncPolicy: { applicationsSync: create-delete }'),
      LOST,
    ],
    ['with another finalizer', set(DIRECTORIES, '"{{path}}"', '', ', finalizers: [x/y]'), []],
    ['for folders that are left out', set(DIRECTORIES.replace('deploy/out', 'deploy/x'), '"{{path}}"'), []],
    ['for other folders', set(DIRECTORIES, '"{{path}}/inner"'), []],
    ['for nobody knows what elsewhere', set('{ clusters: {} }', '"apps/{{name}}"'), []],
  ])('that goes, %s', (_, unit, expected) => {
    expect(found(inFolder(unit), end)).toEqual(expected);
  });

  test('makes an Application for each folder, which goes with it', () => {
    const unit = set(DIRECTORIES, '"{{path}}"');
    const move = { 'deploy/x/a.yaml': undefined, 'deploy/y/a.yaml': shop() };
    expect(found(inFolder(unit), move)).toEqual(LOST);
    const keeps = set(DIRECTORIES, '"{{path}}"', 'syncPolicy: { applicationsSync: create-update }');
    expect(found(inFolder(keeps), move)).toEqual(MAYBE);
    expect(found({ ...inFolder(keeps), 'deploy/x/b.yaml': shop('b') }, move)).toEqual(LOST);
    expect(found(inFolder(unit), { 'deploy/x/a.yaml': undefined, 'deploy/x/b.yaml': shop() })).toEqual([]);
  });

  test('that no longer makes one lets it go', () => {
    const less = set(LIST.replace('deploy/x', 'deploy/z'), '"{{folder}}"');
    expect(found(inFolder(set(LIST, '"{{folder}}"')), { 'sets/all.yaml': less })).toEqual(LOST);
    const more = set(LIST.replace('deploy/y', 'deploy/z'), '"{{folder}}"');
    expect(found(inFolder(set(LIST, '"{{folder}}"')), { 'sets/all.yaml': more })).toEqual([]);
  });
});

describe('an ApplicationSet that changes', () => {
  const GIT = 'repoURL: "https://git.example.org/platform.git"';
  const DIRECTORIES = `{ git: { ${GIT}, directories: [{ path: deploy/* }] } }`;
  const FILES = `{ git: { ${GIT}, files: [{ path: envs/*/config.yaml }] } }`;
  const LIST =
    '{ list: { elements: [{ name: a, folder: deploy/x, tier: one }, { name: b, folder: deploy/y, tier: two }] }';
  const before = (unit: string): Files => ({
    'deploy/x/a.yaml': shop(),
    'deploy/y/b.yaml': shop('b'),
    'envs/x/config.yaml': 'folder: x\n',
    'envs/y/config.yaml': '[{ folder: "y" }]\n',
    'sets/all.yaml': unit,
  });
  const changed = (was: string, is: string, more: Files = {}) =>
    found(before(was), { 'sets/all.yaml': is, ...more });
  const named = (name: string, path = '"{{path}}"', rest = '') =>
    set(DIRECTORIES, path, rest, '', `"${name}"`);
  const BOTH = ['error engine-handover b', ...LOST];

  test.each([
    ['the names', named('{{path.basename}}'), named('x-{{path.basename}}'), BOTH],
    ['the spelling of the names', named('{{path.basename}}'), named('{{ path.basename }}'), []],
    [
      'from a generator to a list of the same names',
      named('{{path.basename}}'),
      set('{ list: { elements: [{ name: x }, { name: "y" }] } }', '"deploy/{{name}}"', '', '', '"{{name}}"'),
      [],
    ],
    [
      'what its selector takes',
      set(`${LIST} }`, '"{{folder}}"'),
      set(`${LIST}, selector: { matchLabels: { tier: two } } }`, '"{{folder}}"'),
      LOST,
    ],
    [
      'what its selector leaves out',
      set(`${LIST} }`, '"{{folder}}"'),
      set(
        `${LIST}, selector: { matchExpressions: [{ key: tier, operator: NotIn, values: [three] }] } }`,
        '"{{folder}}"',
      ),
      [],
    ],
    [
      'its repository',
      named('{{path.basename}}'),
      named('{{path.basename}}').replace(/HEAD/, 'v1'),
      ['warning engine-source-changed'],
    ],
    [
      'where it deploys to',
      named('{{path.basename}}'),
      named('{{path.basename}}').replace(/kubernetes.default/, 'other'),
      ['warning engine-source-changed'],
    ],
    [
      'which clusters it is for',
      set('{ clusters: { selector: { matchLabels: { a: b } } } }', 'deploy/x', '', '', '"{{name}}"'),
      set('{ clusters: { selector: { matchLabels: { a: c } } } }', 'deploy/x', '', '', '"{{name}}"'),
      ['warning engine-source-changed'],
    ],
    [
      'its patch',
      named('{{path.basename}}'),
      named('{{path.basename}}', '"{{path}}"', 'templatePatch: "a"'),
      ['warning engine-source-changed'],
    ],
    [
      'the names, and keeps what it has made',
      named('{{path.basename}}'),
      named('x-{{path.basename}}', '"{{path}}"', 'syncPolicy: { applicationsSync: create-update }'),
      [],
    ],
    [
      'the names, and no longer keeps what it has made',
      named('{{path.basename}}', '"{{path}}"', 'syncPolicy: { applicationsSync: create-only }'),
      named('x-{{path.basename}}'),
      BOTH,
    ],
    [
      'the paths, and leaves what it has made',
      set(`${LIST} }`, '"{{folder}}"', 'syncPolicy: { applicationsSync: create-only }', '', '"{{name}}"'),
      set(`${LIST} }`, '"other/{{name}}"', 'syncPolicy: { applicationsSync: create-only }', '', '"{{name}}"'),
      [],
    ],
  ])('%s', (_, was, is, expected) => {
    expect(changed(was, is)).toEqual(expected);
  });

  test('goes by the files that hold its parameters', () => {
    const files = set(FILES, '"deploy/{{folder}}"');
    expect(changed(files, files)).toEqual([]);
    expect(changed(files, files, { 'envs/x/config.yaml': undefined })).toEqual(LOST);
    expect(changed(files, files, { 'envs/x/config.yaml': 'folder: z\n' })).toEqual(LOST);
    expect(changed(files, files, { 'envs/x/config.yaml': 'folder: x\nmore: y\n' })).toEqual([]);
    expect(changed(files, files, { 'envs/z/config.yaml': 'folder: z\n' })).toEqual([]);
    expect(changed(files, files.replace('envs/*', 'envs/y'))).toEqual(LOST);
    const out = '{ path: envs/x/*, exclude: true }';
    expect(changed(files, files.replace('config.yaml }', `config.yaml }, ${out}`))).toEqual(LOST);
    const base = set(FILES, '"deploy/{{path.basename}}"', '', '', '"{{path.basename}}"');
    expect(changed(base, base, { 'envs/y': undefined })).toEqual(['error engine-handover b']);
  });

  test('goes by what a matrix and a merge make of it', () => {
    const elements = (...all: string[]) => `{ list: { elements: [${all.join(', ')}] } }`;
    const matrix = (...names: string[]) =>
      set(
        `{ matrix: { generators: [${elements(...names.map((name) => `{ name: "${name}" }`))}, { git: { ${GIT}, directories: [{ path: "deploy/{{name}}" }] } }] } }`,
        '"{{path}}"',
      );
    expect(changed(matrix('x', 'y'), matrix('x', 'y', 'z'))).toEqual([]);
    expect(changed(matrix('x', 'y'), matrix('y'))).toEqual(LOST);
    const merge = (folder: string) =>
      set(
        `{ merge: { mergeKeys: [name], generators: [${elements('{ name: x, folder: x }', '{ name: "y", folder: "y" }')}, ${elements(`{ name: x, folder: ${folder} }`)}] } }`,
        '"deploy/{{folder}}"',
        '',
        '',
        '"{{name}}"',
      );
    expect(changed(merge('x'), merge('z'))).toEqual(LOST);
    expect(
      changed(merge('x'), merge('x').replace('name: "y", folder: "y"', 'name: "y", folder: "y", a: b')),
    ).toEqual([]);
  });
});

describe('a unit that changes', () => {
  const was = 'path: ./deploy, prune: true';
  test.each([
    ['its interval', flux(was).replace('10m', '5m'), []],
    ['its path', flux('path: ./other, prune: true'), LOST],
    ['the spelling of its path', flux('path: deploy/, prune: true'), []],
    ['to a path above', flux('path: ./, prune: true'), []],
    ['to force', flux(`${was}, force: true`), ['warning engine-force-enabled']],
    ['to prune no more', flux('path: ./deploy, prune: false'), []],
    ['to be suspended', flux(`${was}, suspend: true`), []],
  ])('%s', (_, unit, expected) => {
    expect(found(beside(flux(was)), { 'deploy/unit.yaml': unit })).toEqual(expected);
  });

  test.each([
    ['prunes', flux('path: ./deploy, prune: false'), flux(was)],
    ['deletes', flux(`${was}, deletionPolicy: Orphan`), flux(was)],
    [
      'prunes by itself',
      argo(`source: ${source('deploy')}`),
      argo(`source: ${source('deploy')}, ${AUTOMATED}`),
    ],
    [
      'deletes as an Application',
      argo(`source: ${source('deploy')}`, ''),
      argo(`source: ${source('deploy')}`),
    ],
  ])('and newly %s is worth a look', (_, old, unit) => {
    expect(found(beside(old), { 'deploy/unit.yaml': unit })).toEqual(['warning engine-deletes-more']);
    expect(found(beside(unit), { 'deploy/unit.yaml': old })).toEqual([]);
    expect(
      found({ 'sets/unit.yaml': old, 'other/b.yaml': shop() }, { 'sets/unit.yaml': unit }, 'other'),
    ).toEqual([]);
  });

  test('what its source fetches loses what that leaves out', () => {
    const repository = (spec: string) =>
      `apiVersion: source.toolkit.fluxcd.io/v1\nkind: GitRepository\nmetadata: { name: flux-system, namespace: flux-system }\nspec: { interval: 1m, url: "https://git.example.org/platform.git"${spec} }\n`;
    const before = (spec: string): Files => ({
      'clusters/unit.yaml': flux(was),
      'clusters/flux-system/source.yaml': repository(spec),
      'deploy/a.yaml': shop(),
      'deploy/b.yaml': shop('b'),
    });
    const change = (spec: string): Files => ({ 'clusters/flux-system/source.yaml': repository(spec) });
    for (const folder of ['deploy', 'clusters/flux-system', '.'])
      expect(found(before(''), change(', ignore: "/deploy/a.yaml"'), folder)).toEqual(LOST);
    expect(found(before(', sparseCheckout: [deploy]'), change(', sparseCheckout: [deploy/b]'))).toEqual(LOST);
    // A path that is not fetched at all makes Flux fail: it prunes nothing.
    expect(found(before(''), change(', sparseCheckout: [docs]'))).toEqual([
      'warning engine-handover b',
      ...MAYBE,
    ]);
    // One that is there and gives nothing is built, and all of it is pruned.
    const README = { ...before(''), 'deploy/README.md': '# deploy\n' };
    const gives = (files: Files) =>
      found(README, { 'deploy/a.yaml': undefined, 'deploy/b.yaml': undefined, ...files });
    for (const files of [{}, { 'deploy/kustomization.yaml': 'resources: []\n' }])
      expect(gives(files)).toEqual(['error namespace-removed b', 'error namespace-removed shop']);
    const none = { 'deploy/kustomization.yaml': 'resources: []\n' };
    expect(found(before(''), none)).toEqual(['error object-left-out b', 'error object-left-out shop']);
    expect(found(before(''), none, '.')).toEqual(['error object-left-out b', 'error object-left-out shop']);
    expect(found(before(', ignore: "/deploy/a.yaml"'), change(''))).toEqual([]);
    expect(found(before(''), change(', ignore: "/docs/"'))).toEqual([]);
    expect(found(before(''), change(', ref: { branch: next }'))).toEqual(['warning engine-source-changed']);
  });

  test('what Argo CD picks of its folder, loses the rest', () => {
    const app = (directory: string) => argo(`source: ${source('deploy', directory)}, ${AUTOMATED}`);
    const change = { 'deploy/unit.yaml': app(', directory: { exclude: a.yaml }') };
    expect(found(beside(app('')), change)).toEqual(LOST);
    const deep = {
      'sets/unit.yaml': app(', directory: { recurse: true }'),
      'deploy/b.yaml': shop('b'),
      'deploy/x/a.yaml': shop(),
    };
    expect(found(deep, { 'sets/unit.yaml': app('') })).toEqual(LOST);
  });
});

describe('a namespace that moves', () => {
  const move = { 'deploy/x/a.yaml': undefined, 'deploy/y/a.yaml': shop() };
  const before: Files = {
    'deploy/x/a.yaml': shop(),
    'deploy/x/c.yaml': shop('c'),
    'deploy/y/b.yaml': shop('b'),
  };
  const with_ = (...units: string[]): Files => ({ ...before, 'units/all.yaml': units.join('---\n') });

  test.each([
    ['from a folder to another', move, MAYBE],
    ['into a folder below', { 'deploy/x/a.yaml': undefined, 'deploy/x/y/a.yaml': shop() }, MAYBE],
    ['into a folder above', { 'deploy/x/a.yaml': undefined, 'deploy/a.yaml': shop() }, MAYBE],
    ['to another file', { 'deploy/x/a.yaml': undefined, 'deploy/x/d.yml': shop() }, []],
    [
      'into a file with others',
      { 'deploy/x/a.yaml': undefined, 'deploy/x/c.yaml': `${shop('c')}---\n${shop()}` },
      [],
    ],
  ])('%s, where no unit is known', (_, change, expected) => {
    expect(found(before, change)).toEqual(expected);
  });

  test.each([
    [
      'a unit each',
      [flux('path: ./deploy/x, prune: true', 'x'), flux('path: ./deploy/y, prune: true', 'y')],
      LOST,
    ],
    ['a unit for both', [flux('path: ./deploy, prune: true')], []],
    [
      'a unit each that does not prune',
      [flux('path: ./deploy/x, prune: false', 'x'), flux('path: ./deploy/y, prune: true', 'y')],
      [],
    ],
    [
      'an Application for both that recurses',
      [argo(`source: ${source('deploy', ', directory: { recurse: true }')}, ${AUTOMATED}`)],
      [],
    ],
    [
      'an Application each that asks',
      [argo(`source: ${source('deploy/x')}`, '', 'x'), argo(`source: ${source('deploy/y')}`, '', 'y')],
      MAYBE,
    ],
    ['a unit for one of them', [flux('path: ./deploy/y, prune: true', 'y')], MAYBE],
  ])('with %s', (_, units, expected) => {
    expect(found(with_(...units), move)).toEqual(expected);
  });

  test('with a kustomization that takes it in where it lies now', () => {
    const app = argo(`source: ${source('deploy')}, ${AUTOMATED}`);
    const files = (list: string): Files => ({ 'deploy/kustomization.yaml': `resources: [${list}]\n` });
    const one: Files = { 'units/app.yaml': app, 'deploy/a.yaml': shop(), 'deploy/b.yaml': shop('b') };
    const down = { 'deploy/a.yaml': undefined, 'deploy/x/a.yaml': shop() };
    expect(found({ ...one, ...files('a.yaml, b.yaml') }, { ...down, ...files('x/a.yaml, b.yaml') })).toEqual(
      [],
    );
    const listed = { 'deploy/x/kustomization.yaml': 'resources: [a.yaml]\n' };
    expect(
      found({ ...one, ...files('a.yaml, b.yaml') }, { ...down, ...listed, ...files('x, b.yaml') }),
    ).toEqual([]);
    expect(found({ ...one, ...files('a.yaml, b.yaml') }, { ...down, ...files('b.yaml') })).toEqual([
      'error object-left-out shop',
    ]);
  });

  test('within what one kustomization takes in', () => {
    const root = (...files: string[]) => ({
      'deploy/kustomization.yaml': `resources: [${files.join(', ')}]\n`,
    });
    const files = { ...before, ...root('x/a.yaml', 'x/c.yaml', 'y/b.yaml') };
    expect(found(files, { ...move, ...root('y/a.yaml', 'x/c.yaml', 'y/b.yaml') })).toEqual([]);
  });
});

describe('a folder that is renamed', () => {
  const to = (folder: string, rest: Files = {}): Files => ({
    ...{ 'apps/prod/a.yaml': undefined, [`apps/${folder}/a.yaml`]: shop() },
    ...rest,
  });
  const before = (unit: string): Files => ({ 'apps/prod/a.yaml': shop(), 'clusters/apps.yaml': unit });
  const app = (path: string) => argo(`source: ${source(path)}, ${AUTOMATED}`);

  test.each([
    ['a Kustomization', flux('path: ./apps/prod, prune: true'), flux('path: ./apps/production, prune: true')],
    ['an Application', app('apps/prod'), app('apps/production')],
  ])('together with the path of %s is not lost', (_, was, is) => {
    const change = to('production', { 'clusters/apps.yaml': is });
    expect(found(before(was), change, 'apps/production')).toEqual([]);
    expect(found(before(was), change, 'apps')).toEqual([]);
    const stays = { ...before(was), 'apps/prod/b.yaml': namespace('b') };
    expect(found(stays, change, 'apps/production')).toEqual(LOST);
  });

  test('is lost where its unit stays behind and finds others', () => {
    const unit = flux('path: ./apps/prod, prune: true');
    const stays = { ...before(unit), 'apps/prod/b.yaml': namespace('b') };
    expect(found(stays, to('production'), 'apps/production')).toEqual(LOST);
  });
});

describe('a unit whose own object is no longer applied', () => {
  const lists = (...files: string[]) => ({
    'clusters/kustomization.yaml': `resources: [${files.join(', ')}]\n`,
  });
  const apps = (metadata = '', spec = 'path: ./deploy, prune: true') => ({
    'clusters/apps.yaml': flux(spec, 'apps', metadata),
  });
  const root = (prune = true) => ({
    'clusters/sync.yaml': flux(`path: ./clusters, prune: ${prune}`, 'flux-system'),
  });
  const fluxed: Files = { ...root(), ...apps(), ...lists('apps.yaml', 'sync.yaml'), 'deploy/a.yaml': shop() };
  const unknown: Files = { ...fluxed, ...lists('apps.yaml'), 'clusters/sync.yaml': undefined };
  const app = (metadata = '', before = '') => ({
    'argocd/apps.yaml': before + argo(`source: ${source('deploy')}`, `${FINALIZER}${metadata}`),
  });
  const argoed: Files = {
    ...app(),
    'argocd/kustomization.yaml': 'resources: [apps.yaml]\n',
    'deploy/a.yaml': shop(),
    'root.yaml': argo(`source: ${source('argocd')}, ${AUTOMATED}`, '', 'root'),
  };
  const local = ', annotations: { config.kubernetes.io/local-config: "true" }';
  const hook = ', annotations: { argocd.argoproj.io/hook: PreSync }';

  test.each<[string, Files, Files]>([
    ['that a kustomization leaves out', fluxed, lists('sync.yaml')],
    ['that a kustomization leaves out, for an applier that nobody knows', unknown, lists()],
    [
      'that a new kustomization leaves out',
      { ...fluxed, 'clusters/kustomization.yaml': undefined },
      lists('sync.yaml'),
    ],
    ['that Flux does not fetch', fluxed, { '.sourceignore': '/clusters/apps.yaml\n' }],
    ['that Flux does not fetch, by another file', unknown, { 'clusters/.sourceignore': 'apps.yaml\n' }],
    ['that is for people only', fluxed, apps(local)],
    ['that is for people only, of an applier that nobody knows', unknown, apps(local)],
    ['that Argo CD passes over', argoed, app('', '# +argocd:skip-file-rendering\n')],
    ['that becomes a hook', argoed, app(hook)],
    [
      'that Argo CD is no longer shown',
      { ...argoed, 'argocd/other.yaml': namespace('x') },
      { 'argocd/kustomization.yaml': 'resources: [other.yaml]\n' },
    ],
  ])('goes: one %s', (_, before, change) => {
    expect(found(before, change)).toEqual(LOST);
  });

  test.each<[string, Files, Files]>([
    ['listed in another order', fluxed, lists('sync.yaml', 'apps.yaml')],
    ['whose folder is read whole again', fluxed, { 'clusters/kustomization.yaml': undefined }],
    ['that was left out before', { ...unknown, ...lists() }, { 'clusters/x.yaml': namespace('x') }],
    ['whose own unit does not prune', { ...fluxed, ...root(false) }, lists('sync.yaml')],
    ['beside one that is not fetched', fluxed, { '.sourceignore': '/clusters/other.yaml\n' }],
    ['that says it is no local config', fluxed, apps(local.replace('true', 'false'))],
    [
      'that moves to another file that is listed',
      fluxed,
      {
        ...lists('sync.yaml', 'new.yaml'),
        'clusters/apps.yaml': undefined,
        'clusters/new.yaml': apps()['clusters/apps.yaml'],
      },
    ],
    ['that has the sign of another engine', argoed, app(local)],
    [
      'that leaves what it applied',
      { ...fluxed, ...apps('', 'path: ./deploy, prune: true, deletionPolicy: Orphan') },
      lists('sync.yaml'),
    ],
  ])('stays: one %s', (_, before, change) => {
    expect(found(before, change)).toEqual([]);
  });
});

describe('an overlay beside the judged folder', () => {
  const base = (...entries: string[]): Files => ({
    'apps/production/kustomization.yaml': `resources: [${entries.join(', ')}]\n`,
  });
  const before: Files = {
    ...base('../base/bar', '../base/shop'),
    'apps/base/bar/kustomization.yaml': 'resources: [ns.yaml]\n',
    'apps/base/bar/ns.yaml': shop('bar'),
    'apps/base/shop/kustomization.yaml': 'resources: [ns.yaml]\n',
    'apps/base/shop/ns.yaml': shop(),
    'clusters/apps.yaml': flux('path: ./apps/production, prune: true'),
  };

  test('loses what it no longer takes in', () => {
    expect(found(before, base('../base/bar'), 'apps/base')).toEqual(LOST);
    expect(found(before, base('../base/shop', '../base/bar'), 'apps/base')).toEqual([]);
    const two = { ...before, 'apps/staging/kustomization.yaml': 'resources: [../base/shop]\n' };
    const taken = base('../base/bar', '../staging');
    expect(found(two, taken, 'apps/base')).toEqual([]);
    expect(
      found(
        two,
        { ...base('../base/bar'), 'clusters/s.yaml': flux('path: ./apps/staging, prune: true', 's') },
        'apps/base',
      ),
    ).toEqual(LOST);
  });
});

describe('a kustomization beside the judged folder that may change what it takes in', () => {
  const UNCLEAR = ['error folder-incomplete'];
  const overlay = (more: string): Files => ({
    'apps/production/kustomization.yaml': `resources: [../base]\n${more}`,
  });
  const root = (more: string): Files => ({
    'clusters/kustomization.yaml': `resources: [apps.yaml, sync.yaml]\n${more}`,
  });
  const before: Files = {
    ...overlay(''),
    ...root(''),
    'apps/base/kustomization.yaml': 'resources: [ns.yaml]\n',
    'apps/base/ns.yaml': shop(),
    'clusters/apps.yaml': flux('path: ./apps/production, prune: true'),
    'clusters/sync.yaml': flux('path: ./clusters, prune: true', 'flux-system'),
  };
  const patch = (kind: string) =>
    `patches: [{ target: { kind: ${kind} }, patch: '[{ op: remove, path: /metadata/labels }]' }]\n`;
  const inline = (kind: string) =>
    `patches:\n  - patch: |\n      kind: ${kind}\n      metadata: { name: shop }\n      $patch: delete\n`;

  test.each<[string, Files]>([
    ['an overlay that newly patches', overlay(patch('Namespace'))],
    ['an overlay that patches whatever it is', overlay('patches: [{ path: p.yaml }]\n')],
    ['an overlay that deletes', overlay(inline('NamespaceOffloading'))],
    ['an overlay with a component', overlay('components: [../component]\n')],
    ['a folder of units with a prefix', root('namePrefix: x-\n')],
    ['a folder of units with a patch for these', root(patch('Kustomization'))],
    [
      'a folder of units that cannot be read',
      { 'clusters/kustomization.yaml': 'resources: [apps.yaml, sync.yaml]\n{' },
    ],
  ])('cannot be told: %s', (_, change) => {
    expect(found(before, change, 'apps/base')).toEqual(UNCLEAR);
    // What is as it was gives what it gave.
    expect(found({ ...before, ...change }, { 'apps/base/ns.yaml': `# x\n${shop()}` }, 'apps/base')).toEqual(
      [],
    );
  });

  test.each<[string, Files]>([
    ['an overlay that patches something else', overlay(patch('Deployment'))],
    ['an overlay that sets an image', overlay('images: [{ name: a, newTag: b }]\n')],
    ['an overlay that deletes something else', overlay(inline('Deployment'))],
    ['a folder of units with a patch for Flux itself', root(patch('Deployment'))],
    [
      'an overlay that nobody applies',
      { 'apps/x/kustomization.yaml': 'resources: [../base]\nnamePrefix: x-\n' },
    ],
  ])('is told: %s', (_, change) => {
    expect(found(before, change, 'apps/base')).toEqual([]);
  });

  test('is another where a file is that it names', () => {
    const named = {
      ...before,
      ...overlay('patches: [{ path: p.yaml }]\n'),
      'apps/production/p.yaml': 'a: b\n',
    };
    expect(found(named, { 'apps/production/p.yaml': 'a: c\n' }, 'apps/base')).toEqual(UNCLEAR);
    expect(found(named, { 'apps/production/q.yaml': 'a: c\n' }, 'apps/base')).toEqual([]);
  });
});

describe('a base and its overlays in one judged folder', () => {
  const before: Files = {
    'apps/base/kustomization.yaml': 'resources: [ns.yaml]\n',
    'apps/base/ns.yaml': shop(),
    'apps/production/kustomization.yaml': 'resources: [../base]\n',
    'apps/staging/kustomization.yaml': 'resources: [../base]\n',
    'clusters/apps.yaml': flux('path: ./apps/production, prune: true'),
  };
  const more = {
    'apps/base/kustomization.yaml': 'resources: [ns.yaml, b.yaml]\n',
    'apps/base/b.yaml': namespace('b'),
  };

  test('are built one by one', () => {
    expect(found(before, more, 'apps')).toEqual([]);
    expect(found({ ...before, 'clusters/apps.yaml': undefined }, more, 'apps')).toEqual([]);
    expect(
      found({ ...before, ...more }, { 'apps/base/kustomization.yaml': 'resources: [b.yaml]\n' }, 'apps'),
    ).toEqual(['error object-left-out shop']);
    const other = { ...before, 'apps/other/a.yaml': namespace('x') };
    const overlay = (entry: string) => ({ 'apps/production/kustomization.yaml': `resources: [${entry}]\n` });
    expect(found(other, overlay('../other/a.yaml'), 'apps')).toEqual(LOST);
    expect(found(other, overlay(''), 'apps')).toEqual(LOST); // Flux builds an empty one
  });

  test('fail together where one unit is for all of them', () => {
    const whole = { 'clusters/apps.yaml': flux('path: ./apps, prune: true') };
    expect(new Set(found({ ...before, ...whole }, more, 'apps'))).toEqual(
      new Set(['error folder-incomplete']),
    );
  });
});

describe('an Application that may sync to nothing', () => {
  const app = (automated: string, name = 'apps', path = 'deploy/x', metadata = '') =>
    argo(`source: ${source(path)}, syncPolicy: { automated: { ${automated} } }`, metadata, name);
  const EMPTY = 'prune: true, allowEmpty: true';
  const before = (automated: string): Files => ({
    'deploy/x/a.yaml': shop(),
    'deploy/x/README.md': 'x',
    'deploy/y/b.yaml': namespace('b'),
    'units/x.yaml': app(automated),
    'units/y.yaml': app('prune: true', 'y', 'deploy/y'),
  });
  const move = { 'deploy/x/a.yaml': undefined, 'deploy/y/a.yaml': shop() };

  test('deletes what leaves a folder with nothing else in it', () => {
    expect(found(before(EMPTY), move)).toEqual(LOST);
    expect(found(before('prune: true'), move)).toEqual(MAYBE);
    expect(found(before('allowEmpty: true'), move)).toEqual(MAYBE);
    const allows = { 'units/x.yaml': app(EMPTY) };
    expect(
      found(before('prune: true'), { ...move, ...allows }).filter((one) => one.startsWith('error')),
    ).toEqual(LOST);
    expect(found(before(EMPTY), { ...move, 'deploy/x/README.md': undefined })).toEqual(MAYBE); // no such path
  });

  test('and newly does is worth a look', () => {
    const allows = { 'units/x.yaml': app(EMPTY) };
    expect(found(before('prune: true'), allows)).toEqual(['warning engine-deletes-more']);
    expect(found(before(EMPTY), { 'units/x.yaml': app('prune: true') })).toEqual([]);
    expect(found(before('prune: true'), { 'units/x.yaml': app('allowEmpty: true') })).toEqual([]);
  });
});

describe('the Namespace that a unit lives in', () => {
  const parts = (...more: string[]): Files => ({
    'clusters/flux-system/parts.yaml': [
      ...more,
      '{ "apiVersion": "v1", "kind": "Service", "metadata": { "name": "x" } }\n',
    ].join('---\n'),
  });
  const fluxed: Files = {
    ...parts(namespace('flux-system')),
    'clusters/flux-system/sync.yaml': flux('path: ./clusters, prune: true', 'flux-system'),
    'clusters/apps.yaml': flux('path: ./deploy, prune: true'),
    'deploy/a.yaml': shop(),
  };
  const argoed: Files = {
    'bootstrap/argocd.yaml': namespace('argocd'),
    'argocd/apps.yaml': argo(`source: ${source('deploy')}`),
    'deploy/a.yaml': shop(),
  };

  test.each<[string, Files, Files, string]>([
    ['of Flux', fluxed, parts(), 'deploy'],
    ['of Flux, with its file', fluxed, { 'clusters/flux-system/parts.yaml': undefined }, 'deploy'],
    ['of Flux, in the judged folder', fluxed, parts(), 'clusters'],
    [
      'of Flux, that a kustomization leaves out',
      fluxed,
      { 'clusters/flux-system/kustomization.yaml': 'resources: [sync.yaml]\n' },
      'deploy',
    ],
    ['of Argo CD', argoed, { 'bootstrap/argocd.yaml': undefined }, 'deploy'],
  ])('takes the unit along: %s', (_, before, change, folder) => {
    expect(found(before, change, folder).filter((one) => !one.includes('namespace-removed'))).toEqual(LOST);
  });

  test.each<[string, Files, Files]>([
    [
      'one that is kept',
      {
        ...fluxed,
        ...parts(namespace('flux-system', 'annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }')),
      },
      parts(),
    ],
    ['one that moves to another file', fluxed, { ...parts(), 'clusters/ns.yaml': namespace('flux-system') }],
    [
      'one that its unit does not prune',
      { ...fluxed, 'clusters/flux-system/sync.yaml': flux('path: ./clusters, prune: false', 'flux-system') },
      parts(),
    ],
    [
      'one of nobody',
      { ...fluxed, ...parts(namespace('flux-system'), namespace('other')) },
      parts(namespace('flux-system')),
    ],
    [
      'one whose Application deletes nothing',
      { ...argoed, 'argocd/apps.yaml': argo(`source: ${source('deploy')}`, '') },
      { 'bootstrap/argocd.yaml': undefined },
    ],
  ])('leaves it: %s', (_, before, change) => {
    expect(found(before, change)).toEqual([]);
  });
});

describe('a namespace in two folders', () => {
  const two: Files = { 'deploy/prod/a.yaml': shop(), 'deploy/staging/a.yaml': shop() };
  const leaves = { 'deploy/prod/a.yaml': undefined };
  const app = (name: string, cluster = name) =>
    argo(`source: ${source(`deploy/${name}`)}, ${AUTOMATED}`, FINALIZER, name).replace(
      DESTINATION,
      `destination: { name: ${cluster} }`,
    );
  const units: Files = { 'units/prod.yaml': app('prod'), 'units/staging.yaml': app('staging') };

  test('leaves one of them', () => {
    expect(found(two, leaves)).toEqual(MAYBE);
    expect(
      found(
        { ...two, 'deploy/prod/b.yaml': shop('b') },
        { 'deploy/prod/b.yaml': `${shop('b')}---\n${namespace('c')}` },
      ),
    ).toEqual([]);
    expect(found({ ...two, ...units, 'deploy/prod/b.yaml': shop('b') }, leaves)).toEqual(LOST);
  });

  test('stays where the copy lay beside it', () => {
    const beside = { 'deploy/prod/a.yaml': shop(), 'deploy/prod/b.yaml': shop() };
    expect(found(beside, leaves)).toEqual([]);
    const one = { ...two, 'units/all.yaml': flux('path: ./deploy, prune: true') };
    expect(found(one, leaves)).toEqual([]);
  });

  test('goes on one cluster with the unit for that', () => {
    expect(found({ ...two, ...units }, { 'units/prod.yaml': undefined })).toEqual(LOST);
  });
});

describe('a base that no known unit applies', () => {
  const of = (...overlays: readonly string[]): Files => ({
    'deploy/base/a.yaml': shop(),
    'deploy/base/kustomization.yaml': 'resources: [a.yaml]\n',
    'deploy/k.yaml': namespace('k'),
    ...Object.fromEntries(
      overlays.map((one) => [`deploy/${one}/kustomization.yaml`, 'resources: [../base]\n'] as const),
    ),
  });
  const WARNED = ['warning engine-handover shop'];

  test.each<[string, Files, Files, string[]]>([
    [
      'leaves one of two overlays',
      of('a', 'b'),
      { 'deploy/b/kustomization.yaml': 'resources: []\n' },
      WARNED,
    ],
    ['loses an overlay', of('a', 'b'), { 'deploy/b/kustomization.yaml': undefined }, WARNED],
    ['gets another overlay', of('a'), { 'deploy/b/kustomization.yaml': 'resources: [../base]\n' }, []],
    [
      'is taken in by one more above its overlays',
      of('a', 'b'),
      { 'deploy/all/kustomization.yaml': 'resources: [../a, ../b]\n' },
      [],
    ],
    ['keeps its overlays', of('a', 'b'), { 'deploy/k.yaml': namespace('k', 'labels: { a: b }') }, []],
  ])('%s', (_, before, change, expected) => {
    expect(found(before, change).filter((one) => one.includes('engine-'))).toEqual(expected);
  });
});
