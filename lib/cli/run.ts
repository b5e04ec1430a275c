// A command line from arguments to exit status, for the binary and for tests that start no process.
import { coded } from '../input/error';
import { version } from '../report/version';
import { readArguments, type Arguments } from './arguments';
import type * as Check from './check';
import { guarded, inManner, lookOf, type ExitStatus, type Io, type Stream } from './console';
import type * as Explain from './explain';
import type * as Import from './import';
import type * as Init from './init';
import type * as Plan from './plan';
import type * as Print from './print';
import type * as Above from './project-above';
import type * as Rules from './rules';
import type * as ShowStatus from './status';
import type * as Synth from './synth';

/* eslint-disable @typescript-eslint/no-require-imports -- imports would load what every command needs, which takes longer
   than Node takes to start, also for --version */
const LOADED = {
  above: () => require('./project-above') as typeof Above,
  synth: () => require('./synth') as typeof Synth,
  check: () => require('./check') as typeof Check,
  plan: () => require('./plan') as typeof Plan,
  explain: () => require('./explain') as typeof Explain,
  print: () => require('./print') as typeof Print,
  rules: () => require('./rules') as typeof Rules,
  importing: () => require('./import') as typeof Import,
  status: () => require('./status') as typeof ShowStatus,
  init: () => require('./init') as typeof Init,
};
/* eslint-enable @typescript-eslint/no-require-imports */

/** How help looks on standard output. */
const pageOf = ({ stdout }: Io) => ({
  version: version(),
  width: lookOf(stdout).width,
  color: (color: boolean | undefined) => lookOf(inManner(stdout, { color })).color,
});

function perform(given: Arguments, io: Io): ExitStatus {
  switch (given.command) {
    case 'synth':
      return LOADED.synth().publishProject(given, io);
    case 'check':
      return LOADED.check().check(given, io);
    case 'plan':
      return LOADED.plan().plan(given, io);
    case 'explain':
      return LOADED.explain().explainTarget(given, io);
    case 'print':
      return LOADED.print().print(given, io);
    case 'rules':
      return LOADED.rules().showRules(given, io);
    case 'import':
      return LOADED.importing().importLive(given, io);
    case 'status':
      return LOADED.status().showStatus(given, io);
    case 'init':
      return LOADED.init().init(given.root, io, given.ci);
  }
}

/** Runs a command and says on `io` what it has to say; what it writes to files is the only other effect. */
export function run(args: readonly string[], io: Io): ExitStatus {
  return guarded(io, () => {
    const given = coded('usage', () => readArguments(args, io.resolve, pageOf(io)));
    if (given.command === 'say') {
      io.stdout.write(given.text);
      return 0;
    }
    const place = given.mayBeAbove && given.command !== 'rules' ? LOADED.above().inProject(given, io) : given;
    const { color, quiet } = given;
    const spoken = (stream: Stream) => inManner(stream, { color, quiet });
    return perform(place, { ...io, stdout: spoken(io.stdout), stderr: spoken(io.stderr) });
  });
}
