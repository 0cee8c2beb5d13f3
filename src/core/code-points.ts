/** The order of two strings by code point, as Python compares them; JavaScript's own is by UTF-16 unit. */
export function compareCodePoints(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const left = a.charCodeAt(index);
    const right = b.charCodeAt(index);
    if (left === right) continue;
    // Units of a pair stand for code points above every single unit. The two differ inside a pair only if both are in one.
    const leftPaired = isPaired(a, index, left);
    const rightPaired = isPaired(b, index, right);
    if (leftPaired !== rightPaired) return leftPaired ? 1 : -1;
    return left < right ? -1 : 1;
  }
  return a.length - b.length;
}

/** Whether a UTF-16 unit is half of a surrogate pair that is whole. */
export function isPaired(text: string, index: number, unit: number): boolean {
  if (unit < 0xd800 || unit > 0xdfff) return false;
  const other = unit < 0xdc00 ? text.charCodeAt(index + 1) : text.charCodeAt(index - 1);
  return unit < 0xdc00 ? other >= 0xdc00 && other <= 0xdfff : other >= 0xd800 && other <= 0xdbff;
}
