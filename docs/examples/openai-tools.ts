/** The same tools in a loop of one's own over an OpenAI-compatible endpoint. */
import { environmentOf, hints } from "../../environments/index.ts";
import { toolsOf } from "../../src/tools/index.ts";

export async function converse(baseUrl: string, model: string, request: string) {
  const kit = toolsOf(environmentOf(["MathAPI"]), { config: {}, hints: { library: hints, level: "guide" } });
  const messages: object[] = [{ role: "user", content: request }];
  for (let step = 0; step < 10; step++) {
    const response = await fetch(`${baseUrl}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model, messages, tools: kit.openai }),
    });
    const { message } = ((await response.json()) as any).choices[0];
    messages.push(message);
    if (!message.tool_calls?.length) break;
    for (const { id, function: called } of message.tool_calls)
      messages.push({ role: "tool", tool_call_id: id, content: kit.call(called.name, called.arguments) });
  }
  return messages;
}
