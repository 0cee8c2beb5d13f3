/** A café with regulars. What each of them takes stands nowhere but in the ground truth. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { stepAdvice } from "../step-advice.ts";

const drinks = ["espresso", "tea", "juice", "cocoa", "water"] as const;
const Cafe = z.strictObject({ tables: z.int().min(1), served: z.record(z.string(), z.array(z.enum(drinks))) });
type Cafe = z.output<typeof Cafe>;
const bar = defineState({
  name: "Cafe",
  state: Cafe,
  config: z.strictObject({ tables: z.int().min(1) }),
}).init(({ tables }) => ({ tables, served: {} }));

const numbers = ({ tables }: Cafe) => Array.from({ length: tables }, (_, index) => index + 1);
const serving = (description: string, drink: (typeof drinks)[number]) =>
  bar
    .write({
      description,
      args: z.object({ table: z.int() }),
      result: z.strictObject({ table: z.int(), drink: z.enum(drinks) }),
      failures: {
        noTable: failure(z.strictObject({ table: z.int() }), ({ table }) => `There is no table ${table}.`),
      },
      candidates: { table: numbers },
    })
    .run(({ state, draft, args: { table }, fail }) => {
      if (table < 1 || table > state.tables) return fail.noTable({ table });
      const next = draft();
      next.served[table] = [...(state.served[table] ?? []), drink];
      return { table, drink };
    });

export const cafe = bar.environment({
  tools: {
    make_espresso: serving("Make an espresso and take it to a table.", "espresso"),
    brew_tea: serving("Brew a tea and take it to a table.", "tea"),
    press_juice: serving("Press a juice and take it to a table.", "juice"),
    stir_cocoa: serving("Stir a cocoa and take it to a table.", "cocoa"),
    pour_water: serving("Pour a water and take it to a table.", "water"),
  },
});
type CafeTool = keyof (typeof cafe)["tools"];
const table = { noTable: stepAdvice("There are not so many tables.", "Take the table that the user said.") };
export const cafeHints = defineHints(cafe, {
  ...{ make_espresso: table, brew_tea: table, press_juice: table, stir_cocoa: table, pour_water: table },
});

/** Who came while the tasks to learn from were written down, and who came later. */
const regulars = {
  morning: {
    ...{ Ingrid: "make_espresso", Basil: "brew_tea", Carmen: "press_juice", Dora: "stir_cocoa", Emil: "pour_water" },
  },
  evening: {
    ...{ Fabio: "brew_tea", Gerda: "pour_water", Hakon: "make_espresso", Irma: "press_juice", Jonas: "stir_cocoa" },
  },
} as const satisfies Record<string, Record<string, CafeTool>>;

/** "The usual for Ingrid, table 4." */
export const cafeConversation =
  (shift: keyof typeof regulars) =>
  (random: SeededRandom): Conversation => {
    const tables = 6 + random.below(7);
    const [guest, tool] = random.pick(Object.entries(regulars[shift]));
    const args = { table: 1 + random.below(tables) };
    const user = `${random.pick(["The usual for", "As always for", "One of the usual for"])} ${guest}, at table ${args.table}.`;
    return { config: { tables }, turns: [{ user, groundTruth: [{ tool, args }] }] };
  };
export const cafeLaws = { config: { tables: 3 } };
