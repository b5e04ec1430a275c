/** Tests mirror lib/; the public name resolves to the sources, as it does in tsconfig.json. */
const project = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^cdk8s-liqo$': '<rootDir>/lib/index.ts' },
};

/** Whole commands, scratch repositories, other programs, which may need a build, and what is tried at random: all that takes long. */
const E2E = [
  '/test/(e2e|docs|recipes|fuzz|case|plugin)/',
  '/test/manifests/(baseline|git|history|merge-tree)\\.test\\.ts$',
  '/test/adopt/print\\.test\\.ts$',
];

export default {
  projects: [
    { ...project, displayName: 'unit', testPathIgnorePatterns: ['/node_modules/', ...E2E] },
    { ...project, displayName: 'e2e', testRegex: E2E.map((path) => path.replace(/\/$/, '/.*\\.test\\.ts$')) },
  ],
  maxWorkers: 2,
  testTimeout: 120000,
};
