import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import type { z } from "zod";
import { DataError, pathText } from "../task/problem.ts";

/** The bytes of a line, its end included. */
export interface LinePlace {
  readonly path: string;
  readonly start: number;
  readonly length: number;
}

const lineEnd = 0x0a;
const blockLength = 65_536;

/** The lines of a file, one in memory at a time; none where there is no file. What follows the last line end is left out. */
export async function* readLines(path: string): AsyncGenerator<{ readonly text: string; readonly place: LinePlace }> {
  let start = 0;
  let begun: Buffer[] = [];
  try {
    for await (const block of createReadStream(path) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let end = block.indexOf(lineEnd); end >= 0; end = block.indexOf(lineEnd, from)) {
        const bytes = Buffer.concat([...begun, block.subarray(from, end)]);
        begun = [];
        from = end + 1;
        const length = bytes.length + 1;
        yield { text: bytes.toString("utf8"), place: { path, start, length } };
        start += length;
      }
      begun.push(block.subarray(from));
    }
  } catch (error) {
    if (!isMissing(error)) throw unreadable(path, error);
  }
}

/** What a line holds. Throws a `DataError` that says where (`file:line`) there is something else, and what is wrong with it. */
export function parseLine<T>(schema: z.ZodType<T>, text: string, what: string, where: string): T {
  let why: string;
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    if (parsed.success) return parsed.data;
    const { path, message } = parsed.error.issues[0]!;
    why = path.length === 0 ? message : `${pathText(path)}: ${message}`;
  } catch (error) {
    why = (error as Error).message;
  }
  throw new DataError(`${where}: this line is no ${what} (${why}); remove it, or start over with --fresh`);
}

/** The bytes of lines, wherever they lie. Throws a `DataError` where a file was changed since. */
export async function* readPlaces(places: readonly LinePlace[]): AsyncGenerator<Uint8Array> {
  const files = new Map<string, FileHandle>();
  try {
    for (const { path, start, length } of places) {
      const file = files.get(path) ?? (await open(path));
      files.set(path, file);
      const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, start);
      if (bytesRead < length || buffer.indexOf(lineEnd) !== length - 1)
        throw new DataError(`${path} was changed by someone else while the run went on; start the run again`);
      yield buffer;
    }
  } finally {
    for (const file of files.values()) await file.close();
  }
}

/** A kill in the middle of a write leaves a part of a line at the end of a file; this cuts it off. */
export async function cutPartialLine(path: string): Promise<void> {
  let file: FileHandle;
  try {
    file = await open(path, "r+");
  } catch (error) {
    if (isMissing(error)) return;
    throw unreadable(path, error);
  }
  try {
    const { size } = await file.stat();
    const block = Buffer.alloc(blockLength);
    let whole = size;
    for (let last = -1; whole > 0 && last < 0; ) {
      const start = Math.max(0, whole - blockLength);
      const { bytesRead } = await file.read(block, 0, whole - start, start);
      last = block.subarray(0, bytesRead).lastIndexOf(lineEnd);
      whole = start + last + 1;
    }
    if (whole < size) await file.truncate(whole);
  } finally {
    await file.close();
  }
}

const isMissing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === "ENOENT";
const unreadable = (path: string, error: unknown) =>
  new DataError(`${path} cannot be read: ${(error as Error).message}`);
