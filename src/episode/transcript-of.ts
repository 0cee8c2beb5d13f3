import { hiddenAt } from "../task/held-out.ts";
import type { EpisodeSetting } from "./setting.ts";
import type { EpisodeStep, Transcript, TranscriptTurn } from "./transcript.ts";

/** What was said so far, out of a setting that knows more. */
export function transcriptOf(
  { task, documents, prompt }: EpisodeSetting,
  turns: readonly (readonly EpisodeStep[])[],
): Transcript {
  const hiddenAtStart = hiddenAt(task.turns, 0);
  const hiddenNow = hiddenAt(task.turns, turns.length - 1);
  const named = (name: string) => documents.filter((document) => document.name === name);
  const atStart = documents.filter(({ name }) => !hiddenAtStart.has(name));
  const told = turns.map((steps, index): TranscriptTurn => {
    const { user, release = [], holdOut = [] } = task.turns[index]!;
    if (index === 0) return { user, released: [], withdrawn: [], steps };
    const notice = turns[index - 1]!.at(-1)?.notice;
    const notices = notice === undefined ? {} : { notices: [notice] };
    return { user, released: release.flatMap(named), withdrawn: holdOut, ...notices, steps };
  });
  const everOffered = new Set([...atStart, ...told.flatMap(({ released }) => released)]);
  const offered = [...everOffered].filter(({ name }) => !hiddenNow.has(name));
  return { ...(prompt ? { prompt } : {}), documents: atStart, offered, turns: told };
}
