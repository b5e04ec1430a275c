import type { StateRule } from '../rule';

export const runtimeClassOwnedTwice: StateRule = {
  name: 'runtime-class-owned-twice',
  category: 'risky',
  about: 'state',
  summary: "A RuntimeClass in Git has the name of the one that Liqo's chart installs.",
  why: "Liqo's chart always installs a RuntimeClass; it can be renamed, not left out. Helm refuses to install or upgrade over an object that it does not own, and where both own it they undo each other's labels and values. `runtimeClass.chartName` says what the chart's own is called now; where there is no config it is taken to be `liqo`. Once it has another name, Liqo's pod webhook leaves only pods of that one alone, and binds those of the class in Git to the clusters of their namespace.",
  source:
    'deployments/liqo/templates/runtime-class.yaml, deployments/liqo/templates/liqo-webhook-deployment.yaml',
  check: ({ runtimeClasses }, { liqoRuntimeClass }) =>
    runtimeClasses
      .filter(({ name }) => name === liqoRuntimeClass)
      .map((manifest) => ({
        message: `RuntimeClass '${manifest.name}' is installed by Liqo's chart as well: Helm refuses one that it does not own, and two owners undo each other's changes.`,
        remedy:
          "Give the chart's own another name, by its value offloading.runtimeClass.name, and say it in config/cluster.ts: runtimeClass.chartName.",
        manifest,
        field: ['metadata', 'name'],
      })),
};
