import { expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { floorsOf, floorsTable } from "../../src/cli/floors.ts";
import { engineLesson } from "../../src/cli/lesson.ts";
import { rewards } from "../../src/progress/reward-spec.ts";
import { loadBundledTasks } from "../../src/task/bundled.ts";

const tasks = await loadBundledTasks(environmentOf);

test("the lesson shows one failure at each level, what the turn was worth, and why", () => {
  const text = engineLesson(tasks.find(({ id }) => id === "miss_param_band_van")!);
  const line = (label: string) => text.split("\n").find((one) => one.trimStart().startsWith(label))!;
  expect(line("diagnose")).toContain("all doors locked");
  expect(line("diagnose")).toContain("brake pedal fully pressed");
  expect(line("guide")).toMatch(/… First lock the doors/);
  expect(line("guide")).not.toContain("lockDoors");
  expect(line("direct")).toContain("'lockDoors'");
  expect(line("left there")).toContain("turn score 0");
  expect(line("wrongState")).toContain('VehicleControlAPI/doorStatus/driver: "unlocked" -> "locked"');
  expect(line("as hinted")).toContain("turn score 1");
});

test("the floors of the bundled tasks: what knows nothing earns next to nothing, the ground truth everything", async () => {
  const chosen = Object.values(rewards);
  const short = tasks.filter(({ longContext }) => !longContext);
  const rows = await floorsOf({ name: "bundled", hash: "", tasks: short, documents: {} }, chosen);
  const of = (policy: string) => rows.find((row) => row.policy === policy)!.rewards;
  expect(of("ground-truth")).toMatchObject({ progress: 1, binary: 1, bfcl: 1, stateProgress: 1, syntax: 2, toolrl: 4 });
  for (const policy of ["do-nothing", "answer-always", "repeat", "read-spam", "hint-fisher"]) {
    expect(of(policy).binary, policy).toBe(0);
    expect(of(policy).progress, policy).toBeLessThan(0.2);
  }
  expect(floorsTable(rows, chosen).split("\n")).toHaveLength(rows.length + 1);
});
