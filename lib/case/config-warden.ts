// The thread that watches the one in which configs run: the judge waits and cannot, and no config runs in here.
import { join } from 'node:path';
import { Worker, workerData } from 'node:worker_threads';
import type { Given } from './config-worker';

const given = workerData as Given;
const { ended } = given;

/** Wakes whoever waits. */
function end(): void {
  Atomics.compareExchange(ended, 0, 0, 1);
  Atomics.notify(ended, 0);
}

const worker = new Worker(join(__dirname, 'config-worker.js'), {
  workerData: given,
  transferList: [given.port],
  execArgv: [],
});
worker.on('error', end);
worker.on('exit', end);
