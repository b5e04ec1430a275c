// The names of the formats, for a command line that has not loaded any of them.

/** Of synth and check. */
export const FORMAT_NAMES = ['text', 'json', 'markdown', 'github', 'sarif', 'junit'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** Of plan. */
export const PLAN_FORMAT_NAMES = ['text', 'json', 'markdown'] as const;
export type PlanFormatName = (typeof PLAN_FORMAT_NAMES)[number];

/** Of explain. */
export const EXPLAIN_FORMAT_NAMES = ['text', 'json', 'markdown'] as const;
export type ExplainFormatName = (typeof EXPLAIN_FORMAT_NAMES)[number];

/** Of import --check. */
export const DRIFT_FORMAT_NAMES = ['text', 'json'] as const;
export type DriftFormatName = (typeof DRIFT_FORMAT_NAMES)[number];

/** Of status. */
export const STATUS_FORMAT_NAMES = ['text', 'json'] as const;
export type StatusFormatName = (typeof STATUS_FORMAT_NAMES)[number];

/** Of print. */
export const PRINT_FORMAT_NAMES = ['yaml', 'json'] as const;
export type PrintFormatName = (typeof PRINT_FORMAT_NAMES)[number];

/** Of rules. */
export const RULES_FORMAT_NAMES = ['text', 'json'] as const;
export type RulesFormatName = (typeof RULES_FORMAT_NAMES)[number];
