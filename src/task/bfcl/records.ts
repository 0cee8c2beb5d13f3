import { z } from "zod";
import { entriesOf, isDict } from "../../python/dict.ts";
import { parseJson } from "../../python/json.ts";
import type { PyValue } from "../../python/value.ts";
import { issueProblems } from "../issue.ts";
import { type Problem, pathText } from "../problem.ts";

const message = z.looseObject({ role: z.literal("user"), content: z.string() });

/** Turn numbers are keys like "3", which our JSON reader keeps as an entry list. */
const releases = z
  .custom<PyValue>((value) => value !== undefined && isDict(value as PyValue), {
    error: "expected turns and tool names",
  })
  .transform((value) => entriesOf(value as never).map(([turn, tools]) => [Number(turn), tools] as const))
  .pipe(z.array(z.tuple([z.int().nonnegative(), z.array(z.string()).min(1)])));

/** One line of a question file. */
export const Question = z.looseObject({
  id: z.string(),
  question: z.array(z.array(message).max(1)).min(1),
  initial_config: z.record(z.string(), z.unknown()),
  involved_classes: z.array(z.string()).min(1),
  missed_function: releases.optional(),
  excluded_function: z.array(z.string()).optional(),
});
export type Question = z.output<typeof Question>;

/** One line of a possible-answer file: the calls of each turn, as Python source. */
export const Answer = z.looseObject({ id: z.string(), ground_truth: z.array(z.array(z.string())) });
export type Answer = z.output<typeof Answer>;

export interface Numbered<T> {
  readonly line: number;
  readonly value: T;
  /** The record as it stands in the file, fields in their order. */
  readonly raw: PyValue;
}

/** The records of a file with one JSON object a line; bad lines become problems, the rest is still read. */
export function readRecords<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
  problems: Problem[],
): Numbered<z.output<S>>[] {
  const records: Numbered<z.output<S>>[] = [];
  for (const [index, content] of text.split("\n").entries()) {
    if (content.trim() === "") continue;
    const line = index + 1;
    const value = readLine(content, file, line, problems);
    if (value === undefined) continue;
    const parsed = schema.safeParse(value);
    if (parsed.success) records.push({ line, value: parsed.data, raw: value });
    else
      for (const { path, message } of issueProblems(parsed.error.issues, value))
        problems.push({ file, line, path: pathText(path), message });
  }
  return records;
}

function readLine(content: string, file: string, line: number, problems: Problem[]): PyValue | undefined {
  try {
    return parseJson(content);
  } catch (error) {
    const message = (error as Error).message;
    const column = Number(/column (\d+)/.exec(message)?.[1] ?? 1);
    problems.push({
      file,
      line,
      column,
      message: `not JSON: ${message.replace(/: line .*$/, "")}; fetch the file again`,
    });
    return undefined;
  }
}
