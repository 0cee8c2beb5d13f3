import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import type { RunningServer } from "../../src/server/server.ts";
import type { SessionState } from "../../src/server/session/reply.ts";
import { sameOptions } from "../server/played-in-process.ts";
import { type Case, type Result, toolCallsOf } from "../server/scripted-episode.ts";
import type { Adapter } from "./adapters.ts";
import { pythonTests, runPython } from "./run-python.ts";

const programs = fileURLToPath(new URL("replay", import.meta.url));

/** What an adapter says of an episode; what it does not know is not there. */
interface Played {
  readonly reward: number;
  readonly turn_scores?: readonly (0 | 1)[];
  /** How many turns were achieved. */
  readonly turns_achieved?: number;
  readonly step_rewards?: readonly (number | null)[];
}

/**
 * Plays the cases through an adapter. Reward, scores and rewards of steps are what the adapter reports; where the server's
 * account of the same episode is another one, that is an error. `finished` are the server's episodes as they end.
 */
export async function replay(
  adapter: Adapter,
  python: string,
  server: RunningServer,
  finished: SessionState[],
  cases: readonly Case[],
): Promise<readonly Result[]> {
  const folder = mkdtempSync(join(tmpdir(), "envtune-replay-"));
  try {
    const file = join(folder, "scripts.json");
    writeFileSync(file, JSON.stringify(cases.map(scriptOf)));
    const { program, which, tests, rollouts = 1 } = adapter;
    const args = [join(programs, `${program}.py`), server.url, file, ...(which ? [which] : [])];
    finished.length = 0;
    const printed = await runPython(python, args, {
      folders: tests ? [pythonTests(tests)] : [],
      environment: { ENVTUNE_URL: server.url, ENVTUNE_NEMO_GYM_URL: server.nemoGymUrl ?? "" },
    });
    const played: Played[] = JSON.parse(printed.trim().split("\n").at(-1)!);
    expect([played.length, finished.length], "episodes reported and episodes that ended").toEqual([
      cases.length,
      cases.length * rollouts,
    ]);
    return played.map((one, index) => {
      const states = finished.slice(index * rollouts, (index + 1) * rollouts);
      return resultOf(one, states, `${adapter.name}, ${cases[index]!.task.id}`);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function scriptOf({ task, script }: Case): object {
  const messages = script.map((scripted) => ({
    role: "assistant",
    ...("say" in scripted ? { content: scripted.say } : { content: null, tool_calls: toolCallsOf(scripted.calls) }),
  }));
  return { task: task.id, options: { task: task.id, ...sameOptions }, messages };
}

function resultOf(played: Played, states: readonly SessionState[], name: string): Result {
  const [{ turn_scores, total_reward, state_hash }] = states as [SessionState];
  for (const state of states) expect(state, name).toMatchObject({ turn_scores, total_reward, state_hash });
  expect(played.reward, name).toBeCloseTo(total_reward!, 12);
  const { turns_achieved, step_rewards } = played;
  if (turns_achieved !== undefined)
    expect(turns_achieved, name).toBeCloseTo(
      turn_scores!.reduce((sum, score) => sum + score, 0),
      9,
    );
  return {
    ...{ reward: played.reward, turnScores: played.turn_scores ?? turn_scores!, stateHash: state_hash! },
    ...(step_rewards ? { rewards: step_rewards.filter((reward): reward is number => !!reward) } : {}),
  };
}
