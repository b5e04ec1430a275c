// The names of files that are written beside the ones whose places they take. Each run has its own, so that two at once do not
// write into one file; what a run that was cut off left is swept by the next.

/** How such a name ends; `init` has git ignore it. */
export const TEMPORARY = '.cdk8s-liqo.tmp';

/** Where this run writes what comes to a path. */
export const temporaryFor = (path: string): string => `${path}.${process.pid}${TEMPORARY}`;

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown && thrown.code === 'EPERM';
  }
}

/** Whether a path is such a file, and the run that wrote it is over. */
export function isLeftover(path: string): boolean {
  if (!path.endsWith(TEMPORARY)) return false;
  const pid = Number(/\.(\d{1,10})$/.exec(path.slice(0, -TEMPORARY.length))?.[1] ?? 0);
  return pid === 0 || pid === process.pid || !isRunning(pid);
}
