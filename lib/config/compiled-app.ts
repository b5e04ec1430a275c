// What the compiler hands to `constructs`: notes on its objects are read, and taken off before anything is written.
import { App } from 'cdk8s';
import type { IConstruct } from 'constructs';

const COMPILED = 'cdk8s-liqo/compiled';

/** An app whose charts are compiled. */
export function compiledApp(): App {
  const app = new App();
  app.node.setContext(COMPILED, true);
  return app;
}

/** @throws Error in any other app, where a note would be written as it is and do nothing */
export function checkCompiled({ node }: IConstruct, caller: string): void {
  const marked: unknown = node.tryGetContext(COMPILED);
  if (marked !== true)
    throw new Error(
      `${caller}() works only in 'constructs' of a namespace config: in another app it has no effect on '${node.path}'`,
    );
}
