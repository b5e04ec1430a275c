import type { StateRule } from '../rule';

export const runtimeClassOwnedTwice: StateRule = {
  name: 'runtime-class-owned-twice',
  category: 'risky',
  about: 'state',
  summary: "A RuntimeClass in Git has the name of the one that Liqo's chart installs.",
  why: "Liqo's chart always installs a RuntimeClass: you can rename it, but not leave it out. Helm refuses to install or upgrade over an object that it does not own, and if both own it they undo each other's labels and values. `runtimeClass.chartName` is the name of the chart's own class; without a config the judge assumes `liqo`. Once the chart's class has another name, Liqo's pod webhook skips only the pods of that class, and restricts pods of the class in Git to the clusters of their namespace.",
  source:
    'deployments/liqo/templates/runtime-class.yaml, deployments/liqo/templates/liqo-webhook-deployment.yaml',
  check: ({ runtimeClasses }, { liqoRuntimeClass }) =>
    runtimeClasses
      .filter(({ name }) => name === liqoRuntimeClass)
      .map((manifest) => ({
        message: `Liqo's chart also installs the RuntimeClass '${manifest.name}': Helm refuses one that it does not own, and two owners undo each other's changes.`,
        remedy:
          "Rename the chart's class with its value offloading.runtimeClass.name, and set the same name in config/cluster.ts as runtimeClass.chartName.",
        manifest,
        field: ['metadata', 'name'],
      })),
};
