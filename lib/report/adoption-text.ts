// What `import` says of namespaces: what was written, what was not and why, and where a config says something else than what
// it was made from.
import type { Adoption } from '../adopt/adopt';
import type { Difference } from '../adopt/compare';
import { groupBy } from '../manifests/group';
import type { Json } from '../manifests/manifest';
import type { Look } from './report';
import { count, wrap, few } from './terminal';

export interface AdoptionReport {
  readonly adoption: Adoption;
  readonly differences: readonly Difference[];
  /** A kustomization among what was read. */
  readonly kustomization?: string;
}

/** Of files and names, in one list. */
const MOST = 20;
/** Of namespaces that got no config, each with its reasons. */
const MOST_REFUSED = 50;

/** A heading and what belongs to it; nothing where there is nothing. */
type Section = readonly string[];

const names = (all: readonly { readonly name: string }[]) =>
  few(
    all.map(({ name }) => name),
    MOST,
  );

function writtenSection({ adopted }: Adoption, width: number): Section {
  const alone = adopted.filter(({ managed }) => !managed);
  const of = adopted.slice(0, MOST).map(({ file }) => wrap(file, width, '  '));
  const more = adopted.length - of.length;
  return [
    wrap(
      `${count(adopted.length, 'namespace')} imported, ${count(adopted.length, 'config')} written`,
      width,
      '',
    ),
    ...of,
    ...(more > 0 ? [`  and ${more} more`] : []),
    ...(alone.length === 0
      ? []
      : [
          wrap(
            `${alone.length} without ${alone.length === 1 ? 'its' : 'their'} Namespace (manageNamespace: false): ${names(alone)}`,
            width,
            '',
          ),
        ]),
  ];
}

function refusedSection({ refused }: Adoption, width: number): Section {
  if (refused.length === 0) return [];
  const shown = refused
    .slice(0, MOST_REFUSED)
    .flatMap(({ name, reasons, source }) => [
      wrap(`${name || 'without a name'} (${source})`, width, '  '),
      ...reasons.map((reason) => wrap(reason, width, '    ')),
    ]);
  const more = refused.length - MOST_REFUSED;
  return [
    '',
    wrap(`Not imported: ${refused.length}`, width, ''),
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
    wrap(
      'Fix these objects and import again, or put their manifests into dist/ as they are: the judge reads those too.',
      width,
      '',
    ),
  ];
}

const valueText = (value: Json | undefined) => {
  const text = value === undefined ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 197)}...` : text;
};

function differenceSection(differences: readonly Difference[], width: number): Section {
  if (differences.length === 0) return [];
  const same = groupBy(differences, (one) => JSON.stringify([one.kind, one.field, one.old, one.new]));
  const shown = [...same.values()].slice(0, MOST_REFUSED).flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const { kind, field } = first;
    return [
      wrap(`${kind} ${field}: ${valueText(first.old)} -> ${valueText(first.new)}`, width, '  '),
      wrap(`in ${few([...new Set(all.map(({ namespace }) => namespace))], MOST)}`, width, '    '),
    ];
  });
  const more = same.size - MOST_REFUSED;
  return [
    '',
    wrap(`Imported with a difference between the object and its config: ${same.size}`, width, ''),
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

function presentSection({ present }: Adoption, width: number): Section {
  if (present.length === 0) return [];
  const shown = present.slice(0, MOST).map(({ name, file }) => wrap(`${name} in ${file}`, width, '  '));
  const more = present.length - shown.length;
  return [
    '',
    wrap(`Already declared, left as they are: ${present.length}`, width, ''),
    ...shown,
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}

/** Who would go on applying, or deleting, what the configs now declare. */
function ownersNote({ dropped }: Adoption): string[] {
  const owners = [...new Set(dropped.map(({ writer }) => writer))];
  const others = owners.filter((one) => one === 'Argo CD' || one === 'Flux' || one === 'Helm');
  if (others.length === 0) return [];
  return [
    `Some of these objects belong to ${others.join(' and ')} now. Make sure that it does not delete them when you remove them from its source: docs/adoption.md, Handing over.`,
  ];
}

function notes({ adoption, kustomization }: AdoptionReport): string[] {
  const { dropped, instanceLabelled, notOffloaded, twins, left } = adoption;
  const engines = dropped.filter(({ writer }) => writer !== 'Kubernetes' && writer !== 'kubectl');
  const kinds = [...left].filter(([kind]) => kind !== 'VirtualNode' && kind !== 'Node');
  return [
    ...(engines.length === 0
      ? []
      : [
          `Left out, because engines write it: ${engines.map((one) => `${one.key} (${one.count})`).join(', ')}.`,
        ]),
    ...ownersNote(adoption),
    ...(instanceLabelled.length === 0
      ? []
      : [
          `The label app.kubernetes.io/instance was kept: ${few(instanceLabelled, MOST)}. Argo CD before 3.0 tracks objects by it; if it comes from Argo CD, remove it.`,
        ]),
    ...(kustomization === undefined
      ? []
      : [
          `${kustomization} changes these manifests before they are applied. Import the output of kubectl kustomize instead.`,
        ]),
    ...(notOffloaded === 0
      ? []
      : [`Left out, because not offloaded: ${count(notOffloaded, 'namespace')} of the cluster.`]),
    ...(twins === 0 ? [] : [`Left out, because twin namespaces of other consumers: ${twins}.`]),
    ...(kinds.length === 0
      ? []
      : [
          `Not imported: ${few(
            kinds.map(([kind, number]) => `${number} ${kind}`),
            MOST,
          )}. To add manifests to a config, use include: docs/workloads.md.`,
        ]),
    ...(left.has('RuntimeClass')
      ? ["Declare Liqo's RuntimeClass with runtimeClass in config/cluster.ts: docs/config.md."]
      : []),
  ];
}

export function adoptionText(report: AdoptionReport, { width }: Look): string {
  const { adoption, differences } = report;
  const said = notes(report);
  return `${[
    ...writtenSection(adoption, width),
    ...refusedSection(adoption, width),
    ...differenceSection(differences, width),
    ...presentSection(adoption, width),
    ...(said.length === 0 ? [] : ['', ...said.map((note) => wrap(note, width, ''))]),
  ].join('\n')}\n`;
}
