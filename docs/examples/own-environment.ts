/** An environment of one's own, from its schemas to a failing call. */
import { z } from "zod";
import { defineState, failure } from "../../src/index.ts";

const shelf = defineState({
  name: "Shelf",
  state: z.strictObject({ books: z.array(z.string()), lent: z.array(z.string()) }),
  config: z.strictObject({ books: z.array(z.string()).default([]) }),
}).init(({ books }) => ({ books, lent: [] }));

const lend = shelf
  .write({
    description: "Lend a book that stands on the shelf.",
    args: z.object({ title: z.string() }),
    result: z.strictObject({ left: z.int() }),
    failures: {
      notHere: failure(
        z.strictObject({ title: z.string(), lent: z.boolean() }),
        ({ title }) => `'${title}' is not on the shelf`,
      ),
    },
    candidates: { title: ({ books }) => books },
  })
  .run(({ state, draft, args: { title }, fail }) => {
    const at = state.books.indexOf(title);
    if (at < 0) return fail.notHere({ title, lent: state.lent.includes(title) });
    draft().books.splice(at, 1);
    draft().lent.push(title);
    return { left: state.books.length - 1 };
  });

export const library = shelf.environment({
  tools: { lend },
  invariants: { "no book is in two places": ({ books, lent }) => !books.some((book) => lent.includes(book)) },
});

const start = library.init({ books: ["Emma", "Ulysses"] });
const first = library.step(start, { tool: "lend", args: { title: "Emma" } });
const again = library.step(first.state, { tool: "lend", args: { title: "Emma" } });

/** What a model reads after each of the two calls, and what a program sees of the second. */
export const texts = [library.text("lend", first.outcome), library.text("lend", again.outcome)];
export const error = again.outcome.ok ? undefined : again.outcome.error;
