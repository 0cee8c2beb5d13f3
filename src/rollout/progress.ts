import { liveLine } from "./live-line.ts";
import type { Progress } from "./run.ts";

const barWidth = 24;
const lineEveryMilliseconds = 10_000;

/** Shows how far a run is: a bar that redraws itself on a terminal, a line now and then elsewhere. */
export function showProgress(
  label: string,
  stream: NodeJS.WriteStream = process.stderr,
): { readonly update: (progress: Progress) => void; readonly end: () => void } {
  const live = liveLine(stream);
  let shown = performance.now();
  return {
    update(progress) {
      const text = `${label} ${textOf(progress, stream.isTTY)}`;
      if (stream.isTTY) return live.show(text, progress.finished === progress.total);
      const now = performance.now();
      if (now - shown < lineEveryMilliseconds) return;
      stream.write(`${text}\n`);
      shown = now;
    },
    end: live.clear,
  };
}

function textOf({ total, finished, aborted, reason }: Progress, withBar: boolean): string {
  const full = total === 0 ? barWidth : Math.round((barWidth * finished) / total);
  const bar = withBar ? `[${"#".repeat(full)}${"-".repeat(barWidth - full)}] ` : "";
  const trouble = aborted > 0 ? `, ${aborted} aborted${reason === undefined ? "" : ` (last: ${reason})`}` : "";
  return `${bar}${finished}/${total}${trouble}`;
}
