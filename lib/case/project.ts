// What a project's configs and its dist give, before anybody judges it.
import { join } from 'node:path';
import { withManifests, type Compiled } from '../compile/compiled';
import { hasConfig } from '../config/files';
import { InputError } from '../input/error';
import { checkSeverities } from '../judge/severities';
import { State } from '../judge/state';
import { readDist, type DistOnDisk } from '../manifests/dist';
import { EngineView } from '../manifests/engines/engine-view';
import { readFolder } from '../manifests/engines/read-folder';
import { kindOnDisk } from '../manifests/folder';
import { Repository } from '../manifests/git';
import { KnownTexts } from '../manifests/known';
import type { Manifest } from '../manifests/manifest';
import { decode, readManifests, type Content } from '../manifests/read';
import { workTree, type Checkout } from './checkout';
import type { Configs } from './configs-request';
import { withPodsOf } from './declared-pods';
import { readConfigs } from './read-configs';

/** Says what is being done, for the progress line. */
export type SayStage = (stage: string) => void;

export interface Project extends Content {
  readonly config: Omit<Configs, 'compiled'>;
  readonly known: KnownTexts;
  readonly compiled: Compiled;
  readonly disk: DistOnDisk;
  /** What was compiled, and what is in the files of dist that are not ours. */
  readonly manifests: readonly Manifest[];
}

/** Every file that is ours to write. */
export const published = ({ files, beside }: Compiled): ReadonlyMap<string, string> =>
  beside.size === 0 ? files : new Map([...files, ...beside]);

/**
 * @param checkout where it lies
 * @param home absolute path of the project that packages are found from
 * @param isApart whether its configs run in a thread of their own
 * @throws InputError where anything cannot be read for certain
 */
export function readProject(
  { root, top, prefix }: Checkout,
  home: string,
  say: SayStage,
  isApart = false,
): Project {
  say('loading and compiling the configs');
  const request = { root, home, boundary: top, prefix, what: 'everything' } as const;
  const { compiled: files, ...config } = readConfigs(request, isApart);
  checkSeverities(config.cluster.severities ?? {}, config.clusterFile);
  const known = new KnownTexts();
  const compiled = withManifests(files, { prefix, known });
  say('reading dist');
  const disk = readDist(root);
  const foreign = [...disk.foreign].map(([path, content]) => ({
    path: prefix + path,
    text: decode(prefix + path, content),
  }));
  const view = new EngineView({ folder: `${prefix}dist` });
  const { manifests, strays, unread = [] } = readFolder(foreign, view, known);
  if (unread.length > 0) throw new InputError(unread.flatMap(({ error }) => error.problems));
  return { config, known, compiled, disk, strays, manifests: [...compiled.manifests, ...manifests] };
}

export interface StateRequest {
  /** Absolute path of the project. */
  readonly root: string;
  readonly progress: SayStage;
  /** Whether configs run in a thread of their own. */
  readonly isApart?: boolean;
}

/**
 * What would be deployed, without a baseline: what config/ gives with the files of dist that are not ours, or dist as it
 * lies there where there is no config.
 * @throws InputError where anything cannot be read for certain, or there is neither
 */
export function newState({ root, progress, isApart }: StateRequest) {
  const here = workTree(root, Repository.around(root));
  const { prefix } = here;
  if (hasConfig(root) || kindOnDisk(join(root, 'dist')) === undefined) {
    const { config, manifests } = readProject(here, root, progress, isApart);
    return { state: withPodsOf(config.cluster, new State(manifests)), config, prefix };
  }
  const { ours, foreign } = readDist(root);
  const manifests = [...ours, ...foreign].flatMap(([path, content]) =>
    readManifests(prefix + path, decode(prefix + path, content)),
  );
  return { state: new State(manifests), config: undefined, prefix };
}
