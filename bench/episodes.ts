import { hints } from "../environments/index.ts";
import type { Call } from "../src/core/call.ts";
import { seededRandom } from "../src/core/seeded-random.ts";
import { act, observe, startEpisode } from "../src/episode/episode.ts";
import type { AssistantMessage } from "../src/episode/message.ts";
import { openai } from "../src/episode/renderers/openai.ts";
import { trainingRules } from "../src/episode/rules.ts";
import { type EpisodeSetting, trainingSetting } from "../src/episode/setting.ts";
import type { HintLevel } from "../src/feedback/level.ts";
import { profiles } from "../src/grading/profile.ts";
import type { Entry } from "./entry.ts";
import type { Figure } from "./figure.ts";
import { keptResult, median, now } from "./measure.ts";

/** The share of real models' calls that fail: 1,764 of 13,438 recorded ones. */
const failingShare = 1764 / 13438;

/**
 * Whole episodes, observations included, of a script that makes the ground truth's calls one a message and gets as many calls
 * wrong as real models do: with hints off, and at `guide`.
 */
export function episodeFigures(entries: readonly Entry[], rounds: number): Figure[] {
  const scripts = entries.map(clumsyScript);
  const levels = ["off", "guide"] as const;
  const settings = levels.map((level) => entries.map((entry) => settingOf(entry, level)));
  const round = (own: readonly EpisodeSetting[]): number => {
    const start = now();
    for (const [index, setting] of own.entries()) keptResult.value = play(setting, scripts[index]!);
    return now() - start;
  };
  // Both sides in every round, in changing order: what slows the machine down for a while slows both.
  const pairs = Array.from({ length: rounds + 2 }, (_, index) => {
    const [first, second] = index % 2 === 0 ? settings : settings.toReversed();
    const times = [round(first!), round(second!)];
    return index % 2 === 0 ? times : times.toReversed();
  }).slice(2);
  const results = settings[0]!.flatMap((setting, index) =>
    play(setting, scripts[index]!)
      .turns.flat()
      .flatMap((step) => step.results),
  );
  const failures = results.filter(({ failure }) => failure !== undefined).length;
  const [off, guide] = [median(pairs.map(([time]) => time!)), median(pairs.map(([, time]) => time!))];
  const rate = (nanoseconds: number) => (entries.length * 1e9) / nanoseconds;
  return [
    { name: "episodes with hints off", value: rate(off), unit: "episodes/s" },
    {
      name: "episodes with hints at guide",
      value: rate(guide),
      unit: "episodes/s",
      reference: rate(off),
      ratio: off / guide,
    },
    { name: "failing calls in them", value: (100 * failures) / results.length, unit: "%" },
  ];
}

function settingOf({ truth }: Entry, level: HintLevel): EpisodeSetting {
  const rules = { ...trainingRules, stepLimit: 50 };
  return trainingSetting(truth, {
    profile: profiles.strict,
    renderer: openai,
    rules,
    hints: { library: hints, level },
  });
}

function play(setting: EpisodeSetting, messages: readonly AssistantMessage[]) {
  let episode = startEpisode(setting);
  for (const message of messages) {
    observe(setting, episode);
    episode = act(setting, episode, message);
  }
  return episode;
}

/** The messages of an episode: each call of the ground truth and, before some of them, the same call with an argument wrong. */
function clumsyScript({ task, environment, truth }: Entry): AssistantMessage[] {
  const random = seededRandom(`clumsy ${task.id}`);
  const messages: AssistantMessage[] = [];
  let state = truth.initial;
  for (const { groundTruth } of task.turns) {
    for (const call of groundTruth) {
      // Some wrong calls succeed all the same and are left out, so more are drawn than the share.
      const wrong = random.number() < failingShare * 1.6 ? wrongly(call) : undefined;
      if (wrong && !environment.step(state, wrong as never).outcome.ok) messages.push(openai.write([wrong]));
      messages.push(openai.write([call]));
      state = environment.step(state, call as never).state;
    }
    messages.push(openai.answer("Done."));
  }
  return messages;
}

function wrongly({ tool, args }: Call): Call {
  const text = Object.entries(args).find(([, value]) => typeof value === "string");
  return text ? { tool, args: { ...args, [text[0]]: `${text[1]}x` } } : { tool, args: { ...args, surplus: 1 } };
}
