import { act, type Episode, playedOf, startEpisode } from "../../episode/episode.ts";
import { openai } from "../../episode/renderers/openai.ts";
import { type EpisodeSetting, trainingSetting } from "../../episode/setting.ts";
import type { FailedMoment } from "../../feedback/failed-moment.ts";
import type { GroundTruth } from "../../grading/ground-truth.ts";
import { profiles } from "../../grading/profile.ts";
import { assess } from "../../progress/assess.ts";
import type { Reward } from "../../progress/reward.ts";
import { progressReward } from "../../progress/rewards/progress.ts";
import { syntaxReward } from "../../progress/rewards/syntax.ts";
import { binaryReward } from "../../progress/rewards/verdict.ts";
import { hiddenAt } from "../../task/held-out.ts";
import type { TaskCall } from "../../task/task.ts";
import { callKey } from "./candidate.ts";
import { drawCandidates } from "./draw-candidates.ts";
import { Failure } from "./failure.ts";
import { Outcome, Place } from "./place.ts";
import { type Made, placeFeatures } from "./place-features.ts";
import { end, Request } from "./request.ts";
import { type Sought, soughtIn } from "./text.ts";
import { valuesIn } from "./visible-values.ts";

/** Results in which the values of a call are looked for, the latest ones. */
const latestResults = 12;

/** One task and the places of its episodes that were come by, under the rules of training. */
export class Course {
  readonly truth: GroundTruth;
  readonly #setting: EpisodeSetting;
  readonly #reward: Reward;
  readonly #requests = new Map<string, Request>();
  readonly #sought = new Map<string, Sought>();
  readonly #starts = new Map<string, Place>();
  /** The failure that `act` has just asked a hint for: feedback is looked at later, by each arm for itself. */
  #moment: FailedMoment | undefined;
  /** Places come by since all were forgotten; no more than these are kept. */
  places = 0;

