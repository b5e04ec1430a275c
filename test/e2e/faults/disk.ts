// A disk that fails: a module to be loaded before the binary, which counts the calls that change dist and does something else
// instead of the one that is asked for.
import { join } from 'node:path';
import { binary, folder, type Ran } from '../../scratch';

const PRELOAD = `
const fs = require('node:fs');
const { AT, HOW } = process.env;
let count = 0;
const real = { ...fs };
const failed = (code, name, path) => Object.assign(new Error(code + ': a trial, ' + name + " '" + path + "'"), { code });
for (const name of ['writeFileSync', 'renameSync', 'rmSync', 'mkdirSync', 'rmdirSync']) {
  fs[name] = (path, ...rest) => {
    if (!/\\/dist(\\/|$)/.test(String(path))) return real[name](path, ...rest);
    count += 1;
    if (count !== Number(AT)) return real[name](path, ...rest);
    if (HOW === 'torn' && name === 'writeFileSync') real.writeFileSync(path, String(rest[0]).slice(0, 40));
    if (HOW === 'after') real[name](path, ...rest);
    if (['before', 'torn', 'after'].includes(HOW)) process.kill(process.pid, 'SIGKILL');
    throw failed(HOW, name, path);
  };
}
process.on('exit', () => { if (HOW === 'count') process.stderr.write('calls ' + count); });
`;

const preload = () => join(folder({ 'preload.cjs': PRELOAD }), 'preload.cjs');

/** Runs synth; its call number \`at\` that changes dist is killed before, in the middle or after, or fails with a code. */
export function synthWith(root: string, at: number, how: string): Ran {
  const NODE_OPTIONS = `--require ${preload()}`;
  return binary(root, ['synth'], { NODE_OPTIONS, AT: String(at), HOW: how });
}

/** How many calls of a synth change dist. */
export function callsOf(root: string): number {
  return Number(/calls (\d+)$/.exec(synthWith(root, 0, 'count').err)?.[1]);
}
