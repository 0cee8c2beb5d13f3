import { act, type Episode, observe, startEpisode } from "../../../src/episode/episode.ts";
import type { AssistantMessage } from "../../../src/episode/message.ts";
import type { Renderer } from "../../../src/episode/renderer.ts";
import { type EpisodeSetting, type TrainingOptions, trainingSetting } from "../../../src/episode/setting.ts";
import { profiles } from "../../../src/grading/profile.ts";
import type { Task } from "../../../src/task/task.ts";
import { prepare } from "../sample-tasks.ts";

export const says = (content: string): AssistantMessage => ({ role: "assistant", content });

export const native = (...made: readonly [name: string, text: string, id?: string][]): AssistantMessage => ({
  role: "assistant",
  content: null,
  tool_calls: made.map(([name, text, id = ""]) => ({ id, type: "function", function: { name, arguments: text } })),
});

export const training = (task: Task, renderer: Renderer, options: Partial<TrainingOptions> = {}): EpisodeSetting =>
  trainingSetting(prepare(task).truth, { profile: profiles.strict, renderer, ...options });

export const play = (setting: EpisodeSetting, ...messages: readonly AssistantMessage[]): Episode =>
  messages.reduce((episode, message) => act(setting, episode, message), startEpisode(setting));

export const seen = (setting: EpisodeSetting, ...messages: readonly AssistantMessage[]) =>
  observe(setting, play(setting, ...messages)).messages;
