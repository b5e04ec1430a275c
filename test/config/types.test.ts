// The types reject what the schema rejects, and both know the same keys.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { clusterSchema } from '../../lib/config/schema/cluster';
import { namespaceSchema } from '../../lib/config/schema/namespace';
import { PROJECT } from '../scratch';

mkdirSync(join(PROJECT, 'build'), { recursive: true }); // which these tests do not need otherwise
const FOLDER = mkdtempSync(join(PROJECT, 'build/types-')); // inside the project, so that its packages are found
afterAll(() => {
  rmSync(FOLDER, { recursive: true });
});

const OPTIONS: ts.CompilerOptions = {
  ...ts.convertCompilerOptionsFromJson(
    (
      ts.readConfigFile(join(PROJECT, 'tsconfig.json'), (file) => ts.sys.readFile(file)).config as {
        compilerOptions: object;
      }
    ).compilerOptions,
    PROJECT,
  ).options,
  types: [],
};

const SELECTED = "namespaceMappingStrategy: 'SelectedName'";
const accepted = [
  `{ name: 'a' }`,
  `{ name: 'a', offloading: {} }`,
  `{ name: 'a', offloading: { namespaceMappingStrategy: 'EnforceSameName', clusterSelector: ['a=b'] } }`,
  `{ name: 'a', offloading: { ${SELECTED}, remoteNamespaceName: 'b' } }`,
  `{ name: 'a', offloading: { clusterSelector: [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }] } }`,
  `{ name: 'a', constructs: (chart) => { chart.toJson(); } }`,
];
const rejected: [config: string, message: RegExp][] = [
  [`{ name: 'a', offloading: { ${SELECTED} } }`, /not assignable/],
  [`{ name: 'a', offloading: { remoteNamespaceName: 'b' } }`, /not assignable/],
  [
    `{ name: 'a', offloading: { namespaceMappingStrategy: 'DefaultName', remoteNamespaceName: 'b' } }`,
    /not assignable/,
  ],
  [`{ name: 'a', offloading: { namespaceMappingStrategy: 'defaultName' } }`, /not assignable/],
  [`{ name: 'a', offloading: { podOffloadingStrategy: 'Everywhere' } }`, /not assignable/],
  [`{ name: 'a', offloading: { clusterSelector: 'a=b' } }`, /not assignable/],
  [`{ name: 'a', offloading: { clusterSelector: [{ matchFields: [] }] } }`, /matchFields|not assignable/],
  [`{ name: 'a', offloadin: {} }`, /Did you mean to write 'offloading'/],
  [`{ labels: {} }`, /'name' is missing/],
  [`{ name: 'a', labels: { a: true } }`, /not assignable/],
];

test('an editor accepts good configs and rejects bad ones', () => {
  const programs = [...accepted, ...rejected.map(([config]) => config)].map((config, i) => {
    const file = join(FOLDER, `${i}.ts`);
    writeFileSync(
      file,
      `import { defineNamespace } from 'cdk8s-liqo';\nexport default defineNamespace(${config});\n`,
    );
    return { config, file };
  });
  const program = ts.createProgram(
    programs.map(({ file }) => file),
    OPTIONS,
  );
  const said = programs.map(({ config, file }) => [
    config,
    program
      .getSemanticDiagnostics(program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  ]);
  expect(said).toEqual([
    ...accepted.map((config) => [config, []]),
    ...rejected.map(([config, message]) => [config, [expect.stringMatching(message)]]),
  ]);
});

describe('the keys of types and schema are the same', () => {
  const file = join(PROJECT, 'lib/config/types.ts');
  const source = ts.createSourceFile(file, ts.sys.readFile(file) ?? '', ts.ScriptTarget.ES2022, true);
  const keysOf = (...names: string[]) => {
    const found = source.statements
      .filter(ts.isInterfaceDeclaration)
      .filter(({ name }) => names.includes(name.text))
      .flatMap(({ members }) => members.map((member) => member.name?.getText() ?? ''));
    return [...new Set(found)].sort();
  };
  const { offloading } = namespaceSchema.properties as {
    offloading: {
      properties: {
        clusterSelector: { items: { properties: { matchExpressions: { items: { properties: object } } } } };
      };
    };
  };
  const { runtimeClass } = clusterSchema.properties as {
    runtimeClass: { properties: { tolerations: { items: { properties: object } } } };
  };
  const term = offloading.properties.clusterSelector.items.properties;

  test.each<[string[], object]>([
    [['ClusterConfig'], clusterSchema.properties],
    [['RuntimeClassConfig'], runtimeClass.properties],
    [['RuntimeClassToleration'], runtimeClass.properties.tolerations.items.properties],
    [['NamespaceConfig'], namespaceSchema.properties],
    [['CommonOffloading', 'ComputedName', 'SelectedName'], offloading.properties],
    [['SelectorRequirement'], term.matchExpressions.items.properties],
  ])('in %j', (names, properties) => {
    expect(keysOf(...names)).toEqual(Object.keys(properties).sort());
  });

  test('in SelectorTerm, but for matchFields, which the schema knows to refuse it with a reason', () => {
    expect(keysOf('SelectorTerm')).toEqual(['matchExpressions']);
    expect(Object.keys(term).sort()).toEqual(['matchExpressions', 'matchFields']);
  });
});
