import type { Change, EpisodeDetail } from "../report-data.ts";
import { changeList } from "./change-view.ts";
import { element } from "./dom.ts";
import { foldable } from "./foldable.ts";

type Step = EpisodeDetail["trace"]["turns"][number]["steps"][number];
type Call = Step["calls"][number];
type Result = Step["results"][number];

/** One message of the model: as it came, then each of its calls with what came of it. */
export function stepView(step: Step, number: number, changes: readonly (readonly Change[])[] | undefined): HTMLElement {
  const { message, calls, results, unreadable, notExecuted, notice, fault } = step;
  const { content, reasoning_content: reasoning, tool_calls: toolCalls = [], tokens } = message;
  const raw = toolCalls.map(({ function: { name, arguments: text } }) => `${name} ${text}`).join("\n");
  return element(
    "section",
    { class: "step", "aria-label": `Message ${number}` },
    element(
      "h4",
      {},
      `Message ${number}`,
      tokens === undefined ? undefined : element("small", {}, `${tokens.toLocaleString("en-US")} tokens so far`),
    ),
    reasoning ? labelled("thought", foldable(reasoning, "reasoning")) : undefined,
    content ? foldable(content, "said") : undefined,
    raw ? labelled("tool calls, as they came", foldable(raw, "said")) : undefined,
    content || raw ? undefined : element("p", { class: "quiet" }, "An empty message."),
    message.cut ? element("p", { class: "quiet" }, "Cut off at a limit of tokens.") : undefined,
    unreadable === undefined ? undefined : labelled("could not be read", foldable(unreadable, "failed")),
    ...calls.map((call, index) => callView(call, results[index], notExecuted ? undefined : changes?.[index])),
    fault === undefined ? undefined : faultView(fault),
    notice === undefined ? undefined : labelled("notice to the model", foldable(notice, "hint")),
  );
}

function callView(call: Call, result: Result | undefined, changes: readonly Change[] | undefined): HTMLElement {
  const failure = result?.failure;
  const hint = result?.hint;
  return element(
    "div",
    { class: failure === undefined ? "call" : "call failed-call" },
    element(
      "div",
      { class: "call-head" },
      element("code", {}, callText(call)),
      failure === undefined ? undefined : badge(failure, "bad"),
    ),
    element(
      "div",
      { class: hint ? "outcome with-hint" : "outcome" },
      labelled(
        failure === undefined ? "result" : "raw result",
        foldable(result?.text ?? "", failure === undefined ? "" : "failed"),
      ),
      hint ? labelled(`hint, ${hint.level}`, foldable(hint.text, "hint")) : undefined,
    ),
    changes && changes.length > 0 ? labelled("changed", changeList(changes)) : undefined,
    result?.fault ? faultView(result.fault) : undefined,
  );
}

const faultView = (whose: string) => element("p", { class: "quiet" }, `By fault of the ${whose}.`);

function callText(call: Call): string {
  if (typeof call === "string") return call;
  const named = Object.entries(call.args).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return `${call.tool}(${[...(call.positional ?? []).map((value) => JSON.stringify(value)), ...named].join(", ")})`;
}

export function labelled(label: string, content: HTMLElement): HTMLElement {
  return element("div", { class: "labelled" }, element("div", { class: "label" }, label), content);
}

export const badge = (text: string, kind = ""): HTMLElement => element("span", { class: `badge ${kind}` }, text);
