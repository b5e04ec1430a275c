// The formats by name, for findings and for a plan: a new one is a file of its own and one line here.
import { jsonReport } from './json';
import { planJson } from './plan-json';
import { planMarkdown } from './plan-markdown';
import { planText } from './plan-text';
import type { Format } from './report';
import { textReport } from './text';

/** Of synth and check. */
export const FORMATS = { text: textReport, json: jsonReport } as const satisfies Record<string, Format>;
export type FormatName = keyof typeof FORMATS;

/** Of plan. */
export const PLAN_FORMATS = {
  text: planText,
  json: planJson,
  markdown: planMarkdown,
} as const satisfies Record<string, Format>;
export type PlanFormatName = keyof typeof PLAN_FORMATS;

/** Whether a table of formats has one of that name. */
export function isFormat<T extends Record<string, Format>>(
  formats: T,
  name: string,
): name is keyof T & string {
  return Object.hasOwn(formats, name);
}
