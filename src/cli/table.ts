/** Writes the rows of a table one by one, as wide as told: the first `named` columns to the left, the others to the right. */
export function rowWriter(widths: readonly number[], named = 1): (row: readonly string[]) => string {
  return (row) => {
    const cells = row.map((cell, column) =>
      column < named ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
    );
    return `  ${cells.join("  ").trimEnd()}`;
  };
}

/** Aligned columns for a terminal: the first to the left, the others to the right. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)));
  return [head, ...rows].map(rowWriter(widths)).join("\n");
}
