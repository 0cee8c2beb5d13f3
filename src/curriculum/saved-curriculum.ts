import { readFile } from "node:fs/promises";
import { z } from "zod";
import { canonicalJson } from "../core/canonical.ts";
import { issueProblems } from "../task/issue.ts";
import { DataError, pathText } from "../task/problem.ts";
import { writeWhole } from "../task/write-whole.ts";
import { CurriculumState } from "./curriculum-state.ts";
import type { Curriculum } from "./define-curriculum.ts";

const format = "envtune curriculum 1";

/** A state and the curriculum that it is of, which must be the same when a run goes on. */
const SavedCurriculum = z.strictObject({
  format: z.literal(format),
  curriculum: z.looseObject({ name: z.string(), stages: z.array(z.looseObject({ name: z.string() })) }),
  state: CurriculumState,
});

/** Writes a state whole or not at all. */
export async function saveCurriculum(path: string, curriculum: Curriculum, state: CurriculumState): Promise<void> {
  await writeWhole(path, `${JSON.stringify({ format, curriculum, state })}\n`);
}

/** Reads a state back. Throws a `DataError` where the file holds none, or one of another curriculum, saying what differs. */
export async function loadCurriculum(path: string, curriculum: Curriculum): Promise<CurriculumState> {
  const value = parsed(path, await readFile(path, "utf8"));
  const saved = SavedCurriculum.safeParse(value);
  if (!saved.success)
    throw new DataError(
      `${path} is no saved curriculum`,
      issueProblems(saved.error.issues, value).map(({ path: at, message }) => ({
        file: path,
        path: pathText(at),
        message,
      })),
    );
  const { state, curriculum: earlier } = saved.data;
  const change = difference(earlier, curriculum);
  if (change !== undefined)
    throw new DataError(`${path} was saved under another curriculum: ${change}; go on under that one, or start anew`);
  if (state.stage >= curriculum.stages.length)
    throw new DataError(`${path}: state.stage is ${state.stage}, but there are ${curriculum.stages.length} stages`);
  return state;
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new DataError(`${path} is no saved curriculum: ${(error as Error).message}`);
  }
}

/** The first place in which two curricula differ. */
function difference(earlier: z.output<typeof SavedCurriculum>["curriculum"], now: Curriculum): string | undefined {
  if (canonicalJson(earlier) === canonicalJson(JSON.parse(JSON.stringify(now)))) return undefined;
  if (earlier.name !== now.name) return `'${earlier.name}', and this is '${now.name}'`;
  const names = (stages: readonly { readonly name: string }[]) => stages.map(({ name }) => name).join(", ");
  if (names(earlier.stages) !== names(now.stages))
    return `its stages were ${names(earlier.stages)}, and are ${names(now.stages)}`;
  const same = (a: unknown, b: unknown) => canonicalJson(a ?? null) === canonicalJson(b ?? null);
  for (const [index, stage] of now.stages.entries())
    for (const field of new Set([...Object.keys(earlier.stages[index]!), ...Object.keys(stage)])) {
      const [was, is] = [earlier.stages[index]![field], stage[field as keyof typeof stage]];
      if (!same(was, is))
        return `${field} of stage '${stage.name}' was ${JSON.stringify(was)}, and is ${JSON.stringify(is)}`;
    }
  return "its collapse monitor had other numbers";
}
