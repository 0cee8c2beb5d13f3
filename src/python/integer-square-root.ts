import { bitLength } from "./arithmetic.ts";

/** The floor of the square root of a non-negative int, by Newton steps that double the digits each time. */
export function integerSquareRoot(value: bigint): bigint {
  if (value < 0x10000000000000n) return BigInt(Math.floor(Math.sqrt(Number(value))));
  const half = BigInt(bitLength(value) >> 1);
  // A root of the upper half of the digits is right in a quarter of them; the start must not lie below the root.
  const shift = (half >> 1n) << 1n;
  let root = (integerSquareRoot(value >> shift) + 1n) << (shift >> 1n);
  for (;;) {
    const next = (root + value / root) >> 1n;
    if (next >= root) return root;
    root = next;
  }
}
