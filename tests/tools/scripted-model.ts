import { MockLanguageModelV3 } from "ai/test";

type Call = readonly [tool: string, input: object | string];

/** A model that makes the calls of each step in order and then says "done", and what it was sent. */
export function scripted(...steps: readonly (readonly Call[])[]) {
  let step = 0;
  return new MockLanguageModelV3({
    doGenerate: async () => {
      const calls = steps[step++] ?? [];
      return {
        content: calls.length
          ? calls.map(([toolName, input], index) => ({
              type: "tool-call" as const,
              toolCallId: `call_${step}_${index}`,
              toolName,
              input: typeof input === "string" ? input : JSON.stringify(input),
            }))
          : [{ type: "text" as const, text: "done" }],
        finishReason: { unified: calls.length ? ("tool-calls" as const) : ("stop" as const), raw: undefined },
        usage: {
          inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 1, text: 1, reasoning: 0 },
        },
        warnings: [],
      };
    },
  });
}
