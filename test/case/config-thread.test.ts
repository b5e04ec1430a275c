import { join } from 'node:path';
import { runConfigsApart } from '../../lib/case/config-thread';
import { folder } from '../scratch';

const REQUEST = { root: '/', home: '/', boundary: '/', prefix: '', what: 'cluster' } as const;

test('a program that is missing is not waited for', () => {
  expect(() => runConfigsApart(REQUEST, join(folder(), 'none.js'))).toThrow(/none\.js is missing/);
});

test('a thread that never starts is not waited for', () => {
  const program = join(folder({ 'mute.js': '// says nothing\n' }), 'mute.js');
  expect(() => runConfigsApart(REQUEST, program, 500)).toThrow(/no thread for the configs started/);
});

test('one that starts and tells nothing has ended the configs', () => {
  const text = `const { started, ended } = require('node:worker_threads').workerData;
for (const flag of [started, ended]) { Atomics.store(flag, 0, 1); Atomics.notify(flag, 0); }
`;
  const program = join(folder({ 'silent.js': text }), 'silent.js');
  expect(() => runConfigsApart(REQUEST, program)).toThrow(/the configs ended before they were read/);
});
