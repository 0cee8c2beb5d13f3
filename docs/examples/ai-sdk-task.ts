/** A whole task of a catalog in the Vercel AI SDK: user turns come as results of a tool, and the session grades. */
import { generateText, type LanguageModel, type ModelMessage } from "ai";
import { type Catalog, createSessionTable, type SessionObservation } from "../../src/server/index.ts";
import { toolsOfSession } from "../../src/tools/index.ts";

export async function playTask(catalog: Catalog, task: string, model: LanguageModel) {
  const session = createSessionTable({ catalog, defaults: { mode: "tools", hints: "guide" } }).create();
  const opening = session.reset({ task }).observation as Extract<SessionObservation, { messages: unknown }>;
  const messages = opening.messages as ModelMessage[];
  const kit = toolsOfSession(session);
  while (!session.state().done) {
    // One step at a time, since the task may release tools.
    const { toolCalls, response } = await generateText({ model, messages, tools: kit.aiSdk });
    messages.push(...response.messages);
    if (toolCalls.length === 0) break;
  }
  return session.state();
}
