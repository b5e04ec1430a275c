// The schema of SARIF 2.1.0 that OASIS publishes, as Microsoft ships it.
import Ajv from 'ajv-draft-04';
import { readFileSync } from 'node:fs';

const schema = JSON.parse(
  readFileSync(require.resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'),
) as object;

/** RFC 3986: the characters that a reference may hold, and every `%` before two digits. */
const REFERENCE = /^(?:[\w.~!$&'()*+,;=:@/?#-]|%[0-9A-Fa-f]{2})*$/;
export const validate = new Ajv({
  strict: false,
  unicodeRegExp: false, // the schema has a pattern that is none in Unicode mode
  allErrors: true,
  formats: { uri: (text: string) => URL.canParse(text), 'uri-reference': REFERENCE, 'date-time': true },
}).compile(schema);
