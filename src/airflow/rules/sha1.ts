/** SHA-1 of a text (FIPS 180-4), because Airflow spreads retries with it. Not for secrecy. */

/** The digest of the UTF-8 bytes, read as one big-endian number of 160 bits. */
export function sha1AsNumber(text: string): bigint {
  const state = Uint32Array.of(0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0);
  const words = padded(utf8(text));
  for (let block = 0; block < words.length; block += 16) compress(state, words, block);
  return state.reduce((sum, word) => (sum << 32n) | BigInt(word), 0n);
}

function utf8(text: string): number[] {
  const bytes: number[] = [];
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) bytes.push(code);
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), tail(code));
    else if (code < 0x10000) bytes.push(0xe0 | (code >> 12), tail(code >> 6), tail(code));
    else bytes.push(0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code));
  }
  return bytes;
}

function tail(bits: number): number {
  return 0x80 | (bits & 0x3f);
}

/** Message words: the bytes, a one bit, zeros, and the length in bits at the end of a block. */
function padded(bytes: readonly number[]): Uint32Array {
  const blocks = Math.floor((bytes.length + 8) / 64) + 1;
  const words = new Uint32Array(blocks * 16);
  [...bytes, 0x80].forEach((byte, i) => {
    words[i >> 2] = (words[i >> 2] ?? 0) | (byte << (24 - (i & 3) * 8));
  });
  words[words.length - 1] = bytes.length * 8;
  return words;
}

function compress(state: Uint32Array, words: Uint32Array, block: number): void {
  const w = schedule(words, block);
  let [a = 0, b = 0, c = 0, d = 0, e = 0] = state;
  for (let t = 0; t < 80; t += 1) {
    const next = (rotate(a, 5) + mix(t, b, c, d) + e + (w[t] ?? 0)) | 0;
    [a, b, c, d, e] = [next, a, rotate(b, 30), c, d];
  }
  [a, b, c, d, e].forEach((value, i) => (state[i] = ((state[i] ?? 0) + value) | 0));
}

function schedule(words: Uint32Array, block: number): Int32Array {
  const w = new Int32Array(80);
  w.set(words.subarray(block, block + 16));
  const at = (t: number): number => w[t] ?? 0;
  for (let t = 16; t < 80; t += 1) {
    w[t] = rotate(at(t - 3) ^ at(t - 8) ^ at(t - 14) ^ at(t - 16), 1);
  }
  return w;
}

/** Round function and constant of step `t`. */
function mix(t: number, b: number, c: number, d: number): number {
  if (t < 20) return ((b & c) | (~b & d)) + 0x5a827999;
  if (t < 40) return (b ^ c ^ d) + 0x6ed9eba1;
  if (t < 60) return ((b & c) | (b & d) | (c & d)) + 0x8f1bbcdc;
  return (b ^ c ^ d) + 0xca62c1d6;
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}
