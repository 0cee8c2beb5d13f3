import { expect, test } from "vitest";
import { perturbedTrajectories } from "../../bench/perturbation.ts";
import { environmentOf } from "../../environments/index.ts";
import { parseCall } from "../../src/python/call-syntax.ts";
import { Task } from "../../src/task/task.ts";

const names = ["GorillaFileSystem"];
const task = Task.parse({
  id: "a",
  family: "a",
  category: "base",
  environments: names,
  turns: [
    { user: "Make a file.", groundTruth: [{ tool: "touch", args: { file_name: "a.txt" } }] },
    { user: "And what?", groundTruth: [] },
    {
      user: "Fill it and show its last lines.",
      groundTruth: [
        { tool: "echo", args: { content: "one", file_name: "a.txt" } },
        { tool: "tail", args: { file_name: "a.txt", lines: { $float: "5.0" } } },
      ],
    },
  ],
});
const smallest = Task.parse({ ...task, turns: [{ user: "Where am I?", groundTruth: [{ tool: "pwd" }] }] });
const perturbed = (of: Task, seed: number) => perturbedTrajectories(of, environmentOf(names), 16, seed);

test.each([task, smallest])("trajectories are as many as asked for, and all different", (of) => {
  const texts = perturbed(of, 1).map((trajectory) => JSON.stringify(trajectory));
  expect(new Set(texts).size).toBe(16);
});

test("the ground truth itself comes first, then each of its calls in a step of its own", () => {
  const [whole, single] = perturbed(task, 1);
  const echo = "echo(content='one',file_name='a.txt')";
  const tail = "tail(file_name='a.txt',lines=5.0)";
  expect(whole).toEqual([[["touch(file_name='a.txt')"]], [], [[echo, tail]]]);
  expect(single).toEqual([[["touch(file_name='a.txt')"]], [], [[echo], [tail]]]);
});

test("a seed fixes the trajectories", () => {
  expect(perturbed(task, 7)).toEqual(perturbed(task, 7));
  expect(perturbed(task, 7)).not.toEqual(perturbed(task, 8));
});

test("every call is one that the reader takes, in as many turns as the task has", () => {
  for (const trajectory of perturbed(task, 3)) {
    expect(trajectory).toHaveLength(3);
    for (const call of trajectory.flat(2)) expect(parseCall(call)).toMatchObject({ ok: true });
  }
});
