import type { Signature } from "../../core/call.ts";
import type { Problem } from "../problem.ts";
import type { Task, TaskCall, TaskTurn } from "../task.ts";
import { readGroundTruth } from "./ground-truth.ts";
import type { Answer, Numbered, Question } from "./records.ts";

/** What the reference's user says in the turn that hands over a held-out tool; the dataset leaves that turn empty. */
export const releaseMessage = "I have updated some more functions you can choose from. What about now?";

/** What a task is built from, and what its files are called in messages. */
export interface TaskParts {
  readonly category: Task["category"];
  readonly question: Numbered<Question>;
  readonly answer: Numbered<Answer>;
  readonly questionFile: string;
  readonly answerFile: string;
  readonly signatures: ReadonlyMap<string, Signature>;
}

/**
 * One of BFCL's conversations as a task. A config of an environment that the entry does not involve is left out: the reference
 * never reads it.
 */
export function buildTask(parts: TaskParts, problems: Problem[]): Task {
  const { category, question, questionFile } = parts;
  const { id, initial_config, involved_classes, missed_function, excluded_function } = question.value;
  const config = Object.fromEntries(Object.entries(initial_config).filter(([name]) => involved_classes.includes(name)));
  return {
    id,
    family: `bfcl_${familyIndex(id, category)}`,
    category,
    environments: involved_classes,
    config,
    longContext: category === "long_context",
    ...(excluded_function && excluded_function.length > 0 ? { excluded: excluded_function } : {}),
    turns: buildTurns(parts, missed_function ?? [], (path, message) =>
      problems.push({ file: questionFile, line: question.line, path, message }),
    ).map((turn, index) => ({ ...turn, groundTruth: readTurn(parts, index, problems) })),
  };
}

/** The number at the end of an id, `multi_turn_base_12`; undefined where the id is not of that form. */
export function familyIndex(id: string, category: Task["category"]): number | undefined {
  const index = id.startsWith(`multi_turn_${category}_`) ? id.slice(`multi_turn_${category}_`.length) : "";
  return /^(0|[1-9]\d{0,6})$/.test(index) ? Number(index) : undefined;
}

type Released = readonly (readonly [turn: number, tools: readonly string[]])[];

function buildTurns(
  { question: { value }, signatures }: TaskParts,
  released: Released,
  report: (path: string, message: string) => void,
): Omit<TaskTurn, "groundTruth">[] {
  for (const [turn, tools] of released) {
    if (turn === 0 || turn >= value.question.length)
      report(`missed_function["${turn}"]`, `there is no such later turn; the entry has ${value.question.length} turns`);
    for (const tool of tools)
      if (!signatures.has(tool))
        report(`missed_function["${turn}"]`, `'${tool}' is no tool of the entry's environments`);
  }
  const heldOut = released.flatMap(([, tools]) => [...tools]);
  return value.question.map(([message], index) => {
    const tools = released.filter(([turn]) => turn === index).flatMap(([, names]) => [...names]);
    if (!message && tools.length === 0)
      report(`question[${index}]`, "an empty turn needs an entry in missed_function, whose tools it hands over");
    return {
      user: message?.content ?? releaseMessage,
      ...(index === 0 && heldOut.length > 0 ? { holdOut: heldOut } : {}),
      ...(tools.length > 0 ? { release: tools } : {}),
    };
  });
}

function readTurn({ answer, answerFile, signatures }: TaskParts, turn: number, problems: Problem[]): TaskCall[] {
  const calls: TaskCall[] = [];
  for (const [index, text] of (answer.value.ground_truth[turn] ?? []).entries()) {
    const read = readGroundTruth(text, signatures);
    if ("call" in read) calls.push(read.call);
    else
      problems.push({
        file: answerFile,
        line: answer.line,
        path: `ground_truth[${turn}][${index}]`,
        message: read.problem,
      });
  }
  return calls;
}
