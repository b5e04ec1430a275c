// All configs in one bundle: esbuild reads ten thousand files in the time a TypeScript loader takes for a hundred.
// Each file is evaluated by itself, so that an error has an owner, and every trace is mapped back to the .ts lines.
import { buildSync, type Message, type Metafile } from 'esbuild';
import { createRequire, SourceMap } from 'node:module';
import { join } from 'node:path';
import { compileFunction } from 'node:vm';
import { InputError, isError, messageOf, type InputProblem } from '../input/error';
import { importsOf } from './imports';

const BUNDLE = 'cdk8s-liqo-configs.js';
/** Configs see the library that loads them, never a second one. */
const LIBRARY = 'cdk8s-liqo';

/** One evaluated file: what it exports by default, or why it could not be evaluated. */
export type Evaluated = { readonly value: unknown } | { readonly problem: InputProblem };

export interface Bundle {
  /** Evaluates a file that was bundled; each only once. */
  readonly evaluate: (file: string) => Evaluated;
  /** The files that some of them are made of: these and all that they import, from the project's folder. */
  readonly importsOf: (files: readonly string[]) => readonly string[];
  /** Runs a function that a config holds; what it throws becomes an InputError with the config's lines. */
  readonly run: <T>(file: string, what: string, call: () => T) => T;
}

type EvaluateAll = (exports: object, require: (id: string) => unknown, module: object) => void;

class ConfigExit extends Error {}

/**
 * Bundles configs.
 * @param root absolute path of the project
 * @param files paths relative to it, with `/`
 * @param library what `import … from 'cdk8s-liqo'` gives inside a config
 * @param home absolute path of the project that packages are found from
 * @throws InputError for syntax errors and unresolved relative imports, all of them
 */
export function bundleConfigs(root: string, files: readonly string[], library: object, home = root): Bundle {
  const entry = files.map(
    (file) => `exports[${JSON.stringify(file)}] = () => require(${JSON.stringify(`./${file}`)});`,
  );
  const contents = entry.join('\n');
  const { code, metafile } = build(root, contents, false);
  const filename = join(root, BUNDLE);
  const fromRoot = createRequire(join(home, 'package.json'));
  const require = (id: string): unknown => (id === LIBRARY ? library : (fromRoot(id) as unknown));
  const exported: Record<string, () => unknown> = {};
  const traces = new Traces(filename, () => build(root, contents, 'external').map);
  const evaluateAll = compileFunction(code, ['exports', 'require', 'module'], { filename }) as EvaluateAll;
  evaluateAll(exported, require, { exports: exported });
  return {
    evaluate(file) {
      try {
        const module = guarded(() => exported[file]?.());
        return { value: defaultOf(module) };
      } catch (thrown) {
        return { problem: traces.problem(file, 'the config', thrown) };
      }
    },
    importsOf: (some) => importsOf(metafile, some, new Set([LIBRARY])),
    run(file, what, call) {
      try {
        return guarded(call);
      } catch (thrown) {
        throw new InputError(traces.problem(file, what, thrown));
      }
    },
  };
}

interface Built {
  readonly code: string;
  readonly map: string;
  readonly metafile: Metafile;
}

function build(root: string, contents: string, sourcemap: false | 'external'): Built {
  try {
    const { outputFiles, metafile } = buildSync({
      stdin: { contents, resolveDir: root, sourcefile: BUNDLE },
      absWorkingDir: root,
      outfile: join(root, BUNDLE),
      bundle: true,
      metafile: true,
      write: false,
      platform: 'node',
      format: 'cjs',
      target: 'node20',
      packages: 'external',
      external: [LIBRARY],
      sourcemap,
      sourcesContent: false,
      logLevel: 'silent',
      logLimit: 20,
    });
    const text = (suffix: string) => outputFiles.find(({ path }) => path.endsWith(suffix))?.text ?? '';
    return { code: text('.js'), map: text('.map'), metafile };
  } catch (thrown) {
    const messages = isError(thrown) && 'errors' in thrown ? (thrown.errors as Message[]) : [];
    if (messages.length === 0) throw thrown;
    throw new InputError(messages.map(fromEsbuild));
  }
}

