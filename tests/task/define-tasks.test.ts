import { describe, expect, test } from "vitest";
import { joinEnvironments } from "../../src/core/index.ts";
import { defineTasks } from "../../src/task/define-tasks.ts";
import { environment } from "../cli/shelf-environment.ts";

const take = { tool: "take_book", args: { title: "Emma" } } as const;
const config = { books: ["Emma"] };

describe("tasks written in TypeScript", () => {
  test("are tasks like those of a file, with the usual left out", () => {
    const [task] = defineTasks(environment, [
      { id: "emma", config, turns: [{ user: "Take Emma.", groundTruth: [take] }] },
    ]);
    expect(task).toEqual({
      ...{ id: "emma", family: "emma", category: "base", environments: ["Shelf"], longContext: false },
      ...{ config: { Shelf: config }, turns: [{ user: "Take Emma.", groundTruth: [take] }] },
    });
  });

  test("of joined environments name each, and have the config of each", () => {
    const joined = joinEnvironments({ Shelf: environment });
    const turns = [{ user: "Take Emma.", groundTruth: [take] }];
    const [task] = defineTasks(joined, [{ id: "emma", family: "books", config: { Shelf: config }, turns }]);
    expect(task).toMatchObject({ family: "books", environments: ["Shelf"], config: { Shelf: config } });
  });

  test("do not compile with a misspelt tool or argument, or a wrong value", () => {
    const written = () =>
      defineTasks(environment, [
        {
          id: "wrong",
          config,
          turns: [
            // @ts-expect-error there is no such tool
            { user: "", groundTruth: [{ tool: "take_books", args: { title: "Emma" } }] },
            // @ts-expect-error there is no such argument
            { user: "", groundTruth: [{ tool: "take_book", args: { titel: "Emma" } }] },
            // @ts-expect-error a title is a text
            { user: "", groundTruth: [{ tool: "take_book", args: { title: 5 } }] },
            // @ts-expect-error there is no such tool to hold out
            { user: "", groundTruth: [], holdOut: ["take"] },
          ],
        },
        // @ts-expect-error the config lacks its books
        { id: "empty", config: {}, turns: [] },
      ]);
    expect(written).toThrow();
  });
});
