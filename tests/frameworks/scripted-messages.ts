import type { AssistantMessage } from "../../src/episode/message.ts";
import type { Renderer } from "../../src/episode/renderer.ts";
import { renderers } from "../../src/episode/renderers/index.ts";
import type { Task } from "../../src/task/task.ts";

/** What a perfect model says: by task, all calls of a turn in one message, then words that end it. */
export function scriptedMessages(
  tasks: readonly Task[],
  renderer: Renderer = renderers.openai,
): Readonly<Record<string, readonly AssistantMessage[]>> {
  const messages = ({ turns }: Task) =>
    turns.flatMap(({ groundTruth }) => [
      ...(groundTruth.length > 0 ? [renderer.write(groundTruth)] : []),
      renderer.answer("Done."),
    ]);
  return Object.fromEntries(tasks.map((task) => [task.id, messages(task)]));
}
