import type { NumberFormat } from "../report-data.ts";

/** A number as axes, legends and lists show it. */
export function formatted(value: number, format: NumberFormat): string {
  if (format === "share") return `${Number((100 * value).toFixed(1))}%`;
  if (format === "count") return compact(value);
  return short(value);
}

/** Four digits that count, and powers of ten where those would be zeros. */
export function short(value: number): string {
  if (value === 0) return "0";
  const size = Math.abs(value);
  return size < 0.001 || size >= 1e6 ? value.toExponential(1) : String(Number(value.toPrecision(4)));
}

function compact(value: number): string {
  if (Math.abs(value) >= 1e6) return `${Number((value / 1e6).toPrecision(3))}M`;
  if (Math.abs(value) >= 1e4) return `${Number((value / 1e3).toPrecision(3))}k`;
  return String(Number(value.toPrecision(4)));
}

export const plural = (count: number, noun: string): string =>
  `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
