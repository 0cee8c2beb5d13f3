import type { Progress } from "./run.ts";

const barWidth = 24;
const lineEveryMilliseconds = 10_000;

/** Shows how far a run is: a bar that redraws itself on a terminal, a line now and then elsewhere. */
export function showProgress(
  label: string,
  stream: NodeJS.WriteStream = process.stderr,
): { readonly update: (progress: Progress) => void; readonly end: () => void } {
  let shown = performance.now();
  let drawn = 0;
  return {
    update(progress) {
      const now = performance.now();
      const text = `${label} ${textOf(progress, stream.isTTY)}`;
      if (stream.isTTY) {
        // A redraw for every episode of a fast run would cost more than the run.
        if (now - shown < 50 && progress.finished < progress.total) return;
        const line = text.slice(0, stream.columns - 1);
        stream.write(`\r${line.padEnd(drawn)}`);
        drawn = line.length;
      } else {
        if (now - shown < lineEveryMilliseconds) return;
        stream.write(`${text}\n`);
      }
      shown = now;
    },
    end() {
      if (drawn > 0) stream.write(`\r${" ".repeat(drawn)}\r`);
      drawn = 0;
    },
  };
}

function textOf({ total, finished, aborted, reason }: Progress, withBar: boolean): string {
  const full = total === 0 ? barWidth : Math.round((barWidth * finished) / total);
  const bar = withBar ? `[${"#".repeat(full)}${"-".repeat(barWidth - full)}] ` : "";
  const trouble = aborted > 0 ? `, ${aborted} aborted${reason === undefined ? "" : ` (last: ${reason})`}` : "";
  return `${bar}${finished}/${total}${trouble}`;
}
