/** A printer whose paper jams in one of twelve places. Which one it is in its own state, and in no message. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";

const flaps = "ABCDEFGHIJKL".split("");
const Printer = z.strictObject({ jam: z.string().nullable(), printed: z.array(z.string()), copies: z.int() });
const office = defineState({
  name: "Printer",
  state: Printer,
  config: z.strictObject({ jam: z.enum(flaps).nullable() }),
}).init(({ jam }) => ({ jam, printed: [], copies: 0 }));

const nothing = z.strictObject({});
const print_file = office
  .write({
    description: "Print a file, in so many copies.",
    args: z.object({ file: z.string(), copies: z.int().min(1).max(9) }),
    result: z.strictObject({ printed: z.string() }),
    failures: { failed: failure(nothing, () => "Printing failed. Please try again.") },
    candidates: { file: () => ["letter.pdf", "invoice.pdf"], copies: () => [1, 2, 3] },
  })
  .run(({ state, draft, args: { file, copies }, fail }) => {
    if (state.jam !== null) return fail.failed({});
    const next = draft();
    next.printed.push(file);
    next.copies += copies;
    return { printed: file };
  });
const check_flap = office
  .write({
    description: "Open one of the flaps A to L and see to it that nothing is in the way.",
    args: z.object({ flap: z.enum(flaps) }),
    result: z.strictObject({ flap: z.string() }),
    candidates: { flap: () => flaps },
  })
  .run(({ state, draft, args: { flap } }) => {
    if (state.jam === flap) draft().jam = null;
    return { flap };
  });

export const printer = office.environment({
  tools: { print_file, check_flap },
  public: { printed: (state) => state.printed, copies: (state) => state.copies },
});
export const printerHints = defineHints(printer, {
  print_file: {
    failed: () => ({
      diagnose: "Something is in the way of the paper.",
      guide: "See to the flaps, and print again.",
      direct: "Call 'check_flap'.",
      tools: ["check_flap"],
    }),
  },
});

const files = ["letter", "invoice", "poster", "ticket", "form", "agenda", "menu", "score", "map"] as const;
/** "Print 2 copies of letter.pdf." The paper is jammed in half of the tasks. */
export function printerConversation(random: SeededRandom): Conversation {
  const file = `${random.pick(files)}.pdf`;
  const copies = 1 + random.below(5);
  const jam = random.below(2) === 0 ? random.pick(flaps) : null;
  const clear = jam === null ? [] : [{ tool: "check_flap", args: { flap: jam } }];
  return {
    config: { jam },
    turns: [
      {
        user: `Print ${copies === 1 ? "1 copy" : `${copies} copies`} of ${file}.`,
        groundTruth: [...clear, { tool: "print_file", args: { file, copies } }],
      },
    ],
  };
}
export const printerLaws = { config: { jam: "C" } };
