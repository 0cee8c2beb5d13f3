/** An author's module for `envtune serve --module`: an environment that says back what it is told. */
import { z } from "zod";
import { defineHints, defineState } from "../../src/index.ts";

const start = defineState({
  name: "Echo",
  state: z.strictObject({ count: z.int() }),
  config: z.strictObject({}),
}).init(() => ({ count: 0 }));

const echo = start
  .write({
    description: "Says a message back.",
    args: z.object({ message: z.string() }),
    result: z.strictObject({ echoed_message: z.string(), message_length: z.int() }),
    failures: {},
  })
  .run(({ draft, args: { message } }) => {
    draft().count += 1;
    return { echoed_message: message, message_length: message.length };
  });

export const hints = defineHints(start.environment({ tools: { echo } }), {});

export const tasks = [
  {
    id: "echo",
    family: "echo",
    category: "base",
    environments: ["Echo"],
    config: { Echo: {} },
    turns: [
      { user: "Say hello to yourself.", groundTruth: [{ tool: "echo", args: { message: "Hello from step 1" } }] },
    ],
  },
];