function fromEsbuild({ text, location }: Message): InputProblem {
  if (location === null) return { message: text };
  const { file, line, column, lineText } = location;
  const caret = `${' '.repeat(column)}^`;
  const excerpt = lineText.length <= 100 ? `${lineText}\n${caret}` : undefined;
  return { message: text, file, line, column: column + 1, excerpt };
}

/** What a module exports by default; CommonJS exports itself, and an empty module nothing. */
function defaultOf(module: unknown): unknown {
  if (typeof module !== 'object' || module === null) return module;
  if ('__esModule' in module) return 'default' in module ? module.default : undefined;
  return Object.keys(module).length === 0 ? undefined : module;
}

/** Events on which a config that was read could still change our exit status. */
const EXITS = ['exit', 'beforeExit'] as const;

/**
 * Runs a config's code: process.exit does not end us, what it prints does not end up among our findings, and it leaves
 * no listener behind that could turn a rejection into a success.
 */
function guarded<T>(call: () => T): T {
  const listening = EXITS.map((event) => [event, process.rawListeners(event)] as const);
  const exit = process.exit.bind(process);
  const reallyExit: unknown = Reflect.get(process, 'reallyExit'); // what process.exit ends the process with
  const write = process.stdout.write.bind(process.stdout);
  const exits: ConfigExit[] = [];
  const leave: typeof exit = (code) => {
    const attempt = new ConfigExit(`it calls process.exit(${code ?? ''})`);
    exits.push(attempt);
    throw attempt;
  };
  process.exit = leave;
  Reflect.set(process, 'reallyExit', leave);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  try {
    const result = call();
    const [swallowed] = exits; // a config may catch what process.exit throws
    if (swallowed !== undefined) throw swallowed;
    return result;
  } finally {
    process.exit = exit;
    Reflect.set(process, 'reallyExit', reallyExit);
    process.stdout.write = write;
    for (const [event, before] of listening) {
      for (const added of process.rawListeners(event).filter((one) => !before.includes(one)))
        process.removeListener(event, added as () => void);
    }
  }
}

/** What is thrown comes from a config and can be anything. */
function stackOf(thrown: unknown): string {
  try {
    const stack: unknown = isError(thrown) ? thrown.stack : '';
    return typeof stack === 'string' ? stack : '';
  } catch {
    return '';
  }
}

interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Maps traces back to configs. The map takes as long as the bundle, so it is made for the first error only. */
class Traces {
  private parsed: SourceMap | undefined;

  constructor(
    private readonly filename: string,
    private readonly map: () => string,
  ) {}

  problem(file: string, what: string, thrown: unknown): InputProblem {
    const positions = this.positions(thrown);
    const [at] = positions;
    const message =
      thrown instanceof ConfigExit
        ? `${what} ends the process: ${thrown.message}`
        : `${what} throws: ${messageOf(thrown).split('\nRequire stack:')[0] ?? ''}`;
    const trace = positions.slice(0, 5).map((one) => `at ${one.file}:${one.line}:${one.column}`);
    return {
      message,
      file: at?.file ?? file,
      line: at?.line,
      column: at?.column,
      excerpt: trace.length > 1 ? trace.join('\n') : undefined,
      remedy: at === undefined || at.file === file ? undefined : `it was called while ${file} was loaded`,
    };
  }

  /** The lines of configs in a stack, innermost first. */
  private positions(thrown: unknown): Position[] {
    return stackOf(thrown)
      .split('\n')
      .flatMap((frame) => {
        const start = frame.indexOf(`${this.filename}:`);
        const [line, column] =
          start < 0
            ? []
            : frame
                .slice(start + this.filename.length + 1)
                .split(/[:)]/)
                .map(Number);
        return line === undefined || column === undefined ? [] : this.original(line, column);
      });
  }

  private original(line: number, column: number): Position[] {
    this.parsed ??= new SourceMap(JSON.parse(this.map()) as ConstructorParameters<typeof SourceMap>[0]);
    const entry = this.parsed.findEntry(line - 1, column - 1);
    if (!('originalSource' in entry) || entry.originalSource === BUNDLE) return [];
    return [{ file: entry.originalSource, line: entry.originalLine + 1, column: entry.originalColumn + 1 }];
  }
}
