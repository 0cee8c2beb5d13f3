import { readLines } from "../rollout/line-file.ts";
import type { Source, TraceFile } from "./source.ts";

/** The files of a source that a report shows. */
export interface ShownTraces {
  readonly files: readonly TraceFile[];
  /** Of a training run: the episodes in all of its files, and that one in so many files is shown. */
  readonly thinned?: { readonly total: number; readonly oneIn: number };
}

/** All traces of a training run may be more than a page can hold: then every so many steps are shown, the last one among them. */
export async function shownTraces({ kind, traces }: Source, most: number): Promise<ShownTraces> {
  if (kind !== "training run") return { files: traces };
  const counted: { readonly file: TraceFile; readonly lines: number }[] = [];
  for (const file of traces) counted.push({ file, lines: await lineCount(file.path) });
  let stride = 1;
  let shown = counted;
  while (linesOf(shown) > most && stride < traces.length) {
    stride += 1;
    shown = everyOf(counted, stride);
  }
  return { files: shown.map(({ file }) => file), thinned: { total: linesOf(counted), oneIn: stride } };
}

const linesOf = (counted: readonly { readonly lines: number }[]) => counted.reduce((sum, { lines }) => sum + lines, 0);

/** Of each kind of traces, the last file and every so many before it. */
function everyOf<C extends { readonly file: TraceFile }>(counted: readonly C[], stride: number): C[] {
  const after = new Map<string, number>();
  return counted
    .toReversed()
    .filter(({ file: { kind } }) => {
      const index = after.get(kind) ?? 0;
      after.set(kind, index + 1);
      return index % stride === 0;
    })
    .reverse();
}

async function lineCount(path: string): Promise<number> {
  let lines = 0;
  for await (const _ of readLines(path)) lines += 1;
  return lines;
}
