import type { Candidate } from "./candidate.ts";
import type { Failure } from "./failure.ts";
import { type Features, featureOf, type PlaceFeatures, wordValue } from "./feature-hash.ts";
import { end, shareOf } from "./request.ts";
import { holds, type Sought, soughtIn, stemsOf, writtenIn } from "./text.ts";

/** What can be chosen where a text is shown, and whether the failure was the latest call. */
interface Told {
  readonly tools: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly isFresh: boolean;
}

/** What a text on a failure says for each tool and candidate: the same function whatever the text is. */
export function feedbackFeatures(
  { tools, candidates, isFresh }: Told,
  { call }: Failure,
  shown: string,
): PlaceFeatures {
  const { sought, stems } = readingOf(shown);
  const when = isFresh ? "now" : "before";
  const ofTools = tools.map((tool): readonly Features[] => {
    const plain: number[] = [];
    const who = tool === end ? "end" : tool === call.tool ? "failed" : "other";
    if (tool !== end) {
      plain.push(featureOf("feedback names", when, who, sought.tokens.has(tool.toLowerCase())));
      plain.push(featureOf("feedback like tool", when, who, shareOf(stemsOf(tool), stems)));
    }
    const words = [...stems].map((stem) => featureOf("feedback", when, stem, tool));
    return [
      { ids: plain, value: 1 },
      { ids: words, value: wordValue },
    ];
  });
  const known = new Set(writtenIn(call.args));
  const ofCandidates = candidates.map((candidate): readonly Features[] => {
    if (!candidate.call) return [];
    const fresh = writtenIn(candidate.call.args).filter((value) => !known.has(value));
    const told = fresh.filter((value) => holds(sought, value)).length;
    const share = fresh.length === 0 ? "nothing new" : told === 0 ? "none" : told === fresh.length ? "all" : "some";
    const who = candidate.call.tool === call.tool ? "failed" : "other";
    return [{ ids: [featureOf("feedback has values", when, who, share)], value: 1 }];
  });
  return { ofTools, ofCandidates };
}

/** Whether a candidate does what a text on a failure speaks of: it calls a tool named there, or gives a value that stands there. */
export function follows(tool: string, args: unknown, { call }: Failure, shown: string): boolean {
  const { sought, stems } = readingOf(shown);
  const known = new Set(writtenIn(call.args));
  if (tool === call.tool) return writtenIn(args).some((value) => !known.has(value) && holds(sought, value));
  return sought.tokens.has(tool.toLowerCase()) || shareOf(stemsOf(tool), stems) === 3;
}

interface Reading {
  readonly sought: Sought;
  readonly stems: ReadonlySet<string>;
}
const readings = new Map<string, Reading>();
const mostReadings = 5000;

function readingOf(shown: string): Reading {
  let reading = readings.get(shown);
  if (!reading) {
    if (readings.size >= mostReadings) readings.clear();
    reading = { sought: soughtIn(shown), stems: stemsOf(shown) };
    readings.set(shown, reading);
  }
  return reading;
}
