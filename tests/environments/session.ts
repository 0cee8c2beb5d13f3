import type { Environment } from "../../src/core/environment.ts";
import { execute } from "../../src/python/execute.ts";

/** Makes calls one after another, with arguments by name or as the text that a model would write. */
export function sessionOf<S>(environment: Environment<S>, start: S) {
  let state = start;
  return {
    call(tool: string, args: Record<string, unknown> = {}) {
      const before = state;
      const { state: after, outcome } = environment.step(before, { tool, args });
      state = after;
      const error = outcome.ok ? undefined : (outcome.error as any);
      return { before, after, outcome, error, text: environment.text(tool, outcome) };
    },
    execute(source: string) {
      const executed = execute(environment, state, source);
      state = executed.state;
      return executed;
    },
    /** What the model reads of it. */
    text(source: string) {
      return this.execute(source).text;
    },
    get state() {
      return state;
    },
  };
}
