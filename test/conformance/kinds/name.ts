import {
  dnsLabelProblem,
  dnsSubdomainProblem,
  labelKeyProblem,
  labelValueProblem,
} from '../../../lib/selector/labels';
import { name as draw } from '../generate/names';
import type { Kind } from './kind';

export const name: Kind<string> = {
  name: 'name',
  what: 'What a text may be: label key, label value, DNS-1123 label, DNS-1123 subdomain',
  ours: 'lib/selector/labels.ts',
  upstream: 'apimachinery `util/validation`',
  draw,
  say: (text) => ({
    labelKey: labelKeyProblem(text) === undefined,
    labelValue: labelValueProblem(text) === undefined,
    dnsLabel: dnsLabelProblem(text) === undefined,
    dnsSubdomain: dnsSubdomainProblem(text) === undefined,
  }),
};
