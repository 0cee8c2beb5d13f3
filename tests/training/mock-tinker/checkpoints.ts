import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { MockStep } from "./engine.ts";
import { Refusal } from "./refusal.ts";
import type { ToyState } from "./toy-model.ts";

interface Checkpoint {
  readonly state: ToyState;
  readonly history: readonly MockStep[];
  readonly base: string;
  readonly rank: number;
}

type Kind = "weights" | "sampler_weights";

/** What a server keeps when it is restarted; in a file where one is given. */
export class Checkpoints {
  readonly #kept: Map<string, Checkpoint>;
  readonly #file: string | undefined;

  constructor(file?: string) {
    this.#file = file;
    this.#kept = new Map(file && existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : []);
  }

  #write(): void {
    if (!this.#file) return;
    writeFileSync(`${this.#file}.new`, JSON.stringify([...this.#kept]));
    renameSync(`${this.#file}.new`, this.#file);
  }

  has(model: string, kind: Kind, name: string): boolean {
    return this.#kept.has(`tinker://${model}/${kind}/${name}`);
  }

  put(model: string, kind: Kind, name: string, checkpoint: Checkpoint): string {
    const path = `tinker://${model}/${kind}/${name}`;
    if (this.#kept.has(path)) throw new Refusal(409, `Checkpoint '${name}' already exists for model '${model}'`);
    this.#kept.set(path, checkpoint);
    this.#write();
    return path;
  }

  at(path: string, kind: Kind): Checkpoint {
    const found = this.#kept.get(path);
    if (!found || !path.includes(`/${kind}/`)) throw new Refusal(404, `Checkpoint not found: ${path}`);
    return found;
  }

  delete(model: string, rest: string): void {
    if (!this.#kept.delete(`tinker://${model}/${rest}`))
      throw new Refusal(404, `Checkpoint not found: ${model}/${rest}`);
    this.#write();
  }

  list(model: string) {
    return [...this.#kept.keys()]
      .filter((path) => path.startsWith(`tinker://${model}/`))
      .map((path) => ({
        checkpoint_id: path.split("/").at(-1),
        checkpoint_type: path.includes("/weights/") ? "training" : "sampler",
        time: "2026-01-01T00:00:00Z",
        tinker_path: path,
      }));
  }
}
