import { expect, test } from "vitest";
import { environmentOf } from "../../environments/index.ts";
import { createCatalog } from "../../src/server/catalog.ts";
import { loadBundledTasks } from "../../src/task/bundled.ts";

const tasks = await loadBundledTasks(environmentOf);

test("a catalog's name is one that stands in a path", () => {
  expect(createCatalog({ name: "My tasks (v2)", tasks, environmentOf }).name).toBe("my-tasks-v2-");
  for (const name of ["", "задачи", "--"])
    expect(() => createCatalog({ name, tasks, environmentOf })).toThrow(/name needs letters/);
});

test("a catalog without tasks, or with two of one id, is none", () => {
  expect(() => createCatalog({ name: "a", tasks: [], environmentOf })).toThrow(/no task to serve/);
  expect(() => createCatalog({ name: "a", tasks: [...tasks, { ...tasks[0]! }], environmentOf })).toThrow(
    `two tasks have the id '${tasks[0]!.id}'`,
  );
});
