import { type LinePlace, parseLine, readLines } from "./line-file.ts";
import { Trace } from "./trace.ts";

/** The traces of a file such as `traces.jsonl`, one in memory at a time. Throws a `DataError` that names a line that is none. */
export async function* readTraces(path: string): AsyncGenerator<Trace> {
  for await (const { trace } of readPlacedTraces(path)) yield trace;
}

/** As `readTraces`, with the place of each. */
export async function* readPlacedTraces(
  path: string,
): AsyncGenerator<{ readonly trace: Trace; readonly place: LinePlace }> {
  let line = 0;
  for await (const { text, place } of readLines(path)) {
    line++;
    yield { trace: parseLine(Trace, text, "trace", `${path}:${line}`), place };
  }
}
