import type { TaskCall } from "../../task/task.ts";
import { type Candidate, callKey } from "./candidate.ts";
import { type Features, featureOf, type PlaceFeatures } from "./feature-hash.ts";
import { end, type Request } from "./request.ts";
import { holds, type Sought, writtenIn } from "./text.ts";

/** What was called in a turn. */
export interface Made {
  readonly call: TaskCall;
  readonly succeeded: boolean;
  /** The code of the failure, or "ok". */
  readonly code: string;
}

interface Situation {
  readonly tools: readonly string[];
  readonly candidates: readonly Candidate[];
  readonly request: Request;
  /** Of this turn, the latest last. */
  readonly made: readonly Made[];
  readonly earlierCalls: ReadonlySet<string>;
  /** The latest results of the episode. */
  readonly results: readonly Sought[];
}

/** What request, state of affairs and earlier results say for each tool and candidate. Nothing of it depends on hints. */
export function placeFeatures(situation: Situation): PlaceFeatures {
  const { tools, candidates, request, made } = situation;
  const succeeded = new Set(made.filter((one) => one.succeeded).map(({ call }) => callKey(call)));
  const failed = new Set(made.filter((one) => !one.succeeded).map(({ call }) => callKey(call)));
  const ofTools = tools.map((tool): readonly Features[] => [
    ...request.featuresOf(tool, succeeded.size),
    { ids: courseFeatures(tool, made, succeeded.size), value: 1 },
  ]);
  const ofCandidates = candidates.map(({ call, key }): readonly Features[] => {
    if (!call) return [];
    const ids = groundingFeatures(call, situation, succeeded.size);
    if (succeeded.has(key)) ids.push(featureOf("made", "succeeded"));
    if (failed.has(key)) ids.push(featureOf("made", "failed"));
    if (situation.earlierCalls.has(key)) ids.push(featureOf("made", "earlier"));
    return [{ ids, value: 1 }];
  });
  return { ofTools, ofCandidates };
}

/** The tool itself, and how the turn has gone so far. */
function courseFeatures(tool: string, made: readonly Made[], succeeded: number): number[] {
  const last = made.at(-1);
  const attempts = Math.min(5, made.length);
  if (tool === end)
    return [
      featureOf("end"),
      featureOf("end", "succeeded", Math.min(4, succeeded)),
      featureOf("end", "attempts", attempts),
      featureOf("end", "last", last?.code ?? "none"),
      featureOf("end", "last", last?.succeeded ?? "none"),
    ];
  const ids = [featureOf("tool", tool)];
  if (!last) return [...ids, featureOf("first", tool)];
  ids.push(featureOf("after", last.call.tool, last.code, tool));
  ids.push(featureOf("after code", last.code, tool));
  ids.push(featureOf("same tool", last.call.tool === tool, last.succeeded));
  if (made.some(({ call, succeeded: did }) => did && call.tool === tool)) ids.push(featureOf("tool succeeded before"));
  return ids;
}

/** Where the values of a call come from. */
function groundingFeatures(call: TaskCall, { request, results }: Situation, succeeded: number): number[] {
  const { tool, args } = call;
  const due = request.due(succeeded);
  const ids: number[] = [];
  let grounded = 0;
  let inDue = 0;
  let all = 0;
  for (const [argument, value] of Object.entries(args))
    for (const written of writtenIn(value)) {
      const place = sourceOf(written, due, request, results);
      all++;
      if (place !== "nowhere") grounded++;
      if (place === "clause") inDue++;
      ids.push(featureOf("from", tool, argument, place));
    }
  if (all === 0) return [...ids, featureOf("grounded", "nothing to ground")];
  ids.push(featureOf("grounded", grounded === all ? "all" : grounded === 0 ? "none" : "some"));
  ids.push(featureOf("in clause", inDue === all ? "all" : inDue === 0 ? "none" : "some"));
  return ids;
}

function sourceOf(written: string, due: Sought | undefined, request: Request, results: readonly Sought[]): string {
  if (due && holds(due, written)) return "clause";
  if (holds(request.whole, written)) return "request";
  if (results.some((result) => holds(result, written))) return "result";
  return holds(request.earlier, written) ? "earlier" : "nowhere";
}
