import type { Problem } from "../problem.ts";
import type { Task } from "../task.ts";
import { familyIndex } from "./build-task.ts";
import type { Answer, Numbered, Question } from "./records.ts";

/** The questions of a category with their answers, matched by id; whatever finds no partner is a problem. */
export function pairRecords(
  category: Task["category"],
  questions: readonly Numbered<Question>[],
  answers: readonly Numbered<Answer>[],
  files: { readonly question: string; readonly answer: string; readonly families: number },
  problems: Problem[],
): { readonly question: Numbered<Question>; readonly answer: Numbered<Answer> }[] {
  const questionOf = byId(questions, files.question, problems);
  const answerOf = byId(answers, files.answer, problems);
  for (const [id, { line }] of answerOf)
    if (!questionOf.has(id))
      problems.push({
        file: files.answer,
        line,
        path: "id",
        message: `'${id}' answers no question of ${files.question}`,
      });
  for (let index = 0; index < files.families; index++)
    if (!questionOf.has(`multi_turn_${category}_${index}`))
      problems.push({
        file: files.question,
        message: `'multi_turn_${category}_${index}' is missing; fetch the file again`,
      });

  return [...questionOf.values()].flatMap((question) => {
    const { id, question: turns } = question.value;
    const report = (message: string, path = "id") =>
      problems.push({ file: files.question, line: question.line, path, message });
    const index = familyIndex(id, category);
    if (index === undefined || index >= files.families)
      report(`expected multi_turn_${category}_0 to multi_turn_${category}_${files.families - 1}, got '${id}'`);
    const answer = answerOf.get(id);
    if (!answer) {
      report(`'${id}' has no answer in ${files.answer}`);
      return [];
    }
    const answered = answer.value.ground_truth.length;
    if (answered !== turns.length)
      report(`${turns.length} turns, but ${answered} in line ${answer.line} of ${files.answer}`, "question");
    return [{ question, answer }];
  });
}

function byId<T extends { readonly id: string }>(
  records: readonly Numbered<T>[],
  file: string,
  problems: Problem[],
): ReadonlyMap<string, Numbered<T>> {
  const known = new Map<string, Numbered<T>>();
  for (const record of records) {
    const { id } = record.value;
    const earlier = known.get(id);
    if (earlier)
      problems.push({ file, line: record.line, path: "id", message: `'${id}' stands in line ${earlier.line} already` });
    else known.set(id, record);
  }
  return known;
}
