import type { Socket } from "node:net";
import { defineCommand, runMain } from "citty";
import packageFile from "../../package.json" with { type: "json" };
import { serveCommand } from "./serve.ts";

// Whoever holds the other end of standard input is gone, however it ended; the server has nobody left to serve.
if (process.env.ENVTUNE_END_WITH_STDIN) {
  process.stdin.once("close", () => process.kill(process.pid, "SIGTERM")).resume();
  // It alone keeps nothing running.
  (process.stdin as Partial<Pick<Socket, "unref">>).unref?.();
}

const main = defineCommand({
  meta: { name: "envtune", version: packageFile.version, description: packageFile.description },
  subCommands: { serve: serveCommand },
});

void runMain(main);
