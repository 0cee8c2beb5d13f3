import type { EpisodeDetail, EpisodeRow, Missing, ReportData, TaskDetail } from "../report-data.ts";
import { changeList } from "./change-view.ts";
import { element } from "./dom.ts";
import { foldable } from "./foldable.ts";
import { plural, short } from "./format.ts";
import { badge, labelled, stepView } from "./step-view.ts";

type Turn = EpisodeDetail["trace"]["turns"][number];

/** An episode in full: what it came to, then turn by turn what was said, called, returned, changed, and should have been. */
export function episodeView(data: ReportData, row: EpisodeRow, detail: EpisodeDetail, task: TaskDetail | Missing) {
  const { trace, replay } = detail;
  const { users, environments } = data.tasks[row.task]!;
  const unreached = users.length - trace.turns.length;
  return element(
    "article",
    { "aria-labelledby": "episode-title" },
    element("h2", { id: "episode-title", tabindex: -1 }, trace.id),
    element("p", { class: "badges" }, ...badgesOf(data, row, trace)),
    facts(row, trace, environments),
    "missing" in replay ? element("p", { class: "note" }, `No state diffs here. ${replay.missing}`) : undefined,
    ...trace.turns.map((turn, index) => turnView(turn, index, detail, task)),
    unreached > 0
      ? element("p", { class: "quiet" }, `The episode ended before the last ${plural(unreached, "turn")}.`)
      : undefined,
  );
}

function badgesOf({ sources }: ReportData, row: EpisodeRow, trace: EpisodeDetail["trace"]): HTMLElement[] {
  return [
    row.solved ? badge("solved", "good") : badge("not solved", "bad"),
    badge(trace.category),
    ...(row.step === undefined ? [badge(row.kind)] : [badge(`${row.kind}, step ${row.step}`)]),
    ...(row.stage === undefined ? [] : [badge(row.stage)]),
    badge(trace.policy),
    badge(`sample ${trace.sample}`),
    ...(trace.ended === "completed" ? [] : [badge(trace.ended, "bad")]),
    ...(sources.length > 1 ? [badge(sources[row.source]!.name)] : []),
  ];
}

function facts(row: EpisodeRow, trace: EpisodeDetail["trace"], environments: readonly string[]): HTMLElement {
  const { reward, grade, abstention, reason, fault } = trace;
  const list: [string, string | undefined][] = [
    ["reward", reward && `${short(reward.value)} (${reward.name})`],
    ["its parts", reward?.parts && namedNumbers(reward.parts)],
    ["its turns", reward?.turns?.map(short).join(", ")],
    ["progress", `${grade.turns.filter(Boolean).length} of ${plural(grade.turns.length, "turn")}`],
    ["calls", `${row.calls}, ${row.failedCalls} failed${row.hints > 0 ? `, ${plural(row.hints, "hint")}` : ""}`],
    ["turns by need", namedNumbers(abstention)],
    ["refused calls", grade.refusals > 0 ? String(grade.refusals) : undefined],
    ["environments", environments.join(", ") || undefined],
    ["verdict, turns counted from 0", grade.failure && `${grade.failure.type}: ${grade.failure.message}`],
    ["aborted", reason === undefined ? undefined : `${reason}${fault ? `, by fault of the ${fault}` : ""}`],
  ];
  return element(
    "dl",
    { class: "facts" },
    ...list.flatMap(([name, value]) =>
      value === undefined ? [] : [element("div", {}, element("dt", {}, name), element("dd", {}, value))],
    ),
  );
}

const namedNumbers = (numbers: Readonly<Record<string, number>>): string =>
  Object.entries(numbers)
    .map(([name, value]) => `${name} ${short(value)}`)
    .join(", ");

function turnView(
  { user, steps, reasons = [] }: Turn,
  index: number,
  { trace, replay }: EpisodeDetail,
  task: TaskDetail | Missing,
) {
  const passed = trace.grade.turns[index];
  const replayed = "missing" in replay ? undefined : replay.turns[index];
  return element(
    "section",
    { class: "turn", "aria-label": `Turn ${index + 1}` },
    element("h3", {}, `Turn ${index + 1}`, passed ? badge("passed", "good") : badge("failed", "bad")),
    labelled("user", foldable(user, "user")),
    reasons.length > 0
      ? element(
          "ul",
          { class: "reasons" },
          ...reasons.map(({ code, message }) => element("li", {}, element("b", {}, code), ` ${message}`)),
        )
      : undefined,
    truthView(task, index, passed !== true),
    ...steps.map((step, number) => stepView(step, number + 1, replayed?.steps[number])),
    replayed && replayed.wrong.length > 0
      ? labelled("at the end of the turn: the model's state → the ground truth's", changeList(replayed.wrong))
      : undefined,
  );
}

function truthView(task: TaskDetail | Missing, index: number, open: boolean): HTMLElement {
  if ("missing" in task) return element("p", { class: "note" }, `No ground truth here. ${task.missing}`);
  const { calls, changes } = task.turns[index]!;
  return element(
    "details",
    { class: "truth", open },
    element("summary", {}, `Ground truth: ${calls.length === 0 ? "call nothing" : plural(calls.length, "call")}`),
    ...calls.map(({ call, result }) =>
      element(
        "div",
        { class: "call" },
        element("div", { class: "call-head" }, element("code", {}, call)),
        foldable(result),
      ),
    ),
    changes.length > 0 ? labelled("changes", changeList(changes)) : undefined,
  );
}
