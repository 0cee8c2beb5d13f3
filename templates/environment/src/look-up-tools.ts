import { failure } from "envtune";
import { z } from "zod";
import { Part, sampleNameState } from "./state.ts";

/** A tool that changes nothing is a `read`. Its description, names and types are all that a model is told of it. */
export const find_bike = sampleNameState
  .read({
    description: "Find an owner's bike: the number on its tag, and what is broken on it.",
    args: z.object({ owner: z.string().describe("The owner's full name.") }),
    result: z.strictObject({ bike: z.string(), broken: z.array(Part), on_stand: z.boolean() }),
    // A model's mistake is no exception but data: the facts, by schema, and the sentence that the model reads.
    failures: {
      unknownOwner: failure(
        z.strictObject({ owner: z.string() }),
        ({ owner }) => `No bike here belongs to '${owner}'.`,
      ),
    },
    // Values worth trying in a state. Law checks, random policies and the generator of tasks draw from them.
    candidates: { owner: ({ bikes }) => Object.values(bikes).map(({ owner }) => owner) },
  })
  .run(({ state, args: { owner }, fail }) => {
    const found = Object.entries(state.bikes).find(([, bike]) => bike.owner === owner);
    if (!found) return fail.unknownOwner({ owner });
    const [tag, { broken }] = found;
    return { bike: tag, broken, on_stand: state.on_stand === tag };
  });

export const check_stock = sampleNameState
  .read({
    description: "Say how many of a part are in stock.",
    args: z.object({ part: Part }),
    result: z.strictObject({ part: Part, left: z.int() }),
  })
  .run(({ state, args: { part } }) => ({ part, left: state.stock[part] }));
