import { deflateRawSync } from "node:zlib";

const blockLength = 200_000;

/** Values as compressed JSON lists, so that a page need not read all of them to show one. */
export interface Blocks {
  /** Which value each block starts with, counted from 0. */
  readonly starts: readonly number[];
  /** Deflated and in base64: text that no HTML parser reads anything into. */
  readonly texts: readonly string[];
}

/** Takes values one by one and keeps them compressed. */
export function blockWriter() {
  const starts: number[] = [];
  const texts: string[] = [];
  let waiting: string[] = [];
  let length = 0;
  let count = 0;
  const flush = () => {
    if (waiting.length === 0) return;
    starts.push(count - waiting.length);
    texts.push(packed(`[${waiting.join(",")}]`));
    waiting = [];
    length = 0;
  };
  return {
    add(value: unknown): void {
      const text = JSON.stringify(value);
      waiting.push(text);
      count += 1;
      length += text.length;
      if (length >= blockLength) flush();
    },
    close(): Blocks {
      flush();
      return { starts, texts };
    },
  };
}

export const packed = (text: string): string => deflateRawSync(text).toString("base64");
