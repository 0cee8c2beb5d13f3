import { floatRepr } from "./float-repr.ts";

/** `repr` of a complex number. */
export function complexRepr(real: number, imaginary: number): string {
  const right = `${part(imaginary)}j`;
  if (Object.is(real, 0)) return right;
  return `(${part(real)}${right.startsWith("-") ? "" : "+"}${right})`;
}

/** As a float's, but without ".0". */
function part(value: number): string {
  return floatRepr(value).replace(/\.0$/, "");
}
