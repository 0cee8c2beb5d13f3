/** One line of the report. `ratio` is how many times better `value` is than `reference`, whatever the unit. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly reference?: number;
  readonly ratio?: number;
}

/** A figure in calls per second, out of nanoseconds for a number of calls on either side. */
export function callRate(name: string, calls: number, ours: number, reference: number | undefined): Figure {
  const rate = (nanoseconds: number) => (calls * 1e9) / nanoseconds;
  const figure = { name, value: rate(ours), unit: "calls/s" };
  return reference === undefined ? figure : { ...figure, reference: rate(reference), ratio: reference / ours };
}

export function figureLine({ name, value, unit, reference, ratio }: Figure): string {
  return JSON.stringify({
    name,
    value: rounded(value),
    unit,
    ...(reference === undefined ? {} : { reference: rounded(reference) }),
    ...(ratio === undefined ? {} : { ratio: rounded(ratio) }),
  });
}

export function figureTable(figures: readonly Figure[]): string {
  const rows = figures.map(({ name, value, unit, reference, ratio }) => [
    name,
    shown(value),
    unit,
    reference === undefined ? "" : shown(reference),
    ratio === undefined ? "" : `${shown(ratio)}x`,
  ]);
  const table = [["figure", "value", "unit", "reference", "ratio"], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const leftAligned = (column: number) => column === 0 || column === 2;
  const line = (row: readonly string[]) =>
    row.map((cell, column) => (leftAligned(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)));
  return table.map((row) => `${line(row).join("  ").trimEnd()}\n`).join("");
}

/** Three digits that count; more would be noise. Whole numbers are counts and stay as they are. */
function rounded(value: number): number {
  return Number.isInteger(value) ? value : Number(value.toPrecision(3));
}

const shown = (value: number): string => rounded(value).toLocaleString("en-US", { maximumFractionDigits: 2 });
