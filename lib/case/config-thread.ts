// Runs configs in a thread of their own. The judge's thread never runs a line of a config: no exit, tick, timer or handler of
// one, and nothing that it puts in the place of what everybody uses, has a say in the verdict.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { MessageChannel, receiveMessageOnPort, Worker, type MessagePort } from 'node:worker_threads';
import { InputError } from '../input/error';
import type { Configs, ConfigsRequest } from './configs-request';
import type { Given, Told } from './config-worker';

const gone = () =>
  new InputError({
    code: 'config-invalid',
    message: 'the configs ended before they were read: they end the process, or memory ran out',
    file: 'config',
    remedy:
      'take process.exit and the like out of them and of what they import; with many namespaces, give it more memory',
  });

/** @throws InputError where the thread ended before it told everything */
function received(port: MessagePort): Configs {
  const told: Told[] = [];
  for (let one = receiveMessageOnPort(port); one !== undefined; one = receiveMessageOnPort(port))
    told.push((one as { readonly message: Told }).message);
  for (const one of told) {
    if ('problems' in one) throw new InputError(one.problems);
    if ('bug' in one) throw new Error(`while the configs were read: ${one.bug}`);
  }
  const settings = told.find((one) => 'settings' in one)?.settings;
  const given = told.find((one) => 'given' in one)?.given;
  if (settings === undefined || given === undefined) throw gone();
  return { ...settings, ...given };
}

const PROGRAM = join(__dirname, 'config-warden.js');

/** In milliseconds. A thread that starts takes some; one that cannot would be waited for without an end. */
const STARTS_WITHIN = 60_000;

const flag = () => new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));

/**
 * @param program that of the thread which watches
 * @throws InputError where anything cannot be read for certain, or the thread ends before it is
 * @throws Error if no thread can be started
 */
export function runConfigsApart(
  request: ConfigsRequest,
  program = PROGRAM,
  startsWithin = STARTS_WITHIN,
): Configs {
  if (!existsSync(program)) throw new Error(`${program} is missing: configs run in the built package only`);
  const [started, ended] = [flag(), flag()];
  const { port1, port2 } = new MessageChannel();
  const given: Given = { request, port: port2, started, ended };
  const warden = new Worker(program, {
    workerData: given,
    transferList: [port2],
    execArgv: [], // what was loaded into this process is none of theirs
  });
  warden.on('error', () => undefined); // too late for the judge, who has said it by then
  try {
    if (Atomics.wait(started, 0, 0, startsWithin) === 'timed-out')
      throw new Error(`no thread for the configs started within ${startsWithin / 1000} seconds`);
    Atomics.wait(ended, 0, 0);
    return received(port1);
  } finally {
    port1.close();
    void warden.terminate(); // and with it what it watches
  }
}
