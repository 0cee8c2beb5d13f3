import { type SeededRandom, seededRandom } from "../../core/seeded-random.ts";
import type { Task, TaskCall } from "../../task/task.ts";
import { advisedSteps, type Reading, type Step } from "./advised-steps.ts";
import type { Arena } from "./arena.ts";
import { callKey } from "./candidate.ts";
import type { Course } from "./course.ts";
import type { Feedback } from "./failure.ts";
import { LinearPolicy } from "./linear-policy.ts";
import { Outcome, type Place } from "./place.ts";
import { prior } from "./prior.ts";

/** One failed call, played on from there several times with the same dice. Each is 1 where the call was mended or its turn achieved. */
export interface TriedHint {
  readonly family: string;
  /** By who does as hints say, and by who does not read them. */
  readonly obeyed: number;
  readonly ignored: number;
  /** By who calls the tools that hints name, and passes over the values; absent where this one gives no value. */
  readonly withoutValues?: number;
  /** By who calls others than the tools that hints name; absent where this one asks for no call but by its value, or as it was. */
  readonly otherTools?: number;
}

type Turn = Outcome["turns"][number];

/** Episodes a task, and failures in each that are played on from. */
const episodes = 8;
const failuresAnEpisode = 3;

/** Plays the untrained policy over the tasks, and tries from the failures that it meets what the hints on them are worth, at `direct`. */
export function tryHints(arena: Arena, seed: number): TriedHint[] {
  const policy = new LinearPolicy(prior);
  return arena.subject.tasks.flatMap((task) => {
    arena.tidy();
    return Array.from({ length: episodes }, (_, episode) => {
      const parts = { task, course: arena.courseOf(task), policy, feedback: arena.feedbackOf("direct", task) };
      const random = seededRandom(JSON.stringify(["hints tried", seed, task.id, episode]));
      return triedIn({ ...parts, seed: `hints tried ${episode}` }, random);
    }).flat();
  });
}

interface Trial {
  readonly task: Task;
  readonly course: Course;
  readonly policy: LinearPolicy;
  readonly feedback: Feedback;
  /** Of the candidates. */
  readonly seed: string;
}

function triedIn(trial: Trial, random: SeededRandom): TriedHint[] {
  const { task, course, policy, seed } = trial;
  const found: TriedHint[] = [];
  let place: Place | Outcome = course.start(seed);
  while (!(place instanceof Outcome) && found.length < failuresAnEpisode) {
    const start: Place = place;
    const hint = start.isFresh ? start.failure?.hintIn(trial.feedback) : undefined;
    const steps = stepsAt(start, trial, "whole", seededRandom("a look"));
    if (hint && steps.length > 0) {
      const dice = JSON.stringify(["hint tried", random.number()]);
      const by = (reading?: Reading) => goodEnd(trial, start, playOn(trial, start, reading, seededRandom(dice)));
      const { argument, values = [] } = hint.suggestion;
      found.push({
        ...{ family: task.family, obeyed: by("whole"), ignored: by() },
        ...(argument !== undefined && values.length > 0 ? { withoutValues: by("withoutValues") } : {}),
        ...(steps.some((step) => "fits" in step) ? { otherTools: by("otherTools") } : {}),
      });
    }
    place = course.after(start, policy.choose(start, undefined, random).choice, seed);
  }
  return found;
}

function stepsAt(
  { failure, isFresh }: Place,
  { course, feedback }: Trial,
  reading: Reading | undefined,
  random: SeededRandom,
): Step[] {
  const hint = isFresh && reading ? failure?.hintIn(feedback) : undefined;
  return failure && hint
    ? advisedSteps(hint, failure.call, course.truth.environment, { reading: reading!, random })
    : [];
}

/**
 * Plays to the end of the episode, reading hints in the turn at hand, or not. Nobody ends that turn of its own accord before the failed call
 * is mended: else the difference would be one of patience.
 */
function playOn(trial: Trial, start: Place, reading: Reading | undefined, random: SeededRandom): Outcome {
  const { course, policy, seed } = trial;
  const turn = start.episode.turns.length;
  let place = start;
  let steps: Step[] = [];
  while (true) {
    const isSameTurn = place.episode.turns.length === turn;
    if (!isSameTurn) steps = [];
    else if (place.isFresh) steps = stepsAt(place, trial, reading, random);
    const advised = steps.length > 0 ? callFor(steps.shift()!, place, policy, random) : undefined;
    const goesOn = isSameTurn && !isMended(trial, start, place.episode.turns[turn - 1]!);
    const call = advised ?? (goesOn ? callFor({ fits: () => true }, place, policy, random) : undefined);
    const next = call
      ? course.afterCall(place, call, seed)
      : course.after(place, policy.choose(place, undefined, random).choice, seed);
    if (next instanceof Outcome) return next;
    place = next;
  }
}

/** The policy's choice among the candidates that will do; undefined where there is none. */
function callFor(step: Step, place: Place, policy: LinearPolicy, random: SeededRandom): TaskCall | undefined {
  if ("call" in step) return step.call;
  const probabilities = policy.probabilities(place, undefined);
  const fitting = place.candidates.flatMap(({ call }, index) =>
    call && step.fits(call) ? [{ call, weight: probabilities[index]! }] : [],
  );
  let left = random.number() * fitting.reduce((sum, { weight }) => sum + weight, 0);
  for (const { call, weight } of fitting) {
    left -= weight;
    if (left < 0) return call;
  }
  return fitting.at(-1)?.call;
}

/** Whether the turn was achieved or the failed call mended. */
function goodEnd(trial: Trial, start: Place, outcome: Outcome): number {
  const turn = start.episode.turns.length - 1;
  return outcome.achieved[turn] === 1 || isMended(trial, start, outcome.turns[turn]!) ? 1 : 0;
}

/** Whether a right call of the failed tool succeeded since; any call of it, where the turn asks for none. */
function isMended({ task }: Trial, { episode, failure }: Place, steps: Turn): boolean {
  const turn = episode.turns.length - 1;
  const { tool } = failure!.call;
  const right = task.turns[turn]!.groundTruth.filter((call) => call.tool === tool).map(callKey);
  return steps.slice(episode.turns[turn]!.length).some(({ calls, results }) => {
    const [made, result] = [calls[0] as TaskCall | undefined, results[0]];
    if (made?.tool !== tool || !result || result.failure !== undefined) return false;
    return right.length === 0 || right.includes(callKey(made));
  });
}
