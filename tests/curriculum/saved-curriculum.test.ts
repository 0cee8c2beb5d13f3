import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { defineCurriculum } from "../../src/curriculum/define-curriculum.ts";
import { paperCurriculum } from "../../src/curriculum/paper-curriculum.ts";
import { loadCurriculum, saveCurriculum } from "../../src/curriculum/saved-curriculum.ts";
import { played, step } from "./reports.ts";

const curriculum = paperCurriculum();
const reports = Array.from({ length: 60 }, (_, index) => ({
  ...step(index + 1, 0.1 + 0.001 * (index % 7), { gradientNorm: index === 4 ? NaN : 0.4 }),
  rollouts: [{ task: "a", reward: (index % 3) / 3 }],
}));
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "curriculum-"));
});
afterAll(() => rm(folder, { recursive: true }));

test("a run goes on from its file as if it had never been interrupted", async () => {
  const path = join(folder, "run", "curriculum.json");
  const half = played(curriculum, reports.slice(0, 25));
  await saveCurriculum(path, curriculum, half);
  expect(await readdir(join(folder, "run"))).toEqual(["curriculum.json"]);
  const resumed = await loadCurriculum(path, curriculum);
  expect(resumed).toEqual(half);
  const whole = played(curriculum, reports);
  expect(played(curriculum, reports.slice(25), resumed)).toEqual(whole);
  expect(whole.decisions.map(({ kind }) => kind)).toContain("advance");
});

test("another curriculum is refused, naming what differs", async () => {
  const path = join(folder, "other.json");
  await saveCurriculum(path, curriculum, played(curriculum, reports.slice(0, 3)));
  const changed = (change: (stage: (typeof curriculum.stages)[number]) => object) =>
    defineCurriculum({ ...curriculum, stages: curriculum.stages.map((stage) => ({ ...stage, ...change(stage) })) });
  await expect(
    loadCurriculum(
      path,
      changed(({ name }) => (name === "all with hints" ? { hints: "direct" } : {})),
    ),
  ).rejects.toThrow(
    /other\.json was saved under another curriculum: hints of stage 'all with hints' was "guide", and is "direct"/,
  );
  await expect(loadCurriculum(path, { ...curriculum, stages: curriculum.stages.slice(1) })).rejects.toThrow(
    /its stages were syntax, base with hints.*, and are base with hints/,
  );
  await expect(loadCurriculum(path, paperCurriculum({ collapse: { action: "rollBack" } }))).rejects.toThrow(
    /collapse monitor/,
  );
});

test("a file that is no saved curriculum says why", async () => {
  const path = join(folder, "bad.json");
  await writeFile(path, '{"format": "envtune curr');
  await expect(loadCurriculum(path, curriculum)).rejects.toThrow(/bad\.json is no saved curriculum: /);
  const state = { ...played(curriculum, reports.slice(0, 3)), step: -1, extra: 1 };
  await writeFile(path, JSON.stringify({ format: "envtune curriculum 1", curriculum, state }));
  await expect(loadCurriculum(path, curriculum)).rejects.toThrow(
    /bad\.json: state\.step: .*>=0; got number -1[\s\S]*state\.extra: no such field/,
  );
});
