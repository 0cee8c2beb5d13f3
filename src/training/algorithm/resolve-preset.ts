import { issueProblems, suggestion } from "../../task/issue.ts";
import { DataError, pathText } from "../../task/problem.ts";
import type { Capabilities } from "../backend.ts";
import type { Loss } from "../trainer.ts";
import { Algorithm, AlgorithmOverrides } from "./algorithm.ts";
import { departuresOf } from "./departures.ts";
import { type PresetName, presetNames, presets } from "./presets.ts";

/** An algorithm that the server can carry out, and in what it departs from the paper's: a sentence each, to print at the start. */
export interface ResolvedPreset {
  readonly algorithm: Algorithm;
  readonly departures: readonly string[];
}

/**
 * A preset with the changes that were asked for, as far as the server can do it. What the preset wants and the server lacks is
 * replaced and named among the departures. Throws a `DataError` where there is no replacement, and where a change that was
 * asked for is malformed, without effect, or beyond the server.
 */
export function resolvePreset(
  name: string,
  capabilities: Capabilities,
  overrides: AlgorithmOverrides = {},
): ResolvedPreset {
  const preset = knownPreset(name);
  const changes = checkedOverrides(preset, overrides);
  requireServer(preset, capabilities, changes);
  const wanted = withChanges(presets[preset], changes);
  const { kl, optimiser } = wanted;
  const { gradientClip, ...unclipped } = optimiser;
  const algorithm: Algorithm = {
    ...wanted,
    loss: possibleLoss(wanted.loss, capabilities),
    kl: kl && !capabilities.klInLoss ? { ...kl, placement: "advantages" } : kl,
    optimiser: capabilities.gradientClipping ? optimiser : unclipped,
  };
  return { algorithm, departures: departuresOf(algorithm, capabilities) };
}

function knownPreset(name: string): PresetName {
  const preset = presetNames.find((each) => each === name);
  if (preset === undefined) throw new DataError(`there is no preset '${name}'; ${suggestion(name, presetNames)}`);
  return preset;
}

type Changes = ReturnType<typeof AlgorithmOverrides.parse>;

function checkedOverrides(preset: PresetName, overrides: AlgorithmOverrides): Changes {
  const parsed = AlgorithmOverrides.safeParse(overrides);
  const problems = parsed.success
    ? []
    : issueProblems(parsed.error.issues, overrides).map(({ path, message }) => `${pathText(path)}: ${message}`);
  if (preset === "sft")
    for (const field of Object.keys(overrides))
      if (!supervisedFields.includes(field) && field in Algorithm.shape)
        problems.push(`${field}: supervised training has no use for it; leave it out`);
  const { loss } = overrides;
  if (loss && (loss.name === "cross_entropy") !== (preset === "sft"))
    problems.push(
      preset === "sft"
        ? `loss: supervised training has cross_entropy; use --preset paper or paper-lora for ${loss.name}`
        : "loss: cross_entropy is for ground truths; use --preset sft",
    );
  if (!parsed.success || problems.length > 0)
    throw new DataError(`preset '${preset}' cannot be changed so\n${problems.map((each) => `  ${each}`).join("\n")}`);
  return parsed.data;
}
const supervisedFields = ["loss", "aggregation", "optimiser"];

/** Throws where the server cannot do what the preset is about, or what was asked for in so many words. */
function requireServer(preset: PresetName, capabilities: Capabilities, changes: Changes): void {
  const { weights, losses, fixedClip, klInLoss, gradientClipping, sequenceLogprobs } = capabilities;
  const cannot = (what: string): never => {
    throw new DataError(`preset '${preset}': ${what}`);
  };
  if (preset === "paper" && weights.kind === "lora")
    cannot("it trains all weights, and this server trains low-rank adapters; use --preset paper-lora");
  const { loss, kl, optimiser } = changes;
  const needed: readonly Loss["name"][] =
    preset === "sft" ? ["cross_entropy"] : loss ? [loss.name] : ["ppo", "importance_sampling"];
  if (!needed.some((each) => losses.includes(each)))
    cannot(`it needs the loss ${needed.join(" or ")}, and this server has ${losses.join(", ")}; use another server`);
  if (loss?.name === "ppo" && fixedClip)
    if (loss.clipLow !== fixedClip.clipLow || loss.clipHigh !== fixedClip.clipHigh)
      cannot(
        `loss: this server clips at ${fixedClip.clipLow} and ${fixedClip.clipHigh}, whatever it is asked for; ask for these`,
      );
  if (kl && kl.placement === "loss" && !klInLoss)
    cannot('kl.placement: this server has no KL term in the loss; use "advantages"');
  if (preset !== "sft" && kl !== false && !sequenceLogprobs)
    cannot("kl: this server gives no log-probabilities of a reference; turn KL off (--kl off), or use another server");
  if (optimiser?.gradientClip !== undefined && !gradientClipping)
    cannot("optimiser.gradientClip: this server does not clip gradients; leave it out");
}

function withChanges(preset: Algorithm, { kl, optimiser, ...rest }: Changes): Algorithm {
  return Algorithm.parse({
    ...preset,
    ...rest,
    kl: kl === undefined ? preset.kl : kl && { ...preset.kl, ...kl },
    optimiser: { ...preset.optimiser, ...optimiser },
  });
}

function possibleLoss(loss: Loss, { losses, fixedClip }: Capabilities): Loss {
  if (loss.name !== "ppo") return loss;
  if (!losses.includes("ppo")) return { name: "importance_sampling" };
  return fixedClip ? { name: "ppo", ...fixedClip } : loss;
}
