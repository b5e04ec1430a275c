// The formats by name: a new one is a file of its own and one line here.
import { jsonReport } from './json';
import type { Format } from './report';
import { textReport } from './text';

export const FORMATS = { text: textReport, json: jsonReport } as const satisfies Record<string, Format>;
export type FormatName = keyof typeof FORMATS;

export function isFormat(name: string): name is FormatName {
  return Object.hasOwn(FORMATS, name);
}
