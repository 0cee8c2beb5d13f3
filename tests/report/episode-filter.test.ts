import { expect, test } from "vitest";
import { choicesOf, episodeFinder, facets } from "../../src/report/app/episode-filter.ts";
import type { EpisodeRow, ReportData } from "../../src/report/report-data.ts";

const row = (more: Partial<EpisodeRow>): EpisodeRow => ({
  ...{ source: 0, task: 0, kind: "run", sample: 0, policy: "model", ended: "completed", solved: false },
  ...{ progress: 0, calls: 1, failedCalls: 0, hints: 0, tools: ["cat"], failures: [], reasons: [] },
  ...more,
});
const data: ReportData = {
  ...{ differing: [], steps: [], charts: [], episodeBlocks: [0], taskBlocks: [0] },
  sources: [{ name: "run", kind: "run", facts: [], settings: [], notes: [], bands: [], decisions: [] }],
  tasks: [
    { id: "base_files", category: "base", environments: ["GorillaFileSystem"], users: ["Read me the Plums."] },
    { id: "miss_trip", category: "miss_func", environments: ["TravelAPI", "MathAPI"], users: ["Book it."] },
  ],
  episodes: [
    row({ reward: 0.5, failures: ["notFound"], failedCalls: 2, hints: 2 }),
    row({ task: 1, tools: ["book_flight"], step: 10, solved: true, reward: 1 }),
    row({ task: 1, tools: ["book_flight"], step: 9, reward: 0 }),
  ],
};
const find = episodeFinder(data);
const query = { search: "", chosen: {}, sorting: "as recorded" } as const;

test("search finds ids, requests, tools and failures, all words at once, in any case", () => {
  expect(find(query)).toEqual([0, 1, 2]);
  for (const search of ["BASE_files", "plums", "cat", "notfound", "plums cat"])
    expect(find({ ...query, search }), search).toEqual([0]);
  expect(find({ ...query, search: "plums book_flight" })).toEqual([]);
});

test("filters hold together, and orders sort", () => {
  expect(find({ ...query, chosen: { environment: "MathAPI" } })).toEqual([1, 2]);
  expect(find({ ...query, chosen: { environment: "MathAPI", verdict: "solved" } })).toEqual([1]);
  expect(find({ ...query, chosen: { failure: "notFound", hints: "with hints" } })).toEqual([0]);
  expect(find({ ...query, sorting: "highest reward" })).toEqual([1, 0, 2]);
  expect(find({ ...query, sorting: "most failed calls" })).toEqual([0, 1, 2]);
});

test("choices are in order, steps as numbers", () => {
  const choices = (id: string) => choicesOf(facets.find((facet) => facet.id === id)!, data);
  expect(choices("step")).toEqual(["9", "10"]);
  expect(choices("category")).toEqual(["base", "miss_func"]);
  expect(choices("failure")).toEqual(["notFound"]);
});
