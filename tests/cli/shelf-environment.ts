import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { failure } from "../../src/core/outcome.ts";
import { defineHints } from "../../src/feedback/define-hints.ts";

const shelf = defineState({
  name: "Shelf",
  state: z.strictObject({ books: z.array(z.string()) }),
  config: z.strictObject({ books: z.array(z.string()) }),
}).init(({ books }) => ({ books }));

const take_book = shelf
  .write({
    description: "Take a book from the shelf.",
    args: z.object({ title: z.string() }),
    result: z.null(),
    failures: { noSuchBook: failure(z.strictObject({ title: z.string() }), ({ title }) => `no '${title}'`) },
    candidates: { title: ({ books }) => books },
  })
  .run(({ state, draft, args: { title }, fail }) => {
    if (!state.books.includes(title)) return fail.noSuchBook({ title });
    draft().books.splice(state.books.indexOf(title), 1);
    return null;
  });

export const environment = shelf.environment({ tools: { take_book } });

export const good = defineHints(environment, {
  take_book: {
    noSuchBook: ({ state }) => ({
      diagnose: `The shelf has ${state.books.length} books, and none of that title.`,
      guide: "Look at how titles are spelt.",
      direct: "",
    }),
  },
});

/** Speaks of a book and of a tool that there are not. */
export const bad = defineHints(environment, {
  take_book: {
    noSuchBook: () => ({
      diagnose: "There is no book of that title.",
      guide: "The only one is 'Middlemarch'.",
      direct: "Call 'list_books'.",
      tools: ["list_books"],
    }),
  },
});
