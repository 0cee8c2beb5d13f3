import { createInterface } from "node:readline/promises";
import type { ToolDocument } from "../core/tool-document.ts";
import { act, type Episode, startEpisode } from "../episode/episode.ts";
import { python } from "../episode/renderers/python.ts";
import { type EpisodeSetting, trainingSetting } from "../episode/setting.ts";
import { transcriptOf } from "../episode/transcript-of.ts";
import { hintLevels } from "../feedback/level.ts";
import { grade } from "../grading/grade.ts";
import { replayGroundTruth } from "../grading/ground-truth.ts";
import { profiles } from "../grading/profile.ts";
import { trajectoryOf } from "../grading/trajectory.ts";
import { suggestion } from "../task/issue.ts";
import { DataError } from "../task/problem.ts";
import { command } from "./command.ts";
import { requirePlayable, worldOf } from "./dataset.ts";
import { readLevel } from "./run-options.ts";

const help = `Type calls as in ls(a=True) or [cd(folder='x'), ls()]; any other line is your answer and ends the turn.
  :tools        what can be called now      :tool NAME   one tool's document
  :undo         take the last message back  :quit        stop here and see the score
`;

export const playCommand = command({
  meta: { name: "play", description: "Act in an episode yourself: type calls, read results and hints, see the score" },
  args: {
    dataset: {
      type: "string",
      default: "bundled",
      description: "bundled, shop, bfcl, a path, a JSONL file or a module of your own",
    },
    task: { type: "string", description: "The id of the task; the first one unless given" },
    hints: { type: "string", default: "guide", description: `The level of hints: ${hintLevels.join(", ")}` },
  },
  async run({ args }) {
    const taskSet = await requirePlayable(args.dataset);
    const { tasks, extension, documents } = taskSet;
    const { environmentOf, hints } = worldOf(taskSet);
    const task = args.task === undefined ? tasks[0] : tasks.find(({ id }) => id === args.task);
    if (!task)
      throw new DataError(
        `--task ${args.task}: ${suggestion(
          args.task ?? "",
          tasks.map(({ id }) => id),
        )}`,
      );
    const truth = replayGroundTruth(task, environmentOf(task.environments), extension);
    const level = readLevel(args.hints);
    const setting = trainingSetting(truth, {
      profile: profiles.strict,
      renderer: python,
      documents,
      hints: { library: hints, level },
      turnFeedback: level,
    });
    const lines = createInterface({ input: process.stdin });
    const episode = await playByHand(setting, lines, (text) => process.stdout.write(text));
    lines.close();
    process.stdout.write(verdict(setting, episode));
  },
});

/** Plays until the episode or the input ends. */
export async function playByHand(
  setting: EpisodeSetting,
  lines: AsyncIterable<string> | Iterable<string>,
  say: (text: string) => void,
): Promise<Episode> {
  const past: Episode[] = [startEpisode(setting)];
  say(`${setting.task.id}: ${setting.task.turns.length} turns\n${help}`);
  say(spokenIn(setting, past[0]!));
  say("> ");
  for await (const line of lines) {
    const text = line.trim();
    const current = past.at(-1)!;
    if (text === ":quit") break;
    if (text === ":undo") {
      if (past.length > 1) past.pop();
      say(spokenIn(setting, past.at(-1)!));
    } else if (text.startsWith(":")) say(answerTo(text, setting, current));
    else if (text !== "") {
      const next = act(setting, current, {
        role: "assistant",
        content: /^[A-Za-z_]\w*\(/.test(text) ? `[${text}]` : text,
      });
      past.push(next);
      say(outcomeOf(next, current));
      if (next.ending) break;
      if (next.turns.length > current.turns.length) say(spokenIn(setting, next));
    }
    say("> ");
  }
  return past.at(-1)!;
}

/** What the last message brought about. */
function outcomeOf({ turns }: Episode, before: Episode): string {
  const step = turns[before.turns.length - 1]!.at(-1)!;
  const results = step.results.map(({ text, hint }) => `${text}\n${hint ? `hint: ${hint.text}\n` : ""}`);
  return `${results.join("")}${step.unreadable === undefined ? "" : `not read: ${step.unreadable}\n`}`;
}

/** What is said as a turn begins: notices, tools that come or go, the user's message. */
function spokenIn(setting: EpisodeSetting, { turns }: Episode): string {
  const { user, notices = [], released, withdrawn } = transcriptOf(setting, turns).turns.at(-1)!;
  const changes = [
    ...notices,
    ...released.map(({ name }) => `now available: ${name}`),
    ...withdrawn.map((name) => `no longer available: ${name}`),
  ];
  return `\n${changes.map((line) => `(${line})\n`).join("")}[turn ${turns.length}] user: ${user}\n`;
}

function answerTo(text: string, setting: EpisodeSetting, { turns }: Episode): string {
  const { offered } = transcriptOf(setting, turns);
  if (text === ":tools") return `${offered.map(({ name }: ToolDocument) => name).join(", ")}\n`;
  const [, name] = /^:tool (\w+)$/.exec(text) ?? [];
  const document = offered.find((one) => one.name === name);
  return document ? `${JSON.stringify(document, null, 2)}\n` : help;
}

export function verdict({ truth, profile }: EpisodeSetting, episode: Episode): string {
  const { turns, progress, failure } = grade(truth, trajectoryOf(episode), profile);
  const rows = turns.map(({ passed, state, response }, index) => {
    const lacks = [...(state ? [] : ["the state"]), ...(response ? [] : ["a result"])].join(" and ");
    return `turn ${index + 1}: ${passed ? "passed" : `failed${lacks ? ` (${lacks} is not as it should be)` : ""}`}\n`;
  });
  return `\n${rows.join("")}progress ${progress.toFixed(2)}${failure ? `\n${failure.message}` : ""}\n`;
}
