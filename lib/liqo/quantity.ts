// Quantities such as `1Gi`: equal where they stand for one number, whatever their form.
// Source: apimachinery, pkg/api/resource (quantity.go, suffix.go).

const FORM = /^([+-]?)(\d*)(?:\.(\d*))?(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d{1,3}))?$/;
const BINARY = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const DECIMAL: Readonly<Record<string, number>> = {
  n: -9,
  u: -6,
  m: -3,
  k: 3,
  M: 6,
  G: 9,
  T: 12,
  P: 15,
  E: 18,
};

/** A number as a fraction over a power of ten. */
interface Exact {
  readonly digits: bigint;
  readonly decimals: number;
}

function exact(text: string): Exact | undefined {
  const found = FORM.exec(text);
  if (found === null) return undefined;
  const [, sign = '', whole = '', fraction = '', binary, decimal, exponent] = found;
  if (whole + fraction === '') return undefined;
  const scale = binary === undefined ? 1n : 1024n ** BigInt(BINARY.indexOf(binary) + 1);
  const power = decimal === undefined ? Number(exponent ?? 0) : (DECIMAL[decimal] ?? 0);
  return {
    digits: BigInt(`${sign}${whole}${fraction}`.replace('+', '')) * scale,
    decimals: fraction.length - power,
  };
}

/** How two quantities compare, below 0 where the first is smaller; undefined where one of them is none. */
export function compareQuantities(a: unknown, b: unknown): number | undefined {
  const [left, right] = [a, b].map((one) =>
    typeof one === 'string' || typeof one === 'number' ? exact(String(one)) : undefined,
  );
  if (left === undefined || right === undefined) return undefined;
  const decimals = Math.max(left.decimals, right.decimals);
  const [first, second] = [left, right].map((one) => one.digits * 10n ** BigInt(decimals - one.decimals));
  return first === undefined || second === undefined
    ? undefined
    : first < second
      ? -1
      : first > second
        ? 1
        : 0;
}
