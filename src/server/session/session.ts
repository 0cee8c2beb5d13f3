import { callFailureCodes } from "../../core/call.ts";
import { toolDocuments } from "../../core/tool-document.ts";
import type { AssistantMessage, ToolDefinition } from "../../episode/message.ts";
import { toolDefinition } from "../../episode/renderers/tool-definition.ts";
import { rewardOf } from "../../progress/reward-spec.ts";
import type { Catalog } from "../catalog.ts";
import { type Action, readAction } from "./action.ts";
import { type Advance, advance, endLive, type LiveEpisode, startLive } from "./live-episode.ts";
import {
  conversationCutOff,
  conversationOver,
  followingText,
  nextUserRequest,
  nextUserRequestTool,
} from "./next-user-request.ts";
import type { EpisodeFacts, ListedTool, Reply, SessionState, ToolError } from "./reply.ts";
import { badOptions, type Mode, type ResetDefaults, readResetOptions } from "./reset-options.ts";
import { SessionError } from "./session-error.ts";
import type { SessionEvent } from "./session-event.ts";
import { settingFor, type Unasked } from "./start-setting.ts";

/** One client's stream of episodes. Everything in it is synchronous: no two requests of one session can mix. */
export interface Session {
  readonly id: string;
  /** Of its episode; null before the first reset. */
  readonly mode: Mode | null;
  /** Starts an episode, whatever became of the one before. A refused reset leaves that one as it was. */
  reset(options?: unknown): Reply;
  /**
   * `requestId` makes a step safe to repeat: the same id again gets the same answer. `stepCount` is the number of steps that the
   * client knows of; where there were more, someone else has stepped, and the step is refused.
   */
  step(action: unknown, options?: { readonly requestId?: string; readonly stepCount?: number }): Reply;
  state(): SessionState;
  /** The tools offered now; before the first reset, those of every environment. */
  tools(): readonly ToolDefinition[];
}

export interface SessionContext {
  readonly catalog: Catalog;
  readonly defaults: ResetDefaults;
  /** Steps of one episode at most; the last of them ends it. */
  readonly maxSteps: number;
  readonly unasked: Unasked;
  /** Throws where no episode may start any more. */
  readonly mayStart: () => void;
  readonly onEvent: (event: SessionEvent) => void;
}

interface Playing {
  readonly live: LiveEpisode;
  readonly mode: Mode;
  readonly episodeId: string;
  readonly steps: number;
  readonly last?: { readonly requestId: string; readonly reply: Reply };
}

export function createSession(id: string, context: SessionContext): Session {
  const { catalog, defaults, maxSteps, unasked, mayStart, onEvent } = context;
  let playing: Playing | undefined;
  let episodes = 0;
  return {
    id,
    get mode() {
      return playing?.mode ?? null;
    },
    reset(input) {
      mayStart();
      const options = readResetOptions(input, defaults);
      const { mode = "dialogue" } = options;
      const setting = settingFor(catalog, options, unasked);
      if (mode === "tools" && Object.hasOwn(setting.environment.tools, nextUserRequest))
        throw badOptions(`mode: the environment has a tool '${nextUserRequest}' of its own; take mode "dialogue"`);
      const reward = options.environments ? undefined : rewardOf(options.reward ?? "progress");
      const live = startLive(setting, reward);
      episodes++;
      onEvent({ kind: "reset", session: id, task: setting.task.id });
      playing = { live, mode, episodeId: options.episode_id ?? `${id}-${episodes}`, steps: 0 };
      return {
        observation: { messages: live.messages, tools: toolsOf(playing) },
        ...{ reward: null, done: false, metadata: factsOf(playing) },
      };
    },
    step(input, { requestId, stepCount } = {}) {
      if (playing?.last && playing.last.requestId === requestId) return playing.last.reply;
      const action = readAction(input, playing?.mode);
      if (action.type === "list_tools") return listing(this.tools(), playing);
      if (!playing) throw new SessionError("notReset", "no episode was started: reset before the first step");
      const { steps, live } = playing;
      if (live.episode.ending)
        throw new SessionError(
          "episodeOver",
          `the episode has ended (${live.episode.ending.why}): reset to start another`,
        );
      if (stepCount !== undefined && stepCount !== steps)
        throw new SessionError(
          "staleStep",
          `step_count: this step follows ${stepCount} steps, and there were ${steps}`,
          {
            step_count: steps,
          },
        );
      const start = performance.now();
      const before = playing;
      const isStep = action.type !== "end";
      const moved = isStep ? advance(live, messageOf(action, steps), steps + 1 >= maxSteps) : endLive(live, action.why);
      playing = { ...before, live: moved.live, steps: isStep ? steps + 1 : steps };
      const reply = replyOf(action, before, playing, moved);
      if (requestId !== undefined) playing = { ...playing, last: { requestId, reply } };
      onEvent({ kind: "stepped", session: id, seconds: (performance.now() - start) / 1000, reply });
      return reply;
    },
    state() {
      if (!playing) return { episode_id: null, step_count: 0, mode: null, done: false, state_hash: null };
      const { live, mode, episodeId } = playing;
      return {
        episode_id: episodeId,
        ...factsOf(playing),
        ...{ mode, done: live.episode.ending !== undefined },
        state_hash: live.setting.environment.hash(live.episode.state),
      };
    },
    tools() {
      if (playing) return toolsOf(playing);
      const all = catalog.environments.flatMap((name) => environmentTools(catalog, name));
      return defaults.mode === "tools" ? [...all, nextUserRequestTool] : all;
    },
  };
}

