import { calledAfterwards, nextUserRequest } from "../session/next-user-request.ts";
import { badOptions } from "../session/reset-options.ts";
import type { Session } from "../session/session.ts";
import { SessionError } from "../session/session-error.ts";
import type { SessionTable } from "../session/session-table.ts";
import { recentlyOver } from "./recently-over.ts";
import { resetOptionsOf } from "./row.ts";
import { startIn } from "./start-in.ts";

type Row = Readonly<Record<string, unknown>>;

/** Routes of NeMo Gym itself, beside which the tools stand. */
const ownRoutes: ReadonlySet<string> = new Set(["verify", "seed_session", "aggregate_metrics", "mcp"]);

/** What NeMo Gym's `simple_agent` calls, in tools mode: it knows no user turns, so `next_user_request` stands for them. */
export function createSeeded(table: SessionTable) {
  const over = recentlyOver<Row>();
  return {
    seed(row: Row, known: string | undefined): Session {
      const { session } = startIn(table, known, resetOptionsOf(row, "tools", "simple_agent"));
      const taken = session.tools().find(({ function: { name } }) => ownRoutes.has(String(name)));
      if (!taken) return session;
      table.close(session.id);
      throw badOptions(
        `the environment has a tool '${taken.function.name}', which is a route of NeMo Gym's own: rename the tool, or take its gymnasium protocol (/reset and /step), which calls no tool by a route`,
      );
    },
    /** The text of a tool's result, failed or not, which is what the model reads. `argumentsText` is JSON, or empty for none. */
    call(id: string, tool: string, argumentsText: string): string {
      try {
        const action = { type: "call_tool", tool_name: tool, arguments: argumentsText.trim() || "{}" };
        const { observation } = table.get(id).step(action);
        return "result" in observation ? observation.result : "";
      } catch (error) {
        if (error instanceof SessionError && error.code === "episodeOver") return calledAfterwards;
        throw error;
      }
    },
    /** The row, with the reward. The message that the model ended with has ended the turn; turns that it never came to count as they stand. */
    verify(body: Row, id: string): Row {
      const verified = over.get(id);
      if (verified) return { ...body, ...verified };
      const session = table.get(id);
      const { mode, done } = session.state();
      if (mode !== "tools")
        throw new SessionError(
          "wrongMode",
          "this session was not started by /seed_session: its rewards come with /step",
        );
      if (!done) session.step({ type: "call_tool", tool_name: nextUserRequest, arguments: {} });
      const { task, turn_scores, total_reward, step_count } = session.state();
      const found = { reward: total_reward ?? 0, envtune_result: { task, turn_scores, total_reward, step_count } };
      over.add(id, found);
      table.close(id);
      return { ...body, ...found };
    },
  };
}
