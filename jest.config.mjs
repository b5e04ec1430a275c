/** Tests mirror lib/; the public name resolves to the sources, as it does in tsconfig.json. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: {
    '\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  moduleNameMapper: { '^cdk8s-liqo$': '<rootDir>/lib/index.ts' },
  maxWorkers: 2,
  testTimeout: 120000,
};
