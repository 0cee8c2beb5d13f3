/** A line of a terminal that redraws itself. */
export interface LiveLine {
  /** Shows a text in place of the last one; one that comes right after another is left out unless it `mustShow`. */
  show(text: string, mustShow?: boolean): void;
  /** Takes the line away, so that others can be written. */
  clear(): void;
}

/** A redraw for every episode of a fast run would cost more than the run. */
const milliseconds = 50;

export function liveLine(stream: NodeJS.WriteStream): LiveLine {
  let shown = Number.NEGATIVE_INFINITY;
  let drawn = 0;
  return {
    show(text, mustShow = false) {
      const now = performance.now();
      if (now - shown < milliseconds && !mustShow) return;
      const line = text.slice(0, stream.columns - 1);
      stream.write(`\r${line.padEnd(drawn)}`);
      drawn = line.length;
      shown = now;
    },
    clear() {
      if (drawn > 0) stream.write(`\r${" ".repeat(drawn)}\r`);
      drawn = 0;
    },
  };
}
