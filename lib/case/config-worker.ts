// The thread in which configs run. What it tells the judge is plain data; nothing else that a config does reaches the judge.
import { writeSync } from 'node:fs';
import worker, { type MessagePort } from 'node:worker_threads';
import { InputError, isError, type InputProblem } from '../input/error';
import { runConfigs } from './configs';
import type { ConfigsRequest, Namespaces } from './configs-request';
import type { Settings } from '../config/load';

/** What a worker is given. */
export interface Given {
  readonly request: ConfigsRequest;
  /** Leads to the judge. */
  readonly port: MessagePort;
  /** One number each, which the judge waits for: 0 until the thread that watches has started, and until the configs have ended. */
  readonly started: Int32Array;
  readonly ended: Int32Array;
}

/** What it tells, the settings first: no namespace's config has a say in them. */
export type Told =
  | { readonly settings: Settings }
  | { readonly given: Namespaces }
  | { readonly problems: readonly InputProblem[] }
  | { readonly bug: string };

const { request, port, ended } = worker.workerData as Given;
Reflect.set(worker, 'workerData', undefined); // configs have no use for it
const tell: (told: Told) => void = port.postMessage.bind(port);
const { store, notify } = Atomics;

// The judge's streams are its own, and it is waiting: what configs print goes to standard error at once.
const print = (text: string | Uint8Array): boolean => {
  writeSync(2, typeof text === 'string' ? Buffer.from(text) : text);
  return true;
};
Reflect.set(process.stdout, 'write', print);
Reflect.set(process.stderr, 'write', print);

try {
  const { namespaces, compiled } = runConfigs(request, (settings) => {
    tell({ settings });
  });
  tell({ given: { namespaces, compiled } });
} catch (thrown) {
  if (thrown instanceof InputError) tell({ problems: thrown.problems });
  else tell({ bug: isError(thrown) ? (thrown.stack ?? thrown.message) : String(thrown) });
}
store(ended, 0, 1);
notify(ended, 0);
