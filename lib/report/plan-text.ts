// The plan for people, in the manner of `terraform plan`: what comes, changes and goes, and what is deleted for good.
import { createColors } from 'picocolors';
import { summarize, type Finding } from '../judge/finding';
import { groupBy } from '../manifests/group';
import type { Json } from '../manifests/manifest';
import type { FieldChange } from '../plan/differences';
import { reachText } from '../plan/effects';
import type { NamespacePlan, ObjectPlan, Plan } from '../plan/plan';
import { toldOf } from './findings';
import type { Look, Report } from './report';
import { ruleLink } from './rule-url';
import { count, few, printable, wrap } from './terminal';

type Colors = ReturnType<typeof createColors>;
type Mark = NamespacePlan['action'] | ObjectPlan['action'];

const SIGN: Readonly<Record<Mark, string>> = {
  create: '  +',
  update: '  ~',
  replace: '-/+',
  delete: '  -',
  keep: '  =',
  none: '   ',
};

function painted(action: Mark, colors: Colors): string {
  const paint = {
    create: colors.green,
    update: colors.yellow,
    replace: colors.red,
    delete: colors.red,
    keep: colors.cyan,
    none: (text: string) => text,
  }[action];
  return paint(SIGN[action]);
}

const PLAIN = /^[\w./:=!<>,() -]+$/;

/** A value as it would be written; text that could be taken for something else stands in quotes. */
function shown(value: Json | undefined): string {
  if (value === undefined) return '(none)';
  return typeof value === 'string' && PLAIN.test(value) ? value : JSON.stringify(value);
}

/** Columns before the fields of an object. */
const INDENT = ' '.repeat(10);

function fieldLines(
  { field, old, new: now, replaces }: FieldChange,
  created: boolean,
  width: number,
): string[] {
  const name = field.replace(/^(spec|metadata)\./, '');
  const why = replaces === true ? '  (immutable)' : '';
  if (created) return [wrap(`${name}: ${shown(now)}`, width, INDENT)];
  const line = `${INDENT}${printable(name)}: ${printable(`${shown(old)} -> ${shown(now)}`)}${why}`;
  if (line.length <= width) return [line];
  return [
    `${INDENT}${printable(name)}:${why}`,
    wrap(shown(old), width, `${INDENT}     `),
    wrap(`-> ${shown(now)}`, width, `${INDENT}  `),
  ];
}

/** How many fields of one object are shown: a Deployment can have hundreds. */
const FIELDS = 12;

function objectLines(object: ObjectPlan, { width }: Look, colors: Colors): string[] {
  const { action, kind, name, fields } = object;
  const more = fields.length - FIELDS;
  const kept =
    action === 'keep'
      ? [wrap('is removed from Git but stays in the cluster: pruning is disabled on it', width, INDENT)]
      : [];
  return [
    `  ${painted(action, colors)} ${printable(`${kind} ${name || '(no name)'}`)}`,
    ...kept,
    ...fields.slice(0, FIELDS).flatMap((one) => fieldLines(one, action === 'create', width)),
    ...(more > 0 ? [`${INDENT}and ${count(more, 'more field')}`] : []),
  ];
}

/** How many clusters a namespace gains and loses, and what follows. */
function effectLines(plan: NamespacePlan, { width }: Look, colors: Colors): string[] {
  const { gained, lost, twin, pods, deleted } = plan;
  const called = twin === undefined ? '' : `, as '${twin}'`;
  const indent = ' '.repeat(4);
  return [
    ...(gained === undefined
      ? []
      : [
          colors.green(
            wrap(
              `gains ${reachText(gained)}${called}; Liqo copies Secrets and ConfigMaps there`,
              width,
              indent,
            ),
          ),
        ]),
    ...(lost === undefined ? [] : [colors.red(wrap(`loses ${reachText(lost)}`, width, indent))]),
    ...(pods === undefined ? [] : [wrap(pods, width, indent)]),
    ...deleted.map((one) => colors.red(wrap(`Deleted for good: ${one}.`, width, indent))),
  ];
}

const replaced = ({ action }: NamespacePlan) => action === 'replace';
const deleted = (plan: NamespacePlan) => plan.deleted.length > 0;

/** Rules whose findings say again what the plan says, where it does. */
const TOLD: Readonly<Record<string, (plan: NamespacePlan) => boolean>> = {
  'mapping-strategy-immutable': replaced,
  'remote-name-immutable': replaced,
  'runtime-class-handler-immutable': replaced,
  'namespace-removed': deleted,
  unoffload: deleted,
  'clusters-deselected': ({ lost }) => lost !== undefined,
  'clusters-selected': ({ gained }) => gained !== undefined,
  'pod-strategy-restricted': ({ action }) => action === 'update',
  orphaned: ({ objects }) => objects.some(({ action }) => action === 'keep'),
};

