// Objects of the engines that install Liqo's chart, and the values that they give it as far as manifests tell.
// Sources: argo-cd, Application spec.source.helm (parameters before valuesObject before values); helm-controller, HelmRelease
// spec.chart, spec.chartRef and spec.values; deployments/liqo of Liqo.
import { InputError } from '../input/error';
import {
  groupOf,
  isObject,
  stringsAt,
  valueAt,
  type Json,
  type JsonObject,
  type Manifest,
} from '../manifests/manifest';
import { documentValue, parseDocuments } from '../manifests/read';

const CHART = 'liqo';

const listOf = (value: Json | undefined): readonly Json[] => (Array.isArray(value) ? (value as Json[]) : []);

export const isApplication = ({ apiVersion, kind }: Manifest) =>
  kind === 'Application' && groupOf(apiVersion) === 'argoproj.io';
export const isHelmRelease = ({ apiVersion, kind }: Manifest) =>
  kind === 'HelmRelease' && groupOf(apiVersion) === 'helm.toolkit.fluxcd.io';

/** The sources of an Application that are Liqo's chart, from a Helm repository or from Git. */
function chartSources({ body }: Manifest): JsonObject[] {
  const sources = [valueAt(body, 'spec', 'source') ?? null, ...listOf(valueAt(body, 'spec', 'sources'))];
  return sources.filter(isObject).filter((source) => {
    const text = stringsAt(source);
    const fromGit = /[/:]liqotech\/liqo(\.git)?$/.test(text.get('repoURL') ?? '');
    return (
      text.get('chart') === CHART || (fromGit && /(^|\/)deployments\/liqo\/?$/.test(text.get('path') ?? ''))
    );
  });
}

function isChartOfRelease({ body }: Manifest): boolean {
  const chart = stringsAt(body, 'spec', 'chart', 'spec').get('chart') ?? '';
  return /^(.*\/)?liqo\/?$/.test(chart) || stringsAt(body, 'spec', 'chartRef').get('name') === CHART;
}

/** Whether an object installs Liqo. */
export const installsLiqo = (one: Manifest): boolean =>
  (isApplication(one) && chartSources(one).length > 0) || (isHelmRelease(one) && isChartOfRelease(one));

/** Values that stand in a text; none where it cannot be read. */
function parsed(text: Json | undefined): Json | undefined {
  if (typeof text !== 'string') return undefined;
  try {
    const [document] = parseDocuments('values', text);
    return document && documentValue('values', document);
  } catch (thrown) {
    if (thrown instanceof InputError) return undefined;
    throw thrown;
  }
}

function valueOf(source: JsonObject, path: readonly string[]): Json | undefined {
  const parameter = listOf(valueAt(source, 'helm', 'parameters'))
    .map((one) => stringsAt(one))
    .findLast((one) => one.get('name') === path.join('.'));
  return (
    parameter?.get('value') ??
    valueAt(source, 'helm', 'valuesObject', ...path) ??
    valueAt(parsed(valueAt(source, 'helm', 'values')), ...path)
  );
}

/** The text that an object gives the chart under a path of its values, undefined where it gives none. */
export function chartValue(one: Manifest, ...path: readonly string[]): string | undefined {
  const values = isApplication(one)
    ? chartSources(one).map((source) => valueOf(source, path))
    : [valueAt(one.body, 'spec', 'values', ...path)];
  const value = values.find((found) => typeof found === 'string' && found !== '');
  return typeof value === 'string' ? value : undefined;
}
