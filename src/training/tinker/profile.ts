/** How one server of the protocol differs from another, where the answers do not tell. */
export interface TinkerProfile {
  readonly name: string;
  /**
   * How a batch's losses become one. `token-sum`: the sum over data and tokens. `sequence-mean`: for each datum the sum over tokens
   * divided by the sum of its `weights`, and then the mean over all data since the last optimiser step.
   */
  readonly normalisation: "token-sum" | "sequence-mean";
  /** Policy losses take `weights`, the mask of actions, and count tokens without it. The hosted service is sent no key that it does not name. */
  readonly actionMask: boolean;
  /** The metric of `optim_step` that holds the gradient's norm. */
  readonly gradientNorm?: string;
  /** `grad_clip_norm` is heeded. */
  readonly gradientClipping: boolean;
  /** The optimiser step may be sent before the gradient is there. */
  readonly pipelined: boolean;
  /**
   * How long a published version can be sampled: for good, until the next one is published, or until the next optimiser step. None but
   * `kept` ones can be opened by a later process.
   */
  readonly samplers: "kept" | "until-next-publish" | "until-next-step";
  /** Requests of an episode share a sequence number, by which the server sends them to the same machine. */
  readonly stickyNumbers: boolean;
}

/** The hosted service, by its documents and its Python client 0.38; not run. */
export const hosted: TinkerProfile = {
  name: "hosted",
  normalisation: "token-sum",
  actionMask: false,
  gradientClipping: true,
  pipelined: true,
  samplers: "kept",
  stickyNumbers: false,
};

/** SkyRL's `fsdp` and `megatron` backends, by their source; not run. Other weights than the last published are never served. */
export const skyrl: TinkerProfile = {
  name: "skyrl",
  normalisation: "token-sum",
  actionMask: true,
  gradientNorm: "skyrl.ai/grad_norm",
  gradientClipping: false,
  pipelined: false,
  samplers: "until-next-publish",
  stickyNumbers: true,
};

/**
 * SkyRL's `jax` backend. Training and sampling share one adapter: to sample an older version would put its weights back into training,
 * and after a step the last published version's sampler serves the newer weights.
 */
export const skyrlJax: TinkerProfile = {
  name: "skyrl-jax",
  normalisation: "sequence-mean",
  actionMask: true,
  gradientNorm: "skyrl.ai/grad_norm",
  gradientClipping: false,
  pipelined: false,
  samplers: "until-next-step",
  stickyNumbers: false,
};
