/** A wardrobe; one turn of one to three calls, where each piece has to go to the place that the user names. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";

const places = ["rail", "shelf", "drawer", "basket"] as const;
const Place = z.enum(places);
const Wardrobe = z.strictObject({ pieces: z.record(z.string(), z.enum([...places, "chair"])) });
type Wardrobe = z.output<typeof Wardrobe>;
const room = defineState({ name: "Wardrobe", state: Wardrobe, config: Wardrobe }).init((config) => config);

const piece = z.strictObject({ piece: z.string() });
const noPiece = failure(piece, (data) => `There is no ${data.piece} here.`);
const there = failure(
  z.strictObject({ piece: z.string(), place: z.string() }),
  (data) => `The ${data.piece} is on the ${data.place}.`,
);
const pieces = (state: Wardrobe) => Object.keys(state.pieces);
const result = z.strictObject({ piece: z.string(), place: z.string() });

const putting = (description: string, place: z.output<typeof Place>) =>
  room
    .write({
      description,
      args: z.object({ piece: z.string() }),
      result,
      failures: { noPiece, there },
      candidates: { piece: pieces },
    })
    .run(({ state, draft, args, fail }) => {
      const now = state.pieces[args.piece];
      if (now === undefined) return fail.noPiece(args);
      if (now === place) return fail.there({ ...args, place });
      draft().pieces[args.piece] = place;
      return { ...args, place };
    });

const hang_up = putting("Hang a piece of clothing on the rail.", "rail");
const lay_on_shelf = putting("Lay a piece of clothing on the shelf.", "shelf");
const put_in_drawer = putting("Put a piece of clothing into the drawer.", "drawer");
const to_the_wash = putting("Put a piece of clothing into the basket for the wash.", "basket");
const look_for = room
  .read({
    description: "Tell where a piece of clothing is.",
    args: z.object({ piece: z.string() }),
    result,
    failures: { noPiece },
    candidates: { piece: pieces },
  })
  .run(({ state, args, fail }) => {
    const place = state.pieces[args.piece];
    return place === undefined ? fail.noPiece(args) : { ...args, place };
  });

export const wardrobe = room.environment({
  tools: { hang_up, lay_on_shelf, put_in_drawer, to_the_wash, look_for },
});

const missing = ({ state, error }: { state: Wardrobe; error: { data: { piece: string } } }) => ({
  diagnose: `No '${error.data.piece}' is in this room.`,
  guide: `What is: ${pieces(state).join(", ")}.`,
  direct: "",
});
const put = {
  noPiece: missing,
  there: () => ({
    diagnose: "It is there as it is.",
    guide: "Go on with the next piece, or another place.",
    direct: "",
  }),
};
export const wardrobeHints = defineHints(wardrobe, {
  ...{ hang_up: put, lay_on_shelf: put, put_in_drawer: put, to_the_wash: put },
  look_for: { noPiece: missing },
});

export const clothes = [
  "coat",
  "scarf",
  "shirt",
  "jumper",
  "socks",
  "jeans",
  "hat",
  "gloves",
  "blouse",
  "tie",
] as const;
export const wardrobeWays = {
  hang_up: ["hang the PIECE up", "the PIECE belongs on the rail"],
  lay_on_shelf: ["lay the PIECE on the shelf", "the PIECE can lie on the shelf"],
  put_in_drawer: ["put the PIECE into the drawer", "the PIECE goes into the drawer"],
  to_the_wash: ["the PIECE must be washed", "put the PIECE into the wash"],
} as const;
export type WardrobeTool = keyof typeof wardrobeWays;
export const wardrobeTools = Object.keys(wardrobeWays) as WardrobeTool[];

/** All clothes lie on the chair, and some are to be put away. */
export function wardrobeConversation(random: SeededRandom): Conversation {
  const here = clothes.filter(() => random.below(2) === 0).concat(["belt" as never]);
  const chosen = here.filter(() => random.below(3) === 0).slice(0, 2);
  const calls = (chosen.length > 0 ? chosen : [here[0]!]).map((name) => ({
    tool: random.pick(wardrobeTools),
    args: { piece: name as string },
  }));
  const orders = calls.map(({ tool, args }) => random.pick(wardrobeWays[tool]).replace("PIECE", args.piece));
  const user = `${orders.join(", and ").replace(/^./, (letter) => letter.toUpperCase())}.`;
  return {
    config: { pieces: Object.fromEntries(here.map((name) => [name, "chair"])) },
    turns: [{ user, groundTruth: calls }],
  };
}
export const wardrobeLaws = {
  config: { pieces: { coat: "chair", hat: "rail", socks: "drawer" } as const },
  alsoTry: Object.fromEntries([...wardrobeTools, "look_for"].map((tool) => [`${tool}.piece`, ["kilt"]])),
};
