import { resultText } from "../../episode/renderers/result-text.ts";
import type { FailedMoment } from "../../feedback/failed-moment.ts";
import type { HintSource } from "../../feedback/feedback.ts";
import type { Hint } from "../../feedback/hint.ts";
import type { HintLevel } from "../../feedback/level.ts";
import type { TaskCall } from "../../task/task.ts";

/** What is said on failed calls in one arm; undefined where nothing is. */
export interface Feedback {
  /** Names it among the arms'; what has one name says one thing. */
  readonly name: HintLevel | "shuffled";
  readonly source: HintSource | undefined;
  readonly level: Exclude<HintLevel, "off">;
}

/** A call that failed, and what the arms say about it. */
export class Failure {
  readonly call: TaskCall;
  readonly code: string;
  /** The result as it is, without any hint. */
  readonly text: string;
  readonly #moment: FailedMoment | undefined;
  readonly #shown = new Map<string, string>();

  constructor(call: TaskCall, code: string, text: string, moment: FailedMoment | undefined) {
    this.call = call;
    this.code = code;
    this.text = text;
    this.#moment = moment;
  }

  /** What the arm says about it, as text and as data. */
  hintIn({ source, level }: Feedback): Hint | undefined {
    return this.#moment && source?.(this.#moment, level);
  }

  /** What the model reads: the result and, where the arm has one, the hint. */
  shownIn(feedback: Feedback): string {
    const { name } = feedback;
    let shown = this.#shown.get(name);
    if (shown === undefined) {
      const hint = this.hintIn(feedback);
      shown = resultText({ text: this.text, failure: this.code, ...(hint ? { hint } : {}) });
      this.#shown.set(name, shown);
    }
    return shown;
  }
}
