import js from '@eslint/js';
import regexp from 'eslint-plugin-regexp';
import tseslint from 'typescript-eslint';

const makers = ['config', 'constructs', 'compile'];
const outside = ['case', 'cli', 'plugin'];
const tellers = ['plan', 'explain', 'status', 'adopt', 'report', ...outside];

/** Which folders of lib/ a folder must not import: imports run one way only. */
const forbidden = {
  selector: ['input', 'liqo', 'manifests', 'judge', ...makers, ...tellers],
  input: ['liqo', 'manifests', 'judge', ...makers, ...tellers],
  liqo: ['input', 'manifests', 'judge', ...makers, ...tellers],
  manifests: ['judge', ...makers, ...tellers],
  judge: [...makers, ...tellers],
  config: ['manifests', 'judge', 'constructs', 'compile', ...tellers],
  constructs: ['manifests', 'judge', 'compile', ...tellers],
  compile: ['judge', ...tellers],
  plan: [...makers, 'explain', 'status', 'adopt', 'report', ...outside],
  explain: [...makers, 'plan', 'status', 'adopt', 'report', ...outside],
  adopt: ['constructs', 'compile', 'explain', 'status', 'report', ...outside],
  status: [...makers, 'explain', 'adopt', 'report', ...outside],
  report: [...makers, ...outside],
  case: ['adopt', 'explain', 'status', 'cli', 'plugin'],
  cli: ['plugin'],
  plugin: ['cli'],
};

const oneWay = Object.entries(forbidden).map(([folder, others]) => ({
  files: [`lib/${folder}/**/*.ts`],
  rules: {
    'no-restricted-imports': [
      'error',
      {
        patterns: [
          {
            regex: `^(\\.\\./)+(${others.join('|')})(/|$)`,
            message: `lib/${folder} does not know this folder; see docs/architecture.md`,
          },
          { regex: '^(\\.\\./)+index$', message: 'index.ts is the public API, not a source' },
        ],
      },
    ],
  },
}));

export default tseslint.config(
  { ignores: ['build/', 'dist/', 'coverage/', 'node_modules/', '.cdk8s-staging/'] },
  js.configs.recommended,
  {
    files: ['**/*.ts'],
    plugins: { regexp },
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      // Names come from pull requests: control characters are looked for on purpose.
      'no-control-regex': 'off',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
    },
  },
  {
    // Texts are hostile: no expression may take more than a linear number of steps on one.
    files: ['lib/**/*.ts'],
    rules: {
      'regexp/no-super-linear-backtracking': ['error', { report: 'potential' }],
      'regexp/no-super-linear-move': ['error', { report: 'potential' }],
    },
  },
  {
    files: ['**/*.mjs'],
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        performance: 'readonly',
        Buffer: 'readonly',
        URL: 'readonly',
      },
    },
  },
  {
    files: ['test/**/*.ts'],
    rules: {
      // Jest's asymmetric matchers and parsed JSON are `any`.
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  ...oneWay,
);
