// Kubernetes' label-selector syntax, read as labels.Parse of apimachinery (pkg/labels/selector.go) reads it:
//
//   selector    ::= "" | requirement { "," requirement }
//   requirement ::= KEY | "!" KEY | KEY op VALUE | KEY ("in" | "notin") "(" values ")"
//   op          ::= "=" | "==" | "!=" | ">" | "<"
//   values      ::= [ VALUE ] { "," [ VALUE ] }
//
// "in" and "notin" are words like any other where a key or a value stands. White space is space, tab, CR, LF.
import { requirementProblem, type Operator, type Requirement } from './term';

/** A selector that cannot be read: what is wrong, at which column (counted from 1), and a drawing of the place. */
export class SelectorSyntaxError extends Error {
  constructor(
    readonly problem: string,
    readonly selector: string,
    readonly column: number,
  ) {
    super(`${problem} (column ${column})`);
    this.name = 'SelectorSyntaxError';
  }

  /** Two lines: the selector, and a caret under the column. Other white space than blanks is drawn as a blank. */
  drawing(): string {
    const line = this.selector.replace(/[\u0000-\u001f\u007f-\u009f]/g, ' ');
    return `${line}\n${' '.repeat(this.column - 1)}^`;
  }
}

interface Token {
  readonly kind: 'word' | 'symbol' | 'end';
  readonly text: string;
  readonly column: number;
}

const SYMBOLS = ['==', '!=', '=', '!', '(', ')', ',', '>', '<'];
const WORD = /[^ \t\r\n=!(),<>]+/y;

function scan(selector: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < selector.length) {
    if (' \t\r\n'.includes(selector.charAt(at))) {
      at += 1;
      continue;
    }
    const column = at + 1;
    const symbol = SYMBOLS.find((one) => selector.startsWith(one, at));
    if (symbol !== undefined) {
      tokens.push({ kind: 'symbol', text: symbol, column });
      at += symbol.length;
      continue;
    }
    const start = at;
    WORD.lastIndex = at;
    at += WORD.exec(selector)?.[0].length ?? 1;
    tokens.push({ kind: 'word', text: selector.slice(start, at), column });
  }
  tokens.push({ kind: 'end', text: '', column: selector.length + 1 });
  return tokens;
}

const EXACT: Readonly<Record<string, Operator>> = {
  '=': 'In',
  '==': 'In',
  '!=': 'NotIn',
  '>': 'Gt',
  '<': 'Lt',
};

class Parser {
  private at = 0;
  private readonly tokens: readonly Token[];

  constructor(private readonly selector: string) {
    this.tokens = scan(selector);
  }

  parse(): Requirement[] {
    const requirements: Requirement[] = [];
    if (this.next().kind === 'end') return requirements;
    for (;;) {
      requirements.push(this.requirement());
      const separator = this.take();
      if (separator.kind === 'end') return requirements;
      if (separator.text !== ',') this.fail(separator, "',' or the end");
      const following = this.next();
      if (following.kind !== 'word' && following.text !== '!') this.fail(following, "a label key after ','");
    }
  }

  private requirement(): Requirement {
    const negated = this.next().text === '!' ? this.take() : undefined;
    const key = this.take();
    if (key.kind !== 'word') this.fail(key, 'a label key');
    const operator = this.next();
    if (negated !== undefined) return this.checked(key, operator, 'DoesNotExist', []);
    if (operator.kind === 'end' || operator.text === ',') return this.checked(key, operator, 'Exists', []);
    this.take();
    if (operator.kind === 'word' && (operator.text === 'in' || operator.text === 'notin')) {
      return this.checked(key, operator, operator.text === 'in' ? 'In' : 'NotIn', this.valueSet());
    }
    const exact = operator.kind === 'symbol' ? EXACT[operator.text] : undefined;
    if (exact === undefined) this.fail(operator, "'in', 'notin', '=', '==', '!=', '>', '<', ',' or the end");
    return this.checked(key, this.next(), exact, [this.exactValue()]);
  }

  private exactValue(): string {
    const following = this.next();
    if (following.kind === 'end' || following.text === ',') return '';
    const value = this.take();
    if (value.kind !== 'word') this.fail(value, 'a value');
    return value.text;
  }

  /** `()` is the empty value, and so is a missing one; but `(a,,)` is an error, as before apimachinery 0.35. */
  private valueSet(): string[] {
    const open = this.take();
    if (open.text !== '(') this.fail(open, "'('");
    if (this.next().text === ')') {
      this.take();
      return [''];
    }
    const values: string[] = [];
    for (;;) {
      const token = this.take();
      if (token.kind === 'word') {
        values.push(token.text);
        const following = this.next();
        if (following.text === ')') break;
        if (following.text !== ',') this.fail(following, "',' or ')'");
      } else if (token.text === ',') {
        if (values.length === 0) values.push('');
        if (this.next().text === ')') {
          values.push('');
          break;
        }
        if (this.next().text === ',') {
          this.take();
          values.push('');
        }
      } else this.fail(token, "a value, ',' or ')'");
    }
    this.take();
    return [...new Set(values)];
  }

  /** Values and keys are checked here, so that the caret points at them. */
  private checked(key: Token, at: Token, operator: Operator, values: readonly string[]): Requirement {
    const requirement = { key: key.text, operator, values };
    const inKey = requirementProblem({ key: key.text, operator: 'Exists' });
    if (inKey !== undefined) throw new SelectorSyntaxError(inKey, this.selector, key.column);
    const inValues = requirementProblem(requirement);
    if (inValues !== undefined) throw new SelectorSyntaxError(inValues, this.selector, at.column);
    return requirement;
  }

  private fail(found: Token, expected: string): never {
    const what = found.kind === 'end' ? 'the selector ends' : `found ${JSON.stringify(found.text)}`;
    throw new SelectorSyntaxError(`${what}, expected ${expected}`, this.selector, found.column);
  }

  /** The last token is the end and is never passed. */
  private next(): Token {
    return this.tokens[Math.min(this.at, this.tokens.length - 1)] ?? { kind: 'end', text: '', column: 1 };
  }

  private take(): Token {
    const token = this.next();
    this.at += 1;
    return token;
  }
}

/**
 * Reads a label selector such as `topology.liqo.io/region in (south,center),!maintenance`.
 * The empty string gives no requirement, as in Kubernetes; what that means is for the caller to say.
 * @throws SelectorSyntaxError where labels.Parse would refuse it
 */
export function parseSelector(selector: string): Requirement[] {
  return new Parser(selector).parse();
}
