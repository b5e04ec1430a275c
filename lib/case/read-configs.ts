// Where configs run: nobody loads what runs them here who lets them run apart.
import type * as Here from './configs';
import type * as Apart from './config-thread';
import type { Configs, ConfigsRequest } from './configs-request';

/**
 * @param isApart whether they run in a thread of their own
 * @throws InputError where anything cannot be read for certain
 */
export function readConfigs(request: ConfigsRequest, isApart = false): Configs {
  /* eslint-disable @typescript-eslint/no-require-imports -- imports would load both */
  return isApart
    ? (require('./config-thread') as typeof Apart).runConfigsApart(request)
    : (require('./configs') as typeof Here).runConfigs(request);
  /* eslint-enable @typescript-eslint/no-require-imports */
}
