/** Means over episodes of a kind, measured by playing some. */
export interface EpisodeShape {
  /** Tokens of the first prompt. */
  readonly promptTokens: number;
  /** Messages of the model. */
  readonly messages: number;
  /** Tokens of a message, the one that ends it included. */
  readonly messageTokens: number;
  /** Tokens that come between two messages: results, the next request, what the template writes. */
  readonly betweenTokens: number;
}

export interface TokenPlan {
  readonly episodes: number;
  /** Sent as prompts, the whole conversation anew for each message. */
  readonly prompt: number;
  /** Of these, what a server with a prefix cache has not read before. */
  readonly uncachedPrompt: number;
  readonly sampled: number;
  /** Read by the trainer, forward and backward. */
  readonly trained: number;
  /** Read for the reference's log-probabilities. */
  readonly reference: number;
}

export interface PlannedRun {
  readonly episode: EpisodeShape;
  readonly tasks: number;
  readonly groupSize: number;
  readonly steps: number;
  /** Whether a reference gives its log-probabilities of each batch. */
  readonly kl: boolean;
  /** Groups drawn in place of constant ones, as a share of `tasks`; all groups are trained on or left out after being played. */
  readonly refilled?: number;
  /** Episodes of one validation (twice its tasks where hint reliance is measured), and the steps from one to the next. */
  readonly validation?: { readonly episode: EpisodeShape; readonly episodes: number; readonly every: number };
}

/**
 * The tokens of a step and of a stage of so many steps, its validations included: one at the start, one every so many steps.
 * Means stand for all episodes, the prompt is sent whole with each message, each episode is trained on as one sequence (a model
 * whose template drops its thinking makes several), and nothing is cut off by a limit: an estimate, above all where lengths vary.
 */
export function plannedTokens({ episode, tasks, groupSize, steps, kl, refilled = 0, validation }: PlannedRun): {
  readonly step: TokenPlan;
  readonly validation: TokenPlan;
  readonly stage: TokenPlan;
} {
  const trained = tasks * groupSize;
  const played = trained * (1 + refilled);
  const length = lengthOf(episode);
  const step = { ...sampling(episode, played), trained: trained * length, reference: kl ? trained * length : 0 };
  const one = validation ? sampling(validation.episode, validation.episodes) : nothing;
  const validations = validation ? 1 + Math.floor(steps / validation.every) : 0;
  return {
    step: rounded(step),
    validation: rounded(one),
    stage: rounded(sum(times(step, steps), times(one, validations))),
  };
}

/** Tokens of the sequence at the end of an episode. */
const lengthOf = ({ promptTokens, messages, messageTokens, betweenTokens }: EpisodeShape): number =>
  promptTokens + messages * messageTokens + Math.max(0, messages - 1) * betweenTokens;

/** Message k, from 0, is sampled from the first prompt, k messages before it, and what came after each of these. */
function sampling(shape: EpisodeShape, episodes: number): TokenPlan {
  const { promptTokens, messages, messageTokens, betweenTokens } = shape;
  const grown = ((messages * (messages - 1)) / 2) * (messageTokens + betweenTokens);
  return {
    episodes,
    prompt: episodes * (messages * promptTokens + grown),
    uncachedPrompt: episodes * (promptTokens + Math.max(0, messages - 1) * betweenTokens),
    sampled: episodes * messages * messageTokens,
    trained: 0,
    reference: 0,
  };
}

const nothing: TokenPlan = { episodes: 0, prompt: 0, uncachedPrompt: 0, sampled: 0, trained: 0, reference: 0 };

const each = (plan: TokenPlan, of: (value: number, name: keyof TokenPlan) => number): TokenPlan =>
  Object.fromEntries(
    Object.entries(plan).map(([name, value]) => [name, of(value as number, name as keyof TokenPlan)]),
  ) as unknown as TokenPlan;

const times = (plan: TokenPlan, factor: number): TokenPlan => each(plan, (value) => value * factor);
const sum = (a: TokenPlan, b: TokenPlan): TokenPlan => each(a, (value, name) => value + b[name]);
const rounded = (plan: TokenPlan): TokenPlan => each(plan, Math.round);