/** Findings of one rule: the message of the first, and how many more there are. */
function findingLines(
  [first, ...others]: readonly Finding[],
  plan: NamespacePlan,
  look: Look,
  colors: Colors,
): string[] {
  if (first === undefined) return [];
  const { severity, approved, rule, message } = first;
  const paint = { error: colors.red, warning: colors.yellow, info: colors.cyan }[severity];
  const more = others.length === 0 ? '' : ` (and ${others.length} more)`;
  const text =
    approved === undefined
      ? TOLD[rule]?.(plan) === true
        ? undefined
        : message + more
      : `Approved: ${approved}`;
  return [
    `    ${paint(approved === undefined ? severity : 'approved')} ${ruleLink(rule, colors.bold(rule), look)}`,
    ...(text === undefined ? [] : [wrap(text, look.width, ' '.repeat(6))]),
  ];
}

/** What is planned for a namespace, without its name and that of its twin. */
function signOf(plan: NamespacePlan): string {
  const findings = plan.findings.map(({ rule, severity, approved, message }) => ({
    rule,
    severity,
    approved,
    message,
  }));
  const text = JSON.stringify({ ...plan, findings });
  const quoted = ['"', "'"].flatMap((quote) => [quote, '-'].map((end) => [quote, end] as const));
  return quoted.reduce(
    (left, [quote, end]) => left.replaceAll(`${quote}${plan.namespace}${end}`, `${quote}…${end}`),
    text,
  );
}

/** Those for which the same is planned, in the order of the first. */
const alikeIn = ({ namespaces }: Plan) => [...groupBy(namespaces, signOf).values()];

/** How many other namespaces are named for which the same is planned. */
const NAMED = 100;

function groupText([plan, ...others]: readonly NamespacePlan[], look: Look, colors: Colors): string {
  if (plan === undefined) return '';
  const title = plan.namespace === '' ? 'whole cluster' : plan.namespace;
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  const names = few(
    others.map(({ namespace }) => namespace),
    NAMED,
  );
  const findings = [...groupBy(plan.findings, ({ rule, severity }) => `${severity} ${rule}`).values()];
  return [
    `${painted(plan.action, colors)} ${colors.bold(printable(title + more))}`,
    ...(names === '' ? [] : [wrap(`the same in ${names}`, look.width, ' '.repeat(4))]),
    ...plan.objects.flatMap((one) => objectLines(one, look, colors)),
    ...effectLines(plan, look, colors),
    ...findings.flatMap((all) => findingLines(all, plan, look, colors)),
    '',
  ].join('\n');
}

/** `Plan: 1 namespace to create, 2 to change, 0 to replace, 1 to delete, 9,996 unchanged.` */
export function summaryText({ summary }: Plan): string {
  const { create, update, replace, delete: gone, unchanged } = summary;
  const number = (value: number) => value.toLocaleString('en-US');
  const parts = [
    `${number(create)} to create`,
    `${number(update)} to change`,
    ...(replace > 0 ? [`${number(replace)} refused by the cluster`] : []),
    `${number(gone)} to delete`,
    `${number(unchanged)} unchanged`,
  ];
  return `Plan for namespaces: ${parts.join(', ')}.`;
}

/** What the judge says of it all. */
export function outcomeText(report: Report): string {
  const { errors } = report.verdict.summary;
  const { warnings } = summarize(toldOf(report).shown);
  const counts = `${count(errors, 'error')}, ${count(warnings, 'warning')}`;
  return errors > 0 ? `rejected: ${counts}; run check to see what to do` : `passed: ${counts}`;
}

/** What dist does not have yet, and how it gets it; undefined where it has all. */
export function staleText({ stale, verdict }: Report): string | undefined {
  if (stale.length === 0) return undefined;
  return verdict.summary.errors > 0
    ? 'dist/ does not have this yet, and synth refuses to write it.'
    : 'dist/ does not have this yet: npx cdk8s-liqo synth';
}

export function planText(report: Report, look: Look): string {
  const colors = createColors(look.color);
  const plan = report.plan();
  const paint = report.verdict.summary.errors > 0 ? colors.red : colors.green;
  return [
    ...alikeIn(plan).map((group) => groupText(group, look, colors)),
    wrap(summaryText(plan), look.width, ''),
    wrap(`Compared with ${report.baseline.description}.`, look.width, ''),
    paint(outcomeText(report)),
    ...[staleText(report)].filter((one) => one !== undefined),
    '',
  ].join('\n');
}
