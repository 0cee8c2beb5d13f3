import { defineState } from "envtune";
import { z } from "zod";

/** An argument of this type needs no failure of its own: any other word is refused before a tool runs, with a hint that lists these. */
export const Part = z.enum(["chain", "brake", "tyre", "lamp"]);
export type Part = z.output<typeof Part>;

const Bike = z.strictObject({ owner: z.string(), broken: z.array(Part) });

/** All that there is. Plain JSON: no Date, no Map, no undefined. Whatever a tool has to remember is a field here. */
export const State = z.strictObject({
  /** By the number on the tag. */
  bikes: z.record(z.string(), Bike),
  stock: z.record(Part, z.int().min(0)),
  /** The bike on the repair stand, which holds one. */
  on_stand: z.string().nullable(),
  /** Whose bikes are ready at the door. */
  ready_for: z.array(z.string()),
});
export type State = z.output<typeof State>;

/** What a task says of how an episode starts. Give defaults to what most tasks would repeat. */
export const Config = z.strictObject({
  bikes: z.record(z.string(), Bike),
  stock: z.partialRecord(Part, z.int().min(0)).default({}),
});

/** The name is what tasks and servers call the environment. `init` makes the first state of an episode from a config. */
export const sampleNameState = defineState({ name: "SampleName", state: State, config: Config }).init(
  ({ bikes, stock }) => ({
    bikes,
    stock: { chain: 0, brake: 0, tyre: 0, lamp: 0, ...stock },
    on_stand: null,
    ready_for: [],
  }),
);
