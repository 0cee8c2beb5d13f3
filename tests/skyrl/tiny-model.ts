import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { environmentOf } from "../../environments/index.ts";
import { observe } from "../../src/episode/episode.ts";
import { prompts } from "../../src/episode/prompts.ts";
import type { Renderer } from "../../src/episode/renderer.ts";
import { trainingSetting } from "../../src/episode/setting.ts";
import { replayGroundTruth } from "../../src/grading/ground-truth.ts";
import { profiles } from "../../src/grading/profile.ts";
import { playEpisode } from "../../src/rollout/play.ts";
import { groundTruthPolicy } from "../../src/rollout/scripted-policies.ts";
import { loadBundledExtension, loadBundledTasks } from "../../src/task/bundled.ts";
import { cache } from "./skyrl-python.ts";

const script = fileURLToPath(new URL("make_model.py", import.meta.url));

/** The folder of a tiny random model whose tokenizer has read the bundled tasks, played through as the renderer shows them. */
export async function tinyModel(python: string, renderer: Renderer): Promise<string> {
  const texts = (await bundledTexts(renderer)).map((text) => JSON.stringify(text)).join("\n");
  const key = createHash("sha256").update(readFileSync(script)).update(texts).digest("hex");
  const folder = join(cache, `model-${key.slice(0, 12)}`);
  if (existsSync(folder)) return folder;
  const making = `${folder}-${process.pid}`;
  await mkdir(making, { recursive: true });
  const { status, stderr } = spawnSync(python, [script, making], { input: texts, encoding: "utf8" });
  if (status !== 0) throw new Error(`the tiny model could not be made\n${stderr}`);
  await rename(making, folder).catch(() => rm(making, { recursive: true }));
  return folder;
}

async function bundledTexts(renderer: Renderer): Promise<string[]> {
  const extension = await loadBundledExtension();
  const texts: string[] = [];
  for (const task of await loadBundledTasks(environmentOf)) {
    const truth = replayGroundTruth(task, environmentOf(task.environments), extension);
    const setting = trainingSetting(truth, { profile: profiles.strict, renderer, prompt: prompts.standard });
    const { messages } = observe(setting, await playEpisode(setting, groundTruthPolicy));
    texts.push(messages.map(({ role, content }) => `${role}\n${content}`).join("\n"));
  }
  return texts;
}
