import { z } from "zod";
import { type Environment, failure } from "../../../src/core/index.ts";
import { defineHints } from "../../../src/feedback/define-hints.ts";
import { counting, lending, type Planted, withState, withTools } from "./planted.ts";
import { allLent, bookIn, copiesLeft, firstState, lend, notHere, notLent, State, shelf, takeBack } from "./shelf.ts";

const nothing = z.object({});
const advice = { diagnose: "It failed.", guide: "Try another.", direct: "" };

/** Declarations that are not so: schemas, failures, invariants, candidates, hints. */
export const untrueWords: Readonly<Record<string, Planted>> = {
  "a state holds what its schema does not name": {
    ...{ law: "closed", says: "holds what its schema does not name: 'note'" },
    make: () => withState(z.object(State.shape), () => ({ ...firstState(), note: "left over" })),
  },
  "a state schema takes anything": {
    ...{ law: "closed", says: "takes anything at 'books'" },
    make: () => withState(z.strictObject({ ...State.shape, books: z.any() })),
  },
  "a change leads out of the schema": {
    ...{ law: "closed", tool: "lend", says: "does not fit its schema at 'books/" },
    make: () =>
      withTools(
        {
          lend: shelf.write(lending).run(({ state, draft, args, fail }) => {
            if (args.title === "Nothing") return fail.allLent(args);
            if (!bookIn(state, args.title)) return fail.notHere(args);
            const book = draft().books.find((one) => one.title === args.title)!;
            book.copies--;
            return { copies: book.copies };
          }),
        },
        { invariants: {} },
      ),
  },
  "a state takes a value that JSON has not": {
    ...{ law: "serialisable", tool: "pass", says: "'day' of the state is no JSON: it is NaN" },
    make: () =>
      withTools({
        pass: shelf
          .write({ description: "Let days pass.", args: z.object({ days: z.int().min(1) }), result: z.null() })
          .run(({ state, draft, args }) => {
            draft().day = state.lent.length === 2 ? Number.NaN : state.day + args.days;
            return null;
          }),
      }),
  },
  "a result holds a value that JSON has not": {
    ...{ law: "serialisable", tool: "share", says: "of the result is no JSON: it is NaN" },
    make: () =>
      withTools({
        share: shelf
          .read({
            description: "Tell the share that is lent.",
            args: nothing,
            result: z.strictObject({ share: z.any() }),
          })
          .run(({ state }) => ({ share: 0 / state.lent.length })),
      }),
  },
  "a result is not of its type": {
    ...{ law: "typed", tool: "count", says: "the result does not fit `result` at 'copies'" },
    make: () =>
      withTools({
        count: shelf.read({ description: "Count.", ...counting }).run(({ state, args, fail }) => {
          const book = bookIn(state, args.title);
          return book ? ({ copies: book.copies || "none" } as never) : fail.notHere(args);
        }),
      }),
  },
  "a result holds more than its schema says": {
    ...{ law: "typed", tool: "count", says: "the result is not what `result` says" },
    make: () =>
      withTools({
        count: shelf
          .read({ description: "Count.", ...counting, result: z.object(copiesLeft.shape) })
          .run(({ state, args, fail }) => bookIn(state, args.title) ?? fail.notHere(args)),
      }),
  },
  "a result schema takes anything": {
    ...{ law: "typed", tool: "count", says: "`result` takes anything" },
    make: () =>
      withTools({
        count: shelf
          .read({ description: "Count.", ...counting, result: z.unknown() })
          .run(({ state, args, fail }) => bookIn(state, args.title) ?? fail.notHere(args)),
      }),
  },
  "a failure has the data of another": {
    ...{ law: "typed", tool: "lend", says: "the data of failure 'allLent' does not fit" },
    make: () =>
      withTools({
        lend: shelf.write(lending).run((context) => {
          const book = bookIn(context.state, context.args.title);
          if (book?.copies === 0) return context.fail.allLent({ book } as never);
          return lend.run(context) as never;
        }),
      }),
  },
  "a failure has the code of another": {
    ...{ law: "everyFailureReached", tool: "lend", says: "met its failure 'allLent'" },
    make: () =>
      withTools({
        lend: shelf.write(lending).run((context) => {
          const book = bookIn(context.state, context.args.title);
          return book?.copies === 0 ? context.fail.notHere(context.args) : (lend.run(context) as never);
        }),
      }),
  },
  "a failure cannot be met": {
    ...{ law: "everyFailureReached", tool: "takeBack", says: 'list "takeBack.overdue" in `unreached`' },
    make: () =>
      withTools({
        takeBack: shelf
          .write({ ...takeBack.spec, failures: { notLent, overdue: failure(z.strictObject({}), () => "Too late.") } })
          .run((context) => (context.state.day > 400 ? context.fail.overdue({}) : (takeBack.run(context) as never))),
      }),
  },
  "a tool never succeeds": {
    ...{ law: "everyToolSucceeds", tool: "reserve", says: "in none of" },
    make: () =>
      withTools({
        reserve: shelf
          .write({ description: "Reserve it.", ...counting, failures: { notHere, allLent } })
          .run(({ state, args, fail }) => (bookIn(state, args.title) ? fail.allLent(args) : fail.notHere(args))),
      }),
  },
  "an invariant breaks on a rare path": {
    ...{ law: "invariant", tool: "lend", says: "'two books or fewer are out' does not hold" },
    make: () => withTools({}, { invariants: { "two books or fewer are out": ({ lent }: State) => lent.length <= 2 } }),
  },
  "an invariant throws on a rare path": {
    ...{ law: "invariant", tool: "lend", says: "'the last lent is known' throws on this state" },
    make: () =>
      withTools(
        {},
        {
          invariants: {
            "the last lent is known": ({ lent }: State) =>
              lent.length < 2 || (lent as unknown as { latest: { known: true } }).latest.known,
          },
        },
      ),
  },
  "candidates that the arguments refuse": {
    ...{ law: "typed", tool: "count", says: "its candidates for 'title' hold 3" },
    make: () =>
      withTools({
        count: shelf
          .read({ description: "Count.", ...counting, candidates: { title: () => ["Emma", 3 as never] } })
          .run(({ state, args, fail }) => {
            const book = bookIn(state, args.title);
            return book ? { copies: book.copies } : fail.notHere(args);
          }),
      }),
  },
  "candidates that throw in some state": {
    ...{ law: "total", tool: "takeBack", says: "its candidates cannot be listed in this state" },
    make: () =>
      withTools({
        takeBack: shelf
          .write({ ...takeBack.spec, candidates: { title: ({ lent }: State) => [lent[0]!.slice(0)] } })
          .run(takeBack.run as never),
      }),
  },
  "the wire form of a failure throws": {
    ...{ law: "comparable", tool: "takeBack", says: "the text of its outcome cannot be made" },
    make: () =>
      withTools({
        takeBack: shelf
          .write({
            ...takeBack.spec,
            failures: { notLent: { ...notLent, wire: ({ title }: any) => ({ error: title.at(0).toUpperCase() }) } },
          })
          .run(takeBack.run as never),
      }),
  },
  "a hint throws": {
    ...{ law: "hintsChangeNothing", tool: "lend", says: "its hint on 'notHere' throws at level 'diagnose'" },
    make: () => hinted(({ state, error }) => ({ ...advice, guide: String(bookIn(state, error.data.title)!.copies) })),
  },
  "a hint changes what it reads": {
    ...{ law: "hintsChangeNothing", tool: "lend", says: "after hints were asked for" },
    make: () =>
      hinted(({ error }) => {
        (error.data as { title: string }).title = error.data.title.toUpperCase();
        return { ...advice, guide: error.data.title };
      }),
  },
  "a check in the state schema throws on a rare path": {
    ...{ law: "total", tool: "lend", says: "a check in a schema throws on what came out (Error: three out)" },
    make: () =>
      withState(
        State.refine(({ lent }) => {
          if (lent.length > 2) throw new Error("three out");
          return true;
        }),
      ),
  },
  "candidates that are no list": {
    ...{ law: "total", tool: "count", says: "those for 'title' must be a list" },
    make: () =>
      withTools({
        count: shelf
          .read({
            ...{ ...counting, description: "Count a book." },
            candidates: { title: ({ lent }: State) => new Set(lent) as never },
          })
          .run(({ state, args, fail }) => {
            const book = bookIn(state, args.title);
            return book ? { copies: book.copies } : fail.notHere(args);
          }),
      }),
  },
  "what is compared is no JSON": {
    ...{ law: "serialisable", says: "the public attribute 'share' is no JSON: it is NaN" },
    make: () =>
      withTools({}, { public: { lent: true, share: ({ lent }: State) => (lent.length > 1 ? Number.NaN : 1) } }),
  },
  "what is compared cannot be read in some state": {
    ...{ law: "comparable", says: "a public attribute cannot be read in a state that was reached (TypeError" },
    make: () => withTools({}, { public: { first: ({ lent }: State) => (lent.length > 1 ? lent[9]!.length : 0) } }),
  },
};

function hinted(onNotHere: (context: any) => typeof advice) {
  const environment = shelf.environment({ tools: { lend, takeBack, count: countOf() } });
  const hints = defineHints(environment, {
    lend: { notHere: onNotHere, allLent: () => advice },
    takeBack: { notLent: () => advice },
    count: { notHere: () => advice },
  });
  return { environment: environment as Environment, hints };
}

const countOf = () =>
  shelf.read({ description: "Count.", ...counting }).run(({ state, args, fail }) => {
    const book = bookIn(state, args.title);
    return book ? { copies: book.copies } : fail.notHere(args);
  });
