// The plain scalars that go-yaml 2 takes for numbers (resolve.go), as tags for the YAML library.
import type { ScalarTag, Tags } from 'yaml';

const INTEGER = /^([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[1-9][0-9]*|0)$/;
const FLOAT = /^[+-]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][+-]?[0-9]+)?$/;

/** Whether a text reads as an integer, of whatever size. */
export const isInteger = (text: string): boolean => INTEGER.test(text.replaceAll('_', ''));

/** What go-yaml takes for a number: `012` is octal, `1_0` is ten, but `e6`, `1:30` and `._5` are text. */
function number(text: string): number | undefined {
  const plain = text
    .replace(text.startsWith('.') ? /(?<=[0-9])_(?=[0-9])/g : /_/g, '')
    .replace(/^0b([+-])/, '$10b'); // the sign may follow the prefix
  const [, sign = '', digits = ''] = INTEGER.exec(plain) ?? [];
  if (digits !== '') {
    const value = Number(/^0[0-7]/.test(digits) ? `0o${digits}` : digits);
    return sign === '-' ? -value : value;
  }
  const value = FLOAT.test(plain) ? Number(plain) : NaN;
  return Number.isFinite(value) ? value : undefined;
}

function numberTag(name: 'int' | 'float', test: RegExp): ScalarTag {
  return {
    tag: `tag:yaml.org,2002:${name}`,
    default: true,
    test,
    resolve(text, onError) {
      if (/^[+-]?\.(inf|nan)$/i.test(text)) onError('Kubernetes has no such number');
      return number(text) ?? text;
    },
  };
}

/** go-yaml has rules of its own for numbers, reads dates as strings, and Kubernetes has no use for the other types. */
const FOREIGN_TAGS = /:(int|float|timestamp|binary|set|omap|pairs)$/;
export function goTags(tags: Tags): Tags {
  const kept = tags.filter((tag) => typeof tag === 'string' || !FOREIGN_TAGS.test(tag.tag));
  return [...kept, numberTag('int', /^[-+0-9]/), numberTag('float', /^\./)];
}
