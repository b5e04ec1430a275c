// What the compiler hands to `constructs`: notes on its objects are read, and taken off before anything is written.
import type * as Cdk8s from 'cdk8s';
import type { IConstruct } from 'constructs';

const COMPILED = 'cdk8s-liqo/compiled';

/** Loading it takes as long as Node takes to start, and most projects have no `constructs`. */
// eslint-disable-next-line @typescript-eslint/no-require-imports
const cdk8s = () => require('cdk8s') as typeof Cdk8s;

/** A chart that is compiled, in an app of its own. Its objects are in the namespace. */
export function compiledChart(namespace: string): Cdk8s.Chart {
  const { App, Chart } = cdk8s();
  const app = new App();
  app.node.setContext(COMPILED, true);
  return new Chart(app, namespace, { namespace });
}

/** @see ApiObject.of */
export const apiObjectOf = (construct: IConstruct): Cdk8s.ApiObject => cdk8s().ApiObject.of(construct);

/** @throws Error in any other app, where a note would be written as it is and do nothing */
export function checkCompiled({ node }: IConstruct, caller: string): void {
  const marked: unknown = node.tryGetContext(COMPILED);
  if (marked !== true)
    throw new Error(
      `${caller}() works only in 'constructs' of a namespace config: in another app it has no effect on '${node.path}'`,
    );
}
