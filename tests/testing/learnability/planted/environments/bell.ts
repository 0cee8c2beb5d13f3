/** The bell on the counter of a hotel: one tool without arguments, and nothing that could be done wrong. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, type Hints } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";

const Counter = z.strictObject({ guest: z.string(), rung: z.boolean() });
const counter = defineState({
  name: "HotelBell",
  state: Counter,
  config: z.strictObject({ guest: z.string() }),
}).init(({ guest }) => ({ guest, rung: false }));

const ring = counter
  .write({
    description: "Ring the bell.",
    args: z.object({}),
    result: z.strictObject({ rung: z.literal(true) }),
  })
  .run(({ draft }) => {
    draft().rung = true;
    return { rung: true };
  });
export const bell = counter.environment({ tools: { ring } });
export const bellHints: Hints = defineHints(bell, {});

const guests = "Abel Blum Cole Dahl Ebert Frey Gross Hall Iding Jung Koch Lind Maas Nagy Otto Pohl Quast Rohr".split(
  " ",
);
/** "Ring for Mr Blum." */
export function bellConversation(random: SeededRandom): Conversation {
  const guest = random.pick(guests);
  const user = `${random.pick(["Ring the bell", "Please ring", "Would you ring", "Ring once"])} for ${guest}.`;
  return { config: { guest }, turns: [{ user, groundTruth: [{ tool: "ring", args: {} }] }] };
}
export const bellLaws = { config: { guest: "Abel" } };
