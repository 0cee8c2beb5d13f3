/** Python's `float.__repr__`: the shortest digits that read back, in exponent form below 1e-4 and from 1e16 on. */
export function floatRepr(value: number): string {
  if (Number.isInteger(value)) {
    const size = Math.abs(value);
    if (size < 1e16) return Object.is(value, -0) ? "-0.0" : `${value}.0`;
    return exponentForm(value);
  }
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e16) return String(value);
  if (size > 0 && size < 1e-4) return exponentForm(value);
  return Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
}

function exponentForm(value: number): string {
  return value.toExponential().replace(/e([+-])(\d)$/, "e$10$2");
}

/** The double that the text of a `$float` says. */
export function floatOf(text: string): number {
  switch (text) {
    case "inf":
      return Number.POSITIVE_INFINITY;
    case "-inf":
      return Number.NEGATIVE_INFINITY;
    case "nan":
      return Number.NaN;
    default:
      return Number(text);
  }
}
