import { expect, test } from "vitest";
import * as episode from "../docs/examples/first-episode.ts";
import * as own from "../docs/examples/own-environment.ts";
import { checkLaws } from "../src/testing/index.ts";

test("the first episode reads as the README shows it", () => {
  expect(episode.texts).toEqual(['{"file_content": "1\\n2"}', '{"result": 3}']);
  expect(episode.differences).toEqual(["GorillaFileSystem.root"]);
});

test("the environment of one's own fails with data, and obeys the laws", () => {
  expect(own.texts).toEqual(['{"left":1}', `{"error":"'Emma' is not on the shelf"}`]);
  expect(own.error).toEqual({
    code: "notHere",
    message: "'Emma' is not on the shelf",
    data: { title: "Emma", lent: true },
  });
  checkLaws(own.library, { config: { books: ["Emma", "Ulysses"] } });
});
