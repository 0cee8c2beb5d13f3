import type { TurnAssessment } from "./turn-assessment.ts";

/** How often turns were acted in and abstained from, beside what was right. Turns that were never ended are left out. */
export interface Abstention {
  /** Turns that need calls: those in which something was called, and those in which nothing was. */
  readonly acted: number;
  readonly idle: number;
  /** Turns in which a tool or a value is missing: those in which nothing was called, and those in which something was. */
  readonly abstained: number;
  readonly rash: number;
}

export function abstentionOf(turns: readonly Pick<TurnAssessment, "ended" | "needsCalls" | "acted">[]): Abstention {
  const count = (needsCalls: boolean, acted: boolean) =>
    turns.filter((turn) => turn.ended && turn.needsCalls === needsCalls && turn.acted === acted).length;
  return {
    acted: count(true, true),
    idle: count(true, false),
    abstained: count(false, false),
    rash: count(false, true),
  };
}

export const sumOfAbstentions = (all: readonly Abstention[]): Abstention => ({
  acted: all.reduce((sum, { acted }) => sum + acted, 0),
  idle: all.reduce((sum, { idle }) => sum + idle, 0),
  abstained: all.reduce((sum, { abstained }) => sum + abstained, 0),
  rash: all.reduce((sum, { rash }) => sum + rash, 0),
});

/** Precision and recall of acting and of abstaining, from 0 to 1; undefined where there is nothing to divide by. */
export function abstentionRates({ acted, idle, abstained, rash }: Abstention) {
  const ratio = (part: number, rest: number) => (part + rest === 0 ? undefined : part / (part + rest));
  return {
    actPrecision: ratio(acted, rash),
    actRecall: ratio(acted, idle),
    abstainPrecision: ratio(abstained, idle),
    abstainRecall: ratio(abstained, rash),
  };
}
