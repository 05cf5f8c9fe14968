/**
 * Logarithm, exponential and the quantile of the normal distribution from + - * / and square root
 * only. The built-in ones differ in the last bit between JavaScript engines, and one bit is
 * enough to change a run. Relative error below 1e-13 for ln and exp.
 */
import { assert } from '../base/assert.ts';

const SQRT_HALF = 0.7071067811865476;
/** ln 2 in two parts; the first has zeros at its end, so that small multiples of it are exact. */
const LN2_HIGH = 0.6931471803691238;
const LN2_LOW = 1.9082149292705877e-10;

/** Natural logarithm; -Infinity for 0, NaN below. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : NaN;
  if (x === Infinity) return Infinity;
  let exponent = 0;
  let mantissa = x;
  for (; mantissa >= 4294967296; mantissa /= 4294967296) exponent += 32;
  for (; mantissa < 1 / 4294967296; mantissa *= 4294967296) exponent -= 32;
  for (; mantissa >= 2 * SQRT_HALF; mantissa /= 2) exponent += 1;
  for (; mantissa < SQRT_HALF; mantissa *= 2) exponent -= 1;
  // ln m = 2 artanh s with |s| < 0.172, a series in s squared.
  const s = (mantissa - 1) / (mantissa + 1);
  const square = s * s;
  let sum = 0;
  for (let k = 23; k >= 1; k -= 2) sum = sum * square + 1 / k;
  return exponent * LN2_HIGH + (exponent * LN2_LOW + 2 * s * sum);
}

/** e to the power of x. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return NaN;
  if (x > 709.78) return Infinity;
  if (x < -745.2) return 0;
  const halves = Math.floor(x / LN2_HIGH + 0.5);
  const rest = x - halves * LN2_HIGH - halves * LN2_LOW;
  let sum = 1;
  for (let k = 16; k >= 1; k--) sum = 1 + (rest * sum) / k;
  return scaled(sum, halves);
}

/**
 * The value that a standard normal variable stays below with probability p, 0 < p < 1.
 * Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988); relative error about 1e-16.
 */
export function normalQuantile(p: number): number {
  assert(p > 0 && p < 1, 'probability out of range', { p });
  const q = p - 0.5;
  if (q >= -0.425 && q <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE_TOP, r)) / polynomial(CENTRE_BOTTOM, r);
  }
  const r = Math.sqrt(-ln(q < 0 ? p : 1 - p));
  const z =
    r <= 5
      ? polynomial(FLANK_TOP, r - 1.6) / polynomial(FLANK_BOTTOM, r - 1.6)
      : polynomial(TAIL_TOP, r - 5) / polynomial(TAIL_BOTTOM, r - 5);
  return q < 0 ? -z : z;
}

/** Coefficients from the highest power down to the constant. */
const CENTRE_TOP = [
  2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
  1971.5909503065513, 133.14166789178438, 3.3871328727963665,
];
const CENTRE_BOTTOM = [
  5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
  687.1870074920579, 42.31333070160091, 1,
];
const FLANK_TOP = [
  0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684,
  3.6478483247632045, 5.769497221460691, 4.630337846156546, 1.4234371107496835,
];
const FLANK_BOTTOM = [
  1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008,
  0.6897673349851, 1.6763848301838038, 2.053191626637759, 1,
];
const TAIL_TOP = [
  2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
  0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
];
const TAIL_BOTTOM = [
  2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
  0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1,
];

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (const coefficient of coefficients) sum = sum * x + coefficient;
  return sum;
}

/** value * 2^exponent in steps that stay exact; only the last one may round (near zero). */
function scaled(value: number, exponent: number): number {
  let result = value;
  let left = exponent;
  for (; left >= 32; left -= 32) result *= 4294967296;
  for (; left <= -32; left += 32) result /= 4294967296;
  for (; left > 0; left--) result *= 2;
  for (; left < 0; left++) result /= 2;
  return result;
}