  constructor(truth: GroundTruth, reward: Reward = progressReward) {
    this.truth = truth;
    this.#reward = reward;
    const library = (moment: FailedMoment) => {
      this.#moment = moment;
      return undefined;
    };
    this.#setting = trainingSetting(truth, {
      profile: profiles.strict,
      renderer: openai,
      hints: { library, level: "direct" },
    });
  }

  /** The first place of an episode; the seed decides which candidates it meets. */
  start(seed: string): Place {
    let place = this.#starts.get(seed);
    if (!place) {
      place = this.#placeOf(startEpisode(this.#setting), seed, undefined);
      this.#starts.set(seed, place);
    }
    return place;
  }

  /** Where a choice leads. */
  after(place: Place, choice: number, seed: string): Place | Outcome {
    const known = place.next[choice];
    if (known) return known;
    const next = this.afterCall(place, place.candidates[choice]!.call, seed);
    if (isNearStart(place.episode)) place.next[choice] = next;
    return next;
  }

  /** Where a call leads that need not be among the candidates, or the end of the turn. */
  afterCall(place: Place, call: TaskCall | undefined, seed: string): Place | Outcome {
    this.#moment = undefined;
    const message = call ? openai.write([call]) : openai.answer("Done.");
    const episode = act(this.#setting, place.episode, message);
    return episode.ending ? this.#outcomeOf(episode) : this.#placeOf(episode, seed, this.#moment);
  }

  /** Gives back the memory of all places; they are the same when they are come by again. */
  forget(): void {
    this.#starts.clear();
    this.#sought.clear();
    this.places = 0;
  }

  #placeOf(episode: Episode, seed: string, moment: FailedMoment | undefined): Place {
    this.places++;
    const { task, environment } = this.truth;
    const turn = episode.turns.length - 1;
    const steps = episode.turns.at(-1)!;
    const hidden = hiddenAt(task.turns, turn);
    const offered = this.#setting.documents.map(({ name }) => name).filter((name) => !hidden.has(name));
    const made = steps.flatMap(({ calls, results }) => calls.map((call, at) => madeOf(call as TaskCall, results[at]!)));
    const earlier = episode.turns
      .slice(0, -1)
      .flat()
      .filter(({ notExecuted }) => !notExecuted);
    const read = [...earlier, ...steps].flatMap(({ results }) => results.map(({ text }) => text));
    const texts = read.slice(-latestResults);
    const said = task.turns.slice(0, turn + 1).map(({ user }) => user);
    const candidates = drawCandidates({
      ...{ task, environment, turn, seed, offered, made, state: episode.state, step: steps.length },
      texts: [...said, ...read],
      visible: [...said, ...texts].flatMap(valuesIn),
    });
    const tools = [...new Set(candidates.map(({ call }) => call?.tool ?? end))];
    const lastFailed = steps.findLastIndex(({ results }) => results[0]?.failure !== undefined);
    const features = placeFeatures({
      ...{ tools, candidates, made, request: this.#requestOf(episode) },
      earlierCalls: new Set(earlier.flatMap(({ calls }) => calls.map((call) => callKey(call as TaskCall)))),
      results: texts.map((text) => this.#lookUp(text)),
    });
    return new Place({
      ...{ episode, candidates, tools, features },
      toolOf: candidates.map(({ call }) => tools.indexOf(call?.tool ?? end)),
      failure: lastFailed < 0 ? undefined : this.#failureOf(episode, lastFailed, moment),
      isFresh: lastFailed === steps.length - 1,
    });
  }

  #requestOf({ turns }: Episode): Request {
    const turn = turns.length - 1;
    const goesOn = turn > 0 && turns[turn - 1]!.every(({ calls, notExecuted }) => calls.length === 0 || notExecuted);
    const key = `${turn} ${goesOn}`;
    let request = this.#requests.get(key);
    if (!request) {
      request = new Request(this.truth.task, turn, this.truth.environment, goesOn);
      this.#requests.set(key, request);
    }
    return request;
  }

  readonly #failures = new WeakMap<object, Failure>();

  /** Kept by the step that failed, so that later places of the turn have it with its moment. */
  #failureOf(episode: Episode, at: number, moment: FailedMoment | undefined): Failure {
    const step = episode.turns.at(-1)![at]!;
    let failure = this.#failures.get(step);
    if (!failure) {
      const { text, failure: code } = step.results[0]!;
      failure = new Failure(step.calls[0] as TaskCall, code!, text, moment);
      this.#failures.set(step, failure);
    }
    return failure;
  }

  #lookUp(text: string): Sought {
    let sought = this.#sought.get(text);
    if (!sought) {
      sought = soughtIn(text);
      this.#sought.set(text, sought);
    }
    return sought;
  }

  #outcomeOf(episode: Episode): Outcome {
    const { profile, rules } = this.#setting;
    const assessed = assess(this.truth, playedOf(episode), profile, rules);
    const passed = binaryReward.score(assessed).value;
    const progress = progressReward.score(assessed).value;
    const learned = this.#reward === progressReward ? progress : this.#reward.score(assessed).value;
    if (!Number.isFinite(learned))
      throw new Error(
        `reward '${this.#reward.name}' is ${learned} on task '${this.truth.task.id}'; give a number from 0 to 1`,
      );
    return new Outcome({
      ...{ turns: episode.turns, progress, passed, achieved: assessed.turns.map(({ score }) => score) },
      rewards: { syntax: syntaxReward.score(assessed).value, progress: learned, binary: passed },
    });
  }
}

/** Places further on are hardly come by twice; keeping them would cost more than finding them anew. */
const isNearStart = ({ turns }: Episode): boolean => turns.length === 1 && turns[0]!.length < 2;

function madeOf(call: TaskCall, { failure }: { readonly failure?: string }): Made {
  return { call, succeeded: failure === undefined, code: failure ?? "ok" };
}
