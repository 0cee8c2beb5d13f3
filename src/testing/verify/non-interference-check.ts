import type { Environment } from "../../core/environment.ts";
import { seededRandom } from "../../core/seeded-random.ts";
import type { Tools } from "../../core/tool.ts";
import { act, observe, startEpisode } from "../../episode/episode.ts";
import type { WritableCall } from "../../episode/renderer.ts";
import { renderers } from "../../episode/renderers/index.ts";
import { evaluationSetting } from "../../episode/setting.ts";
import { type GroundTruth, replayGroundTruth } from "../../grading/ground-truth.ts";
import { profiles } from "../../grading/profile.ts";
import { randomCall } from "../../rollout/random-call.ts";
import { hiddenAt } from "../../task/held-out.ts";
import type { Task, TaskTurn } from "../../task/task.ts";
import type { Check, Finding } from "./check.ts";
import { lookAtTasks } from "./look-at-tasks.ts";
import type { VerifySubject } from "./subject.ts";

export const nonInterferenceCheck: Check = {
  name: "non-interference",
  ofTasks: true,
  statement:
    "what a model reads stays the same, byte for byte, when the ground truth and the turns to come are replaced",
  run(subject) {
    const findings: Finding[] = [];
    const figures = { prefixes: 0, "failed calls": 0, hints: 0 };
    lookAtTasks(subject, findings, (task, truth) => {
      const random = seededRandom(JSON.stringify([subject.seed, "non-interference", task.id]));
      const cuts = new Set([task.turns.length - 1, random.below(task.turns.length)]);
      for (const cut of subject.quick ? [[...cuts].at(-1)!] : cuts) {
        const said = saidUpTo(truth, cut, random);
        const seen = read(subject, truth, said);
        const { environment } = truth;
        const other = read(
          subject,
          replayGroundTruth(replaced(task, cut, environment), environment, subject.extension),
          said,
        );
        figures.prefixes++;
        figures["failed calls"] += seen.failed;
        figures.hints += seen.hints;
        if (seen.text !== other.text) findings.push(difference(task, cut, seen, other));
      }
    });
    return { findings, figures };
  },
};

/** What is called in each turn: some wrong calls, and those of the ground truth. */
function saidUpTo(
  { task, environment, initial, turns }: GroundTruth,
  cut: number,
  random: ReturnType<typeof seededRandom>,
) {
  return task.turns.slice(0, cut + 1).map(({ groundTruth }, turn): readonly WritableCall[] => {
    const state = turn === 0 ? initial : turns[turn - 1]!.state;
    const hidden = hiddenAt(task.turns, turn);
    const early = task.turns[turn + 1]?.groundTruth.slice(0, 1) ?? [];
    const wrong = groundTruth.slice(0, 1).map(({ tool, args }) => ({ tool, args: misspelt(args) }));
    const drawn = Array.from({ length: 3 }, () => randomCall(environment, state, hidden, random));
    return [...wrong, ...drawn, ...early, ...groundTruth];
  });
}

const misspelt = (args: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      typeof value === "string" ? `${value}x` : typeof value === "number" ? -value - 1 : value,
    ]),
  );

interface Read {
  readonly text: string;
  readonly results: readonly string[];
  readonly failed: number;
  readonly hints: number;
}

/** All that a model has read when it has made these calls. */
function read(
  { hints, documents = {} }: VerifySubject,
  truth: GroundTruth,
  said: readonly (readonly WritableCall[])[],
): Read {
  const renderer = renderers.openai;
  const setting = evaluationSetting(
    truth,
    { profile: profiles.strict, renderer, documents },
    { library: hints, level: "direct" },
  );
  let episode = startEpisode(setting);
  for (const [turn, calls] of said.entries()) {
    if (turn > 0) episode = act(setting, episode, renderer.answer("Done."));
    episode = act(setting, episode, renderer.write(calls));
  }
  const results = episode.turns.flatMap((steps) => steps.flatMap(({ results: made }) => made));
  return {
    text: JSON.stringify(observe(setting, episode)),
    results: results.map(({ text, hint }) => `${text} ${hint?.text ?? ""}`),
    failed: results.filter(({ failure }) => failure !== undefined).length,
    hints: results.filter(({ hint }) => hint).length,
  };
}

/** The same conversation up to a turn, with other turns after it, other and misspelt ground truths throughout, and nothing released later. */
function replaced(task: Task, cut: number, { tools }: Environment): Task {
  const { turns } = task;
  const truths = turns.map(({ groundTruth }) =>
    groundTruth.map((call) => {
      const args = misspelt(call.args);
      return (tools as Tools)[call.tool]!.spec.args.safeParse(args).success ? { ...call, args } : call;
    }),
  );
  const others = turns.length === 1 ? [truths[0]!.slice(1)] : [...truths.slice(1), truths[0]!];
  return {
    ...task,
    turns: turns.map(({ user, holdOut, release }, turn): TaskTurn => {
      const now = turn <= cut;
      return {
        user: now ? user : `Canary ${turn}: this is another request.`,
        groundTruth: others[turn]!,
        ...(now && holdOut ? { holdOut } : {}),
        ...(now && release ? { release } : {}),
      };
    }),
  };
}

function difference(task: Task, cut: number, seen: Read, other: Read): Finding {
  const at = seen.results.findIndex((text, index) => text !== other.results[index]);
  return {
    task: task.id,
    turn: cut,
    problem: `with another ground truth and other turns to come, a model reads something else${at < 0 ? "" : `: ${seen.results[at]!.slice(0, 200)} | ${other.results[at]?.slice(0, 200)}`}`,
    fix: "hints, tools and results may read the state, the call and the history alone: no clock, no counter, no task",
  };
}