/** Every tool of an environment, as the dataset documents it or as it documents itself. */
export function environmentTools({ documents, environmentOf }: Catalog, name: string): ToolDefinition[] {
  const known = Object.hasOwn(documents, name) ? documents[name]! : toolDocuments(environmentOf([name]).tools);
  return known.map(toolDefinition);
}

function messageOf(action: Exclude<Action, { type: "list_tools" | "end" }>, steps: number): AssistantMessage {
  if (action.type === "message") return action.message;
  if (action.tool === nextUserRequest) return { role: "assistant", content: "" };
  const called = { name: action.tool, arguments: action.argumentsText };
  return {
    role: "assistant",
    content: null,
    tool_calls: [{ id: `call_${steps}`, type: "function", function: called }],
  };
}

function replyOf(action: Action, before: Playing, after: Playing, { said, reward, failure }: Advance): Reply {
  const done = after.live.episode.ending !== undefined;
  const changed = after.live.tools === before.live.tools ? {} : { tools: toolsOf(after) };
  const shared = { reward, done, metadata: factsOf(after) };
  if (action.type !== "call_tool") return { observation: { messages: said, ...changed }, ...shared };
  const following = followingText(said, before.live.tools, after.live.tools);
  const { ending } = after.live.episode;
  const over = ending && (ending.why === "completed" ? conversationOver : conversationCutOff);
  const result = [following, over].filter(Boolean).join("\n\n");
  const error = failure === undefined ? null : { error_type: errorType(failure), message: result };
  return { observation: { tool_name: action.tool, result, error, ...changed }, ...shared };
}

function errorType(failure: string): ToolError["error_type"] {
  if (failure === "unknownTool") return "tool_not_found";
  if (failure === "unreadable" || (failure !== "raised" && (callFailureCodes as readonly string[]).includes(failure)))
    return "invalid_args";
  return "execution_error";
}

const toolsOf = ({ live, mode }: Playing): readonly ToolDefinition[] =>
  mode === "tools" ? [...live.tools, nextUserRequestTool] : live.tools;

function factsOf({ live: { episode, paid, reward, turnScores }, steps }: Playing): EpisodeFacts {
  const facts = {
    task: episode.task,
    turn: episode.turns.length - 1,
    step_count: steps,
    turn_scores: turnScores,
    total_reward: reward ? paid : null,
  };
  return episode.ending ? { ...facts, ending: episode.ending } : facts;
}

export const listedTool = ({ function: { name, description, parameters } }: ToolDefinition): ListedTool => ({
  name: String(name),
  description: String(description),
  input_schema: parameters,
});

function listing(tools: readonly ToolDefinition[], playing: Playing | undefined): Reply {
  const facts = { task: "", turn: 0, step_count: 0, turn_scores: [], total_reward: null };
  return {
    observation: { tools: tools.map(listedTool) },
    ...{ reward: null, done: playing?.live.episode.ending !== undefined },
    metadata: playing ? factsOf(playing) : facts,
  };
}
