/** The tools of BFCL's file system in the Vercel AI SDK's loop; the state and the calls are there to look at afterwards. */
import { generateText, type LanguageModel, stepCountIs } from "ai";
import { environmentOf, hints } from "../../environments/index.ts";
import { toolsOf } from "../../src/tools/index.ts";

export async function tidy(model: LanguageModel) {
  const kit = toolsOf(environmentOf(["GorillaFileSystem"]), {
    config: { GorillaFileSystem: { root: { home: { type: "directory", contents: {} } } } },
    hints: { library: hints, level: "guide" },
  });
  const prompt = "Make a folder 'drafts' and an empty file 'notes.txt' in it.";
  const { text } = await generateText({ model, prompt, tools: kit.aiSdk, stopWhen: stepCountIs(10) });
  return { text, calls: kit.calls, state: kit.state };
}
