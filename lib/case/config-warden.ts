// The thread that watches the one in which configs run: the judge waits and cannot, and no config runs in here.
import { join } from 'node:path';
import { Worker, workerData } from 'node:worker_threads';
import type { Given } from './config-worker';

const given = workerData as Given;

/** Wakes the judge. */
function raise(flag: Int32Array): void {
  Atomics.store(flag, 0, 1);
  Atomics.notify(flag, 0);
}
const end = () => {
  raise(given.ended);
};

raise(given.started);

try {
  const worker = new Worker(join(__dirname, 'config-worker.js'), {
    workerData: given,
    transferList: [given.port],
    execArgv: [],
  });
  worker.on('error', end);
  worker.on('exit', end);
} catch {
  end(); // no thread can be made: the judge says that the configs told it nothing
}
