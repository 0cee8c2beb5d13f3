import { expect, test } from "vitest";
import type { Environment } from "../../../src/core/environment.ts";
import { joinEnvironments } from "../../../src/core/join.ts";
import type { Task } from "../../../src/task/task.ts";
import { endsAlone } from "../../../src/testing/learnability/ends-alone.ts";
import { cellar } from "./cellar.ts";

const environment = joinEnvironments({ Cellar: cellar as Environment }, cellar.notation) as Environment;
const taskSaying = (...users: string[]): Task => ({
  ...{ id: "base_a", family: "a", category: "base", environments: ["Cellar"], longContext: false },
  config: { Cellar: { bottles: ["Rioja", "Merlot"] } },
  turns: users.map((user, turn) => ({
    user,
    groundTruth:
      turn === 0
        ? [
            { tool: "openDoor", args: {} },
            { tool: "takeBottle", args: { bottle: "Rioja" } },
          ]
        : [{ tool: "takeBottle", args: { bottle: "Merlot" } }],
  })),
});

test("what is there only to make a later call possible is left out of the message, and nothing else", () => {
  const task = taskSaying('Open the cellar door, then take the bottle "Rioja".', 'Take the bottle "Merlot".');
  const told = endsAlone(task, environment);
  expect(told.turns.map(({ user }) => user)).toEqual(['Take the bottle "Rioja".', 'Take the bottle "Merlot".']);
  expect(told.turns.map(({ groundTruth }) => groundTruth)).toEqual(task.turns.map(({ groundTruth }) => groundTruth));
});

test("a message that does not say one clause a call stays as it is", () => {
  const task = taskSaying('Get me the bottle "Rioja" out of the cellar.');
  expect(endsAlone(task, environment)).toBe(task);
});
