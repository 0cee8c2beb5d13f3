import { join } from "node:path";
import packageFile from "../../package.json" with { type: "json" };
import { canonicalJson, sha256 } from "../core/canonical.ts";
import { evaluationRules } from "../episode/rules.ts";
import { documentsHash, promptHash } from "../evaluation/fingerprints.ts";
import type { EndpointOptions } from "../rollout/endpoint-policy.ts";
import type { RunManifest } from "../rollout/manifest.ts";
import type { Policy } from "../rollout/policy.ts";
import type { RunResult } from "../rollout/run.ts";
import type { Task } from "../task/task.ts";
import { type TaskSet, worldOf } from "./dataset.ts";
import type { RunOptions } from "./run-options.ts";

/** What a run with these options consists of. */
export function manifestOf(taskSet: TaskSet, tasks: readonly Task[], policy: Policy, options: RunOptions): RunManifest {
  const { name, hash, documents } = taskSet;
  const { samples, seed, profile, renderer, stage, hints: level, prompt, reward } = options;
  const endpoint = policy.name === "endpoint" ? options.endpoint : undefined;
  const { stepLimit, tokenLimit } = stage?.limits ?? evaluationRules;
  return {
    envtune: packageFile.version,
    dataset: name,
    datasetHash: hash,
    tasks: tasks.map(({ id }) => id),
    samples,
    policy: policy.name,
    ...(endpoint ? endpointFields(endpoint) : {}),
    profile: profile.name,
    renderer: renderer.name,
    promptHash: promptHash(renderer, prompt),
    documentsHash: documentsHash(
      tasks.map(({ environments }) => worldOf(taskSet).environmentOf(environments)),
      documents,
    ),
    seed,
    stepLimit,
    ...(tokenLimit === undefined ? {} : { tokenLimit }),
    ...(stage ? { stage: stage.name } : {}),
    ...(level === "off" ? {} : { hints: typeof level === "string" ? level : JSON.stringify(level) }),
    ...(prompt ? { prompt: prompt.name } : {}),
    ...(reward ? { reward: reward.name } : {}),
  };
}

function endpointFields(endpoint: EndpointOptions): Partial<RunManifest> {
  const { model, baseUrl, temperature, topP, maxTokens, seed, asReceived } = endpoint;
  return {
    model,
    server: new URL(baseUrl).origin,
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(seed === undefined ? {} : { samplingSeed: seed }),
    thoughts: asReceived ? "asReceived" : "neverSentBack",
  };
}

/** A policy is shown by its name, a served model by its own. */
export const labelOf = ({ name }: Policy, { endpoint }: RunOptions): string =>
  name === "endpoint" && endpoint ? endpoint.model : name;

/** A name for the folder of a run. */
export const folderName = (label: string, { dataset }: RunManifest): string =>
  `${dataset}-${label}`.replace(/[^A-Za-z0-9._-]+/g, "_");

/** Where no folder was named, other settings go into another one, so that they never stand in each other's way. */
export const defaultFolder = (label: string, manifest: RunManifest): string =>
  join("runs", `${folderName(label, manifest)}-${sha256(canonicalJson(manifest)).slice(0, 8)}`);

/** What is said at the end of a run: where its traces are, what was kept and what was aborted. */
export function noteOn(label: string, folder: string, result: RunResult): string {
  const { episodes, kept, interrupted } = result;
  const earlier = kept > 0 ? `, ${kept} of them from an earlier run (--fresh plays them again)` : "";
  const reason = episodes.find(({ ended }) => ended === "aborted")?.reason;
  const aborted = reason === undefined ? "" : `\n  the first aborted episode: ${reason}`;
  const hint = interrupted ? "\n  interrupted; the same command goes on from here" : "";
  return `${label}: ${episodes.length} traces in ${join(folder, "traces.jsonl")}${earlier}${aborted}${hint}`;
}
