import type { Call } from "../../src/core/call.ts";
import type { Environment } from "../../src/core/environment.ts";
import type { Hints } from "../../src/feedback/define-hints.ts";
import { hintOn } from "../../src/feedback/feedback.ts";
import type { PastCall } from "../../src/feedback/history.ts";
import { type HintLevel, hintLevels } from "../../src/feedback/level.ts";

/** Plays calls on one environment (an array per call: tool, then arguments by name) and returns the hints on the last, which must fail. */
export function hintsOf(hints: Hints, config: unknown, calls: readonly (readonly [string, Record<string, unknown>])[]) {
  const environment: Environment = hints.environment;
  let state: object = environment.init(config as never);
  const past: Omit<PastCall, "age">[] = [];
  for (const [index, [tool, args]] of calls.entries()) {
    const call: Call = { tool, args };
    const { state: next, outcome } = environment.step(state, call as never);
    state = next;
    const text = environment.text(tool, outcome);
    if (index < calls.length - 1) {
      past.push({ call, text, ...(outcome.ok ? {} : { failure: outcome.error.code }) });
      continue;
    }
    if (outcome.ok) throw new Error(`${tool} succeeded: ${text}`);
    const history = past.map((call, at) => ({ ...call, age: past.length - at }));
    const offered = new Set(Object.keys(environment.tools));
    const moment = { environment, state, call, error: outcome.error, history, offered };
    const at = (level: HintLevel) => hintOn({ [environment.name]: hints }, moment, level);
    return { code: outcome.error.code, text, ...Object.fromEntries(hintLevels.map((level) => [level, at(level)])) } as {
      readonly code: string;
      readonly text: string;
    } & Readonly<Record<HintLevel, ReturnType<typeof at>>>;
  }
  throw new Error("no calls");
}
