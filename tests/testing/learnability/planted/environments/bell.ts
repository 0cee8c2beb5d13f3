/** The counter of a hotel: six ways to have the porter come, and nothing that could be done wrong. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, type Hints } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";

const Counter = z.strictObject({ guest: z.string(), heard: z.boolean() });
const counter = defineState({
  name: "HotelBell",
  state: Counter,
  config: z.strictObject({ guest: z.string() }),
}).init(({ guest }) => ({ guest, heard: false }));

const calling = (description: string) =>
  counter
    .write({ description, args: z.object({}), result: z.strictObject({ heard: z.literal(true) }) })
    .run(({ draft }) => {
      draft().heard = true;
      return { heard: true };
    });
export const bell = counter.environment({
  tools: {
    ring_bell: calling("Ring the bell."),
    knock: calling("Knock on the counter."),
    call_out: calling("Call for the porter."),
    wave: calling("Wave to the porter."),
    cough: calling("Cough."),
    telephone: calling("Telephone the porter."),
  },
});
export const bellHints: Hints = defineHints(bell, {});

const guests = "Abel Blum Cole Dahl Ebert Frey Gross Hall Iding Jung Koch Lind Maas Nagy Otto Pohl Quast Rohr".split(
  " ",
);
/** "Ring for Mr Blum." */
export function bellConversation(random: SeededRandom): Conversation {
  const guest = random.pick(guests);
  const user = `${random.pick(["Ring the bell", "Please ring", "Would you ring", "Ring once"])} for ${guest}.`;
  return { config: { guest }, turns: [{ user, groundTruth: [{ tool: "ring_bell", args: {} }] }] };
}
export const bellLaws = { config: { guest: "Abel" } };
