/** No file of lib/ imports itself, however far around; which folder may know which is in eslint.config.mjs. */
export default {
  forbidden: [{ name: 'no-circle', severity: 'error', from: {}, to: { circular: true } }],
  options: { tsPreCompilationDeps: true, tsConfig: { fileName: 'tsconfig.json' }, exclude: 'node_modules' },
};
