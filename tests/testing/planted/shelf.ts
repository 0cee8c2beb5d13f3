import { z } from "zod";
import { defineState, failure } from "../../../src/core/index.ts";

/** A small environment without a fault, of which each planted one is a variant with a single defect. */
export const Book = z.strictObject({ title: z.string(), copies: z.int().min(0) });
export const State = z.strictObject({ books: z.array(Book), lent: z.array(z.string()), day: z.int() });
export type State = z.output<typeof State>;
export const Config = z.strictObject({});

export const firstState = (): State => ({
  books: [
    { title: "Emma", copies: 2 },
    { title: "Ulysses", copies: 1 },
    { title: "Dracula", copies: 0 },
  ],
  lent: [],
  day: 1,
});
export const shelf = defineState({ name: "Shelf", state: State, config: Config }).init(firstState);
export type Shelf = typeof shelf;

export const title = z.object({ title: z.string() });
export const titles = { title: ({ books }: State) => books.map((book) => book.title) };
export const copiesLeft = z.strictObject({ copies: z.int() });
export const notHere = failure(z.strictObject({ title: z.string() }), ({ title }) => `There is no '${title}'.`);
export const allLent = failure(z.strictObject({ title: z.string() }), ({ title }) => `All of '${title}' are lent.`);
export const notLent = failure(z.strictObject({ title: z.string() }), ({ title }) => `'${title}' is not lent.`);
export const bookIn = (state: State, title: string) => state.books.find((book) => book.title === title);

export const count = shelf
  .read({ description: "Count a book.", args: title, result: copiesLeft, failures: { notHere }, candidates: titles })
  .run(({ state, args, fail }) => {
    const book = bookIn(state, args.title);
    return book ? { copies: book.copies } : fail.notHere(args);
  });

export const lend = shelf
  .write({
    description: "Lend a book.",
    ...{ args: title, result: copiesLeft, failures: { notHere, allLent }, candidates: titles },
  })
  .run(({ state, draft, args, fail }) => {
    const book = bookIn(state, args.title);
    if (!book) return fail.notHere(args);
    if (book.copies === 0) return fail.allLent(args);
    draft().lent.push(args.title);
    draft().books.find((one) => one.title === args.title)!.copies--;
    return { copies: book.copies - 1 };
  });

export const takeBack = shelf
  .write({
    description: "Take a lent book back.",
    ...{ args: title, result: copiesLeft, failures: { notLent }, candidates: { title: ({ lent }: State) => lent } },
  })
  .run(({ state, draft, args, fail }) => {
    const at = state.lent.indexOf(args.title);
    if (at < 0) return fail.notLent(args);
    draft().lent.splice(at, 1);
    draft().books.find((one) => one.title === args.title)!.copies++;
    return { copies: bookIn(state, args.title)!.copies + 1 };
  });

export const tools = { count, lend, takeBack };
export const invariants = {
  "no book has fewer than no copies": ({ books }: State) => books.every(({ copies }) => copies >= 0),
  "four books or fewer are out": ({ lent }: State) => lent.length <= 4,
};
