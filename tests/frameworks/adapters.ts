/** A way to play episodes from Python, as a program of `replay/` that plays scripts one after the other. */
export interface Adapter {
  readonly name: string;
  /** Of the virtual environment: `requirements/<name>.txt`. */
  readonly requirements: string;
  readonly program: string;
  readonly which?: string;
  /** Where its tests have what stands for a model. */
  readonly tests?: string;
  /** Whether its environment is light enough to be tested with everything else. */
  readonly light?: boolean;
  /** How often it plays each script, where it cannot do so once. */
  readonly rollouts?: number;
}

export const adapters: readonly Adapter[] = [
  ...["dialogue", "tools", "async"].map((which) => ({
    ...{ name: `Python client, ${which}`, requirements: "python", program: "python_client", which, light: true },
  })),
  ...["dialogue", "tools"].map((which) => ({
    ...{ name: `OpenEnv's client, ${which}`, requirements: "openenv", program: "openenv_client", which, light: true },
  })),
  { name: "TRL rollout_func", requirements: "trl", program: "trl_rollout_func", tests: "trl", light: true },
  {
    ...{ name: "TRL environment_factory", requirements: "trl", program: "trl_environment_factory", tests: "trl" },
    ...{ light: true, rollouts: 2 },
  },
  { name: "verifiers", requirements: "verifiers", program: "verifiers_taskset", tests: "verifiers", light: true },
  {
    ...{ name: "tinker-cookbook", requirements: "tinker-cookbook", program: "tinker_cookbook_groups" },
    ...{ tests: "tinker_cookbook", light: true },
  },
  { name: "verl", requirements: "verl", program: "verl_agent_loop", tests: "verl" },
  ...["gymnasium", "simple"].map((which) => ({
    ...{ name: `NeMo Gym, ${which}_agent`, requirements: "nemo-gym", program: "nemo_gym_agents", which },
    tests: "nemo_gym",
  })),
];
