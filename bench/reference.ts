import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { createInterface } from "node:readline";

/** BFCL's own Python code, in a process that lives as long as the run. One request at a time. */
export interface Reference {
  readonly description: string;
  /** Sends one JSON text and waits for the answer to it. */
  request(json: string): Promise<any>;
  close(): void;
}

/** Starts the reference; where that fails, the reason why it takes no part. */
export async function startReference(python: string): Promise<Reference | { readonly reason: string }> {
  const child = spawn(python, [resolve("bench/reference.py")], {
    env: { ...process.env, TZ: "UTC", PYTHONHASHSEED: "0" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaints = (complaints + text).slice(-2000);
  });
  child.stdin.on("error", () => {});
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const failed = once(child, "error").then(([error]) => ({ reason: (error as Error).message }));
  const answer = async () => {
    const line = await lines.next();
    if (line.done) return { reason: complaints.trim().split("\n").at(-1) || "it ended without a word" };
    return JSON.parse(line.value);
  };
  const hello = await Promise.race([failed, answer()]);
  if ("reason" in hello) return { reason: `${python}: ${hello.reason}` };
  return {
    description: hello.description,
    async request(json) {
      child.stdin.write(`${json}\n`);
      const reply = await answer();
      if ("reason" in reply) throw new Error(`the reference failed: ${reply.reason}\n${complaints}`);
      return reply;
    },
    close: () => child.stdin.end(),
  };
}
