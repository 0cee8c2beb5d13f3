import { sameValue } from "../../core/equality.ts";
import { groundedCalls } from "../../generate/grounding.ts";
import type { GroundTruth } from "../../grading/ground-truth.ts";
import { hiddenAt } from "../../task/held-out.ts";
import type { Task, TaskCall } from "../../task/task.ts";
import type { Check, Finding } from "./check.ts";
import { lookAtTasks } from "./look-at-tasks.ts";
import type { VerifySubject } from "./subject.ts";

export const missingCheck: Check = {
  name: "missing",
  ofTasks: true,
  statement: "a turn of miss_func that is to be answered without a call cannot be done yet: its tools are held out",
  run(subject) {
    const findings: Finding[] = [];
    const remarks: Finding[] = [];
    const figures = { "turns to wait in": 0, "tools held out": 0, "tools tried in their place": 0 };
    lookAtTasks(subject, findings, (task, truth) => {
      for (const turn of waitingTurns(task)) {
        figures["turns to wait in"]++;
        if (task.category === "miss_param") {
          if (isAllSaid(subject, task, turn)) remarks.push(said(task, turn));
          continue;
        }
        const hidden = hiddenAt(task.turns, turn);
        const next = turn + 1;
        const held = task.turns[next]!.groundTruth.filter(({ tool }) => hidden.has(tool));
        figures["tools held out"] += held.length;
        const [first] = task.turns[next]!.groundTruth;
        if (held.length === 0)
          findings.push({
            ...{ task: task.id, turn, tool: first!.tool },
            problem: `nothing is to be called, and '${first!.tool}', which turn ${next} calls to do it, can be called already`,
            fix: `name the tool that is missing in holdOut of this turn or before, and in release of turn ${next}`,
          });
        for (const { call, twin, tried } of twins(truth, task, next, hidden)) {
          figures["tools tried in their place"] += tried;
          if (twin !== undefined)
            findings.push({
              ...{ task: task.id, turn, tool: twin },
              problem: `'${call.tool}' is held out, and '${twin}' with the same arguments does the same`,
              fix: `hold out '${twin}' too, or make one tool of the two`,
            });
        }
      }
    });
    return { findings, remarks, figures };
  },
};

/**
 * Turns that something is missing in: nothing is to be called, and in the next turn something is. Of miss_func, those before a
 * release; where nothing is released at all, the first.
 */
function waitingTurns({ category, turns }: Task): readonly number[] {
  if (category !== "miss_func" && category !== "miss_param") return [];
  const calls = (turn: number) => turns[turn]?.groundTruth.length ?? 0;
  const waiting = [...turns.keys()].filter((turn) => calls(turn) === 0 && calls(turn + 1) > 0);
  if (category === "miss_param") return waiting;
  const released = waiting.filter((turn) => turns[turn + 1]!.release?.length);
  return released.length > 0 ? released : waiting.slice(0, 1);
}

/** For each call of a turn whose tool was hidden before: another tool that was not, and does the same to state and reader. */
function* twins(truth: GroundTruth, task: Task, turn: number, hidden: ReadonlySet<string>) {
  const { environment, initial, turns } = truth;
  let state = turn === 0 ? initial : turns[turn - 1]!.state;
  for (const call of task.turns[turn]!.groundTruth) {
    const step = environment.step(state, call);
    if (hidden.has(call.tool) && step.outcome.ok) {
      const others = Object.keys(environment.tools).filter((tool) => !hidden.has(tool));
      const twin = others.find((tool) => {
        const other = environment.step(state, { ...call, tool });
        return other.outcome.ok && sameValue(other.outcome, step.outcome) && environment.same(other.state, step.state);
      });
      yield { call, twin, tried: others.length };
    }
    state = step.state;
  }
}

/** Whether the calls after a turn would be grounded without what the user says next; what is no text or number is not judged. */
function isAllSaid(subject: VerifySubject, task: Task, turn: number): boolean {
  const turns = task.turns.map((one, index) => (index === turn + 1 ? { ...one, user: "" } : one));
  const environment = subject.environmentOf(task.environments);
  const calls = [...groundedCalls({ ...task, turns }, environment, subject.extension)];
  const next = calls.filter((one) => one.turn === turn + 1);
  return next.every(({ call, ungrounded }) => ungrounded.length === 0 && isJudged(call));
}

const isJudged = ({ args }: TaskCall): boolean => !JSON.stringify(args).match(/\btrue\b|\bfalse\b|\bnull\b/);

const said = (task: Task, turn: number): Finding => ({
  ...{ task: task.id, turn },
  problem: "nothing is to be called, and all values that the next turn's calls need have been read by then",
  fix: "see that the user leaves open which of them is meant",
});
