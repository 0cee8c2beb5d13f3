import { followingText } from "../session/next-user-request.ts";
import type { EpisodeFacts, Reply } from "../session/reply.ts";
import type { Session } from "../session/session.ts";
import { SessionError } from "../session/session-error.ts";
import type { SessionTable } from "../session/session-table.ts";
import { modelMessage } from "./model-message.ts";
import { recentlyOver } from "./recently-over.ts";
import { resetOptionsOf, rolesIn } from "./row.ts";
import { startIn } from "./start-in.ts";

type Row = Readonly<Record<string, unknown>>;

export interface ResetAnswer {
  /** What the row does not say: the prompt, and what the user says. */
  readonly observation: string | null;
  readonly info: {
    readonly supports_explicit_close: true;
    readonly supports_step_idempotency: true;
    readonly envtune: EpisodeFacts;
  };
}

export interface StepAnswer {
  /** What the user says next, and which tools there are from then on. */
  readonly observation: string | null;
  readonly reward: number;
  readonly terminated: boolean;
  readonly truncated: boolean;
  readonly info: {
    readonly tool_outputs: readonly { readonly call_id: string; readonly output: string }[];
    /** For whoever evaluates; the agent shows the model nothing of it. */
    readonly envtune: EpisodeFacts;
  };
}

/** What NeMo Gym's `gymnasium_agent` calls, in dialogue mode. A session is closed as soon as its episode is over. */
export function createGymnasium(table: SessionTable) {
  const last = new WeakMap<Session, { readonly requestId: string; readonly answer: StepAnswer }>();
  const over = recentlyOver<{ readonly requestId: string | undefined; readonly answer: StepAnswer }>();
  return {
    /** Starts an episode in the given session, or in a new one where there is none any more. */
    reset(row: Row, known: string | undefined): { readonly session: Session; readonly answer: ResetAnswer } {
      const options = resetOptionsOf(row, "dialogue", "gymnasium_agent");
      const { session, reply } = startIn(table, known, options);
      last.delete(session);
      const said = "messages" in reply.observation ? reply.observation.messages : [];
      const roles = rolesIn(row);
      const unsaid = roles.has("user") ? [] : said.filter(({ role }) => !roles.has(role)).map(({ content }) => content);
      const info = { supports_explicit_close: true, supports_step_idempotency: true, envtune: reply.metadata } as const;
      return { session, answer: { observation: unsaid.join("\n\n") || null, info } };
    },
    step(body: Row, id: string): StepAnswer {
      const requestId = requestIdOf(body);
      const played = over.get(id);
      if (played) {
        if (requestId !== undefined && played.requestId === requestId) return played.answer;
        throw new SessionError("episodeOver", "the episode has ended: reset to start another");
      }
      const session = table.get(id);
      const repeated = last.get(session);
      if (repeated && repeated.requestId === requestId) return repeated.answer;
      const { action, callIds } = modelMessage(body.response);
      const before = session.tools();
      const reply = session.step(action);
      const answer = answerOf(reply, callIds, before, session.tools());
      if (requestId !== undefined) last.set(session, { requestId, answer });
      if (reply.done) {
        over.add(id, { requestId, answer });
        table.close(id);
      }
      return answer;
    },
    /** Whether there was something to close. */
    close: (id: string): boolean => over.remove(id) || table.close(id),
  };
}

function requestIdOf({ _ng_step_request_id: id }: Row): string | undefined {
  if (id === undefined || id === null) return undefined;
  if (typeof id === "string" || typeof id === "number") return String(id);
  throw new SessionError("badAction", "_ng_step_request_id: must be a text");
}

function answerOf(
  { observation, reward, done, metadata }: Reply,
  callIds: readonly string[],
  before: ReturnType<Session["tools"]>,
  now: ReturnType<Session["tools"]>,
): StepAnswer {
  const said = "messages" in observation ? observation.messages : [];
  const results = said.filter(({ role }) => role === "tool");
  const following = followingText(
    said.filter(({ role }) => role === "user"),
    before,
    now,
  );
  const terminated = metadata.ending?.why === "completed";
  return {
    observation: done || following === "" ? null : following,
    ...{ reward: reward ?? 0, terminated, truncated: done && !terminated },
    info: {
      tool_outputs: results.map(({ content }, index) => ({ call_id: callIds[index] ?? "", output: content ?? "" })),
      envtune: metadata,
    },
  };
}
