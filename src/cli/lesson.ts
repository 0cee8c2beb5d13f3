import { environmentOf, hints } from "../../environments/index.ts";
import { act, type Episode, playedOf, startEpisode } from "../episode/episode.ts";
import type { WritableCall } from "../episode/renderer.ts";
import { openai } from "../episode/renderers/openai.ts";
import { type EpisodeSetting, trainingSetting } from "../episode/setting.ts";
import { hintLevels } from "../feedback/level.ts";
import { replayGroundTruth } from "../grading/ground-truth.ts";
import { profiles } from "../grading/profile.ts";
import { assess } from "../progress/assess.ts";
import { callText } from "../python/call-text.ts";
import type { PyValue } from "../python/value.ts";
import type { Task } from "../task/task.ts";

const done = openai.answer("Done.");
const start: WritableCall = { tool: "startEngine", args: { ignitionMode: "START" } };
/** What a reader of the hint does: what it names, then the same call again. */
const repair: readonly WritableCall[] = [
  { tool: "lockDoors", args: { unlock: false, door: ["driver", "passenger", "rear_left", "rear_right"] } },
  { tool: "pressBrakePedal", args: { pedalPosition: 1 } },
  start,
];

/** The most frequent failure of real models, shown on a task: what each level says, and what the turn is worth either way. */
export function engineLesson(task: Task): string {
  const truth = replayGroundTruth(task, environmentOf(task.environments));
  const turn = task.turns.findIndex(({ groundTruth }) => groundTruth.some(({ tool }) => tool === start.tool));
  if (turn < 0) throw new Error(`${task.id}: no turn of this task starts an engine`);
  const settings = hintLevels.map((level) =>
    trainingSetting(truth, { profile: profiles.strict, renderer: openai, hints: { library: hints, level } }),
  );
  const failed = settings.map((setting) => act(setting, cameTo(setting, turn), openai.write([start])));
  const [plain] = failed;
  const result = plain!.turns[turn]![0]!.results[0]!;
  const texts = failed.map((episode) => episode.turns[turn]![0]!.results[0]!.hint?.text ?? "");
  // A level says what the one before it says, and more: the rest is what it adds.
  const said = hintLevels
    .slice(1)
    .map(
      (level, index) =>
        [level, texts[index + 1]!.replace(texts[index]!, index > 0 ? "… " : "").replace("…  ", "… ")] as const,
    );
  const [quiet] = settings;
  const left = worth(quiet!, act(quiet!, plain!, done), turn);
  const mended = worth(quiet!, act(quiet!, act(quiet!, plain!, openai.write(repair)), done), turn);
  const rows: (readonly [string, string])[] = [
    ["user", task.turns[turn]!.user],
    ["call", textOf(start)],
    ["result", result.text],
    ...said,
    ["left there", `turn score ${left.score}`],
    ...left.reasons().map(({ code, message }) => ["", `${code}: ${message}`] as const),
    ["as hinted", `${repair.map(textOf).join(", ")}: turn score ${mended.score}`],
  ];
  const lines = rows.map(([label, text]) => `  ${label.padEnd(10)}  ${text}`);
  return [
    `one failure at the levels of hints (${task.id}, turn ${turn + 1}; startEngine is 36% of all real failures)`,
    ...lines,
  ].join("\n");
}

/** The episode after the ground truth of the turns before. */
function cameTo(setting: EpisodeSetting, turn: number): Episode {
  let episode = startEpisode(setting);
  for (const { groundTruth } of setting.task.turns.slice(0, turn)) {
    if (groundTruth.length > 0) episode = act(setting, episode, setting.renderer.write(groundTruth));
    episode = act(setting, episode, done);
  }
  return episode;
}

const worth = ({ truth, profile, rules }: EpisodeSetting, episode: Episode, turn: number) =>
  assess(truth, playedOf(episode), profile, rules).turns[turn]!;

const textOf = ({ tool, args }: WritableCall): string => callText(tool, Object.entries(args) as [string, PyValue][]);
