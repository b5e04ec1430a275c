// A config as plain data, read once: what is checked is what is compiled, whatever getters or proxies it is made of.

const DEPTH = 100;

/** The prototype of plain objects, of any realm, is the one that has none itself. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function copy(value: unknown, path: string, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (depth > DEPTH) throw new Error(`${path} refers to itself, or is nested more than ${DEPTH} levels deep`);
  if (Array.isArray(value))
    return Array.from(value, (one: unknown, i) => copy(one, `${path}/${i}`, depth + 1));
  if (!isPlain(value))
    throw new Error(
      `${path || 'the default export'} is not a plain object: a config holds data and constructs`,
    );
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(value)) {
    const child = copy((value as Record<string, unknown>)[key], `${path}/${key}`, depth + 1);
    // An assignment to `__proto__` would set the prototype.
    Object.defineProperty(copied, key, {
      value: child,
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return copied;
}

/**
 * A deep copy of arrays and plain objects; functions are kept as they are.
 * @throws Error for what is no plain data, and whatever a getter throws
 */
export function plainData(value: unknown): unknown {
  return copy(value, '', 0);
}
