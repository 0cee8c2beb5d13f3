import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { EndpointOptions } from "../rollout/endpoint-policy.ts";
import { cutPartialLine } from "../rollout/line-file.ts";
import type { Trace } from "../rollout/trace.ts";

export const tokensFile = "tokens.jsonl";

/** A line of `tokens.jsonl`: the ids of an episode's messages, as the server gave them. Of an episode's lines the last one counts. */
export interface EpisodeTokens {
  readonly id: string;
  readonly sample: number;
  /** Where each stands in the trace, the ids of the whole prompt, and those that the model sampled. */
  readonly messages: readonly {
    readonly turn: number;
    readonly step: number;
    readonly prompt: readonly number[];
    readonly message: readonly number[];
  }[];
}

/** Gathers token ids while episodes are played, and writes a line as each ends; none for episodes without ids. */
export async function openTokenLog(folder: string) {
  const path = join(folder, tokensFile);
  await cutPartialLine(path);
  const gathered = new Map<string, EpisodeTokens["messages"][number][]>();
  const keyOf = (id: string, sample: number) => JSON.stringify([id, sample]);
  const onTokens: NonNullable<EndpointOptions["onTokens"]> = ({ episode, sample }, tokens) => {
    const key = keyOf(episode.task, sample);
    const place = { turn: episode.turns.length - 1, step: episode.turns.at(-1)!.length };
    gathered.set(key, [...(gathered.get(key) ?? []), { ...place, ...tokens }]);
  };
  return {
    onTokens,
    onEpisode({ id, sample }: Trace): void {
      const messages = gathered.get(keyOf(id, sample));
      gathered.delete(keyOf(id, sample));
      if (messages) appendFileSync(path, `${JSON.stringify({ id, sample, messages } satisfies EpisodeTokens)}\n`);
    },
  };
}
