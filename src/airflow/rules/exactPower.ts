/**
 * A double raised to a whole power, correctly rounded, by integer arithmetic: the built-in power
 * differs in the last digit between JavaScript engines, and a retry time must not.
 */

/** Powers of two beyond which no double lies. */
const LARGEST_TWOS = 1_024;
const SMALLEST_TWOS = -1_080;

/** `base` ** `exponent`; Infinity when it is too large for a double. `base` is finite and > 0. */
export function exactPower(base: number, exponent: number): number {
  if (exponent === 0 || base === 1) return 1;
  const { mantissa, twos } = decompose(base);
  // The binary logarithm of the result lies between these two.
  const floorLog = bitLength(mantissa) - 1 + twos;
  const bounds = [floorLog * exponent, (floorLog + 1) * exponent];
  if (Math.min(...bounds) > LARGEST_TWOS) return Infinity;
  if (Math.max(...bounds) < SMALLEST_TWOS) return 0;
  const count = Math.abs(exponent);
  const power = mantissa ** BigInt(count);
  return exponent > 0
    ? roundedRatio(power, 1n, twos * count)
    : roundedRatio(1n, power, -twos * count);
}

/** `value` = mantissa * 2 ** twos, exactly. */
function decompose(value: number): { mantissa: bigint; twos: number } {
  let twos = 0;
  let rest = value;
  while (!Number.isInteger(rest)) {
    rest *= 2;
    twos -= 1;
  }
  let mantissa = BigInt(rest);
  while (mantissa > 1n && (mantissa & 1n) === 0n) {
    mantissa >>= 1n;
    twos += 1;
  }
  return { mantissa, twos };
}

/** The double nearest to numerator / denominator * 2 ** twos, halves to even. */
function roundedRatio(numerator: bigint, denominator: bigint, twos: number): number {
  // Bring the quotient to at least 66 bits; what is cut off below only matters as "something".
  const shift = 66 - (bitLength(numerator) - bitLength(denominator));
  const top = shift > 0 ? numerator << BigInt(shift) : numerator;
  const bottom = shift < 0 ? denominator << BigInt(-shift) : denominator;
  const quotient = top / bottom;
  const sticky = top % bottom === 0n ? 0n : 1n;
  return scale(Number((quotient << 1n) | sticky), twos - shift - 1);
}

/** `value` * 2 ** twos in steps that do not overflow on the way. */
function scale(value: number, twos: number): number {
  let result = value;
  let left = twos;
  for (; left > 0; left -= Math.min(left, 512)) result *= powerOfTwo(Math.min(left, 512));
  for (; left < 0; left += Math.min(-left, 512)) result /= powerOfTwo(Math.min(-left, 512));
  return result;
}

/** 2 ** `count` for 0 <= count <= 512, exactly. */
function powerOfTwo(count: number): number {
  return Number(1n << BigInt(count));
}

function bitLength(value: bigint): number {
  return value.toString(2).length;
}
