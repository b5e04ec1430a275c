// What Kubernetes accepts as a label key and a label value, with the reason where it does not.
// Source: apimachinery, pkg/util/validation/validation.go.

const NAME = /^[A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const DNS_LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** Why `name` is no DNS-1123 label (at most 63 characters of a-z, 0-9 and `-`), or undefined where it is one. */
export function dnsLabelProblem(name: string): string | undefined {
  if (name.length > 63) return `has ${name.length} characters, at most 63 are allowed`;
  return DNS_LABEL.test(name)
    ? undefined
    : "is not a DNS-1123 label: lower-case letters, digits and '-', with a letter or digit at both ends";
}

/** Why `name` is no DNS-1123 subdomain (labels joined by dots, at most 253 characters), or undefined. */
export function dnsSubdomainProblem(name: string): string | undefined {
  if (name.length > 253) return `has ${name.length} characters, at most 253 are allowed`;
  return SUBDOMAIN.test(name)
    ? undefined
    : "is not a DNS-1123 subdomain: lower-case letters, digits, '-' and '.', with a letter or digit at both ends of each part";
}

/** Why `key` is no label key (`name` or `prefix/name`), or undefined where it is one. */
export function labelKeyProblem(key: string): string | undefined {
  const parts = key.split('/');
  if (parts.length > 2) return "has more than one '/'";
  const name = parts.pop() ?? '';
  const prefix = parts.pop();
  if (prefix !== undefined) {
    if (prefix === '') return "has an empty prefix before '/'";
    const problem = dnsSubdomainProblem(prefix);
    if (problem !== undefined) return `has a prefix that ${problem}`;
  }
  if (name === '') return 'is empty';
  if (name.length > 63) return `has a name of ${name.length} characters, at most 63 are allowed`;
  return NAME.test(name)
    ? undefined
    : "must consist of letters, digits, '-', '_' and '.', with a letter or digit at both ends";
}

/** Why `value` is no label value (at most 63 characters, may be empty), or undefined where it is one. */
export function labelValueProblem(value: string): string | undefined {
  if (value.length > 63) return `has ${value.length} characters, at most 63 are allowed`;
  return value === '' || NAME.test(value)
    ? undefined
    : "must consist of letters, digits, '-', '_' and '.', with a letter or digit at both ends";
}
