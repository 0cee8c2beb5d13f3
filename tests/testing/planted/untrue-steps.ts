import { z } from "zod";
import { type Call, defineState, type Environment } from "../../../src/core/index.ts";
import { counting, lending, type Planted, withState, withTools } from "./planted.ts";
import { Book, bookIn, Config, firstState, lend, State, shelf, title } from "./shelf.ts";

const nothing = z.object({});

/** Steps that depend on something else than state and arguments, or change something else than the new state. */
export const untrueSteps: Readonly<Record<string, Planted>> = {
  "the clock is read": {
    ...{ law: "deterministic", tool: "today", says: "reads Date.now()" },
    make: () =>
      withTools({
        today: shelf
          .read({ description: "Tell the day.", args: nothing, result: z.int() })
          .run(() => Math.floor(Date.now() / 86_400_000)),
      }),
  },
  "the clock is read, and nothing comes of it yet": {
    ...{ law: "deterministic", tool: "count", says: "reads new Date()" },
    make: () =>
      withTools({
        count: shelf.read({ description: "Count.", ...counting }).run(({ state, args, fail }) => {
          const book = bookIn(state, args.title);
          if (!book) return fail.notHere(args);
          return { copies: new Date().getFullYear() > 1900 ? book.copies : 0 };
        }),
      }),
  },
  "chance is asked": {
    ...{ law: "deterministic", tool: "pick", says: "reads Math.random()" },
    make: () =>
      withTools({
        pick: shelf
          .read({ description: "Pick a book.", args: nothing, result: z.string() })
          .run(({ state }) => state.books[Math.floor(Math.random() * state.books.length)]!.title),
      }),
  },
  "init counts its states": {
    ...{ law: "deterministic", says: "init makes another state of the same config" },
    make: () => {
      let made = 0;
      return withState(State, () => ({ ...firstState(), day: ++made }));
    },
  },
  "a variable of the module decides": {
    ...{ law: "deterministic", tool: "lend", says: "not on a variable of the module" },
    remembers: true,
    make: () => {
      let lentEver = 0;
      return withTools({
        lend: shelf.write(lending).run((context) => {
          if (lentEver >= 2) return context.fail.allLent(context.args);
          const returned = lend.run(context);
          if (!("ok" in returned)) lentEver++;
          return returned as never;
        }),
      });
    },
  },
  "a result is kept until the next change, whichever state that was of": {
    ...{ law: "forkIsolated", tool: "count", says: "something outside the state is remembered" },
    remembers: true,
    make: () => {
      const kept = new Map<string, { copies: number }>();
      return withTools({
        count: shelf.read({ description: "Count.", ...counting }).run(({ state, args, fail }) => {
          const book = bookIn(state, args.title);
          if (!book) return fail.notHere(args);
          const key = `${args.title} ${state.lent.length}`;
          const known = kept.get(key) ?? { copies: book.copies };
          kept.clear();
          kept.set(key, known);
          return { ...known };
        }),
      });
    },
  },
  "it matters which object is which": {
    ...{ law: "deterministic", tool: "isFirst", says: "not on which object is which" },
    make: () => {
      const Chosen = z.strictObject({ books: z.array(Book), chosen: Book.nullable() });
      const kit = defineState({ name: "Shelf", state: Chosen, config: Config }).init(() => ({
        books: firstState().books,
        chosen: null,
      }));
      const choose = kit
        .write({ description: "Choose the first book.", args: nothing, result: z.null() })
        .run(({ draft }) => {
          draft().chosen = draft().books[0]!;
          return null;
        });
      const isFirst = kit
        .read({ description: "Tell whether the first is chosen.", args: nothing, result: z.boolean() })
        .run(({ state }) => state.books[0] === state.chosen);
      return { environment: kit.environment({ tools: { choose, isFirst } }) as Environment };
    },
  },
  "a state is changed that was given to read": {
    ...{ law: "total", tool: "lend", says: "states are frozen: change what `draft()` returns" },
    make: () =>
      withTools({
        lend: shelf.write(lending).run(({ state, args, fail }) => {
          const book = bookIn(state, args.title);
          if (!book) return fail.notHere(args);
          if (book.copies === 0) return fail.allLent(args);
          book.copies--;
          return { copies: book.copies };
        }),
      }),
  },
  "an object is shared between states": {
    ...{ law: "persistent", tool: "buy", says: "'books/0' of the state is not frozen" },
    make: () => {
      const newest = { title: "Middlemarch", copies: 0 };
      return withTools({
        buy: shelf.write({ description: "Buy it.", args: nothing, result: z.null() }).run(({ state, draft }) => {
          newest.copies++;
          // The list is frozen and its item is not, so that the step takes all of it to be.
          draft().books = Object.freeze([newest, ...state.books.filter((one) => one.title !== newest.title)]) as never;
          return null;
        }),
      });
    },
  },
  "an array is shared between results": {
    ...{ law: "persistent", tool: "history", says: "is the very object that an earlier call returned" },
    make: () => {
      const asked: string[] = [];
      return withTools({
        history: shelf
          .read({ description: "Tell what was asked.", args: title, result: z.array(z.string()) })
          .run(({ args }) => {
            if (!asked.includes(args.title)) asked.push(args.title);
            return asked;
          }),
      });
    },
  },
  "a read changes the state": {
    ...{ law: "pure", tool: "count", says: "it is a read, and another state came out of it" },
    make: () => ({ environment: counted(withTools({}).environment) }),
  },
  "a failure changes the state": {
    ...{ law: "pure", tool: "lend", says: "fails with 'allLent', and another state came out of it" },
    make: () => ({ environment: failing(withTools({}).environment) }),
  },
  "a tool throws where it should fail": {
    ...{ law: "total", tool: "count", says: "return `fail.code(data)`" },
    make: () =>
      withTools({
        count: shelf
          .read({ description: "Count.", ...counting })
          .run(({ state, args }) => ({ copies: bookIn(state, args.title)!.copies })),
      }),
  },
  "what is compared lies outside the state": {
    ...{ law: "replayable", says: "lead to a state of another hash" },
    make: () => {
      let compared = 0;
      return withTools({}, { public: { books: true, compared: () => ++compared } });
    },
  },
};

function withStep(environment: Environment, step: Environment["step"]): Environment {
  const other: Environment = {
    ...environment,
    step,
    get parts() {
      return { [environment.name]: other };
    },
  };
  return other;
}

/** A step of hand-made code, which nothing keeps from this. */
function counted(environment: Environment): Environment {
  return withStep(environment, ((state: any, call: Call) => {
    const made = environment.step(state, call as never) as any;
    return call.tool === "count" ? { ...made, state: Object.freeze({ ...state, day: state.day + 1 }) } : made;
  }) as never);
}

function failing(environment: Environment): Environment {
  return withStep(environment, ((state: any, call: Call) => {
    const made = environment.step(state, call as never) as any;
    if (made.outcome.ok || made.outcome.error.code !== "allLent") return made;
    return { ...made, state: Object.freeze({ ...state, day: state.day + 1 }) };
  }) as never);
}
