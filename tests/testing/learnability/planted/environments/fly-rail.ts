/** The fly rail of a theatre, which locks itself after each move; five scenes, a turn each. */
import { z } from "zod";
import type { SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";
import type { Conversation } from "../compose-tasks.ts";
import { namedAdvice, stepAdvice } from "../step-advice.ts";

const Stage = z.strictObject({ drops: z.record(z.string(), z.boolean()), locked: z.boolean(), light: z.int() });
type Stage = z.output<typeof Stage>;
const stage = defineState({
  name: "FlyRail",
  state: Stage,
  config: z.strictObject({ drops: z.record(z.string(), z.boolean()) }),
}).init(({ drops }) => ({ drops, locked: true, light: 0 }));

const nothing = z.strictObject({});
const ofDrop = z.strictObject({ drop: z.string() });
const noDrop = failure(ofDrop, ({ drop }) => `No drop is called '${drop}'.`);
const railLocked = failure(nothing, () => "The rail is locked.");
const drops = (state: Stage) => Object.keys(state.drops);
const result = z.strictObject({ stage: z.string() });

const unlock_rail = stage
  .write({
    description: "Unlock the rail for one move.",
    ...{ args: z.object({}), result },
    failures: { isUnlocked: failure(nothing, () => "The rail is unlocked.") },
    provides: ["the rail is unlocked"],
  })
  .run(({ state, draft, fail }) => {
    if (!state.locked) return fail.isUnlocked({});
    draft().locked = false;
    return { stage: "rail unlocked" };
  });
const fly_in = stage
  .write({
    description: "Let a drop down onto the stage.",
    ...{ args: z.object({ drop: z.string() }), result, candidates: { drop: drops } },
    failures: { ...{ noDrop, railLocked }, isDown: failure(ofDrop, ({ drop }) => `The ${drop} is down.`) },
    requires: ["the rail is unlocked"],
  })
  .run(({ state, draft, args: { drop }, fail }) => {
    if (!Object.hasOwn(state.drops, drop)) return fail.noDrop({ drop });
    if (state.drops[drop]) return fail.isDown({ drop });
    if (state.locked) return fail.railLocked({});
    const next = draft();
    next.drops[drop] = true;
    next.locked = true;
    return { stage: `${drop} down` };
  });
const fly_out = stage
  .write({
    description: "Pull a drop up out of sight.",
    ...{ args: z.object({ drop: z.string() }), result, candidates: { drop: drops } },
    failures: { ...{ noDrop, railLocked }, isUp: failure(ofDrop, ({ drop }) => `The ${drop} is up.`) },
    requires: ["the rail is unlocked"],
  })
  .run(({ state, draft, args: { drop }, fail }) => {
    if (!Object.hasOwn(state.drops, drop)) return fail.noDrop({ drop });
    if (!state.drops[drop]) return fail.isUp({ drop });
    if (state.locked) return fail.railLocked({});
    const next = draft();
    next.drops[drop] = false;
    next.locked = true;
    return { stage: `${drop} up` };
  });
const set_light = stage
  .write({
    description: "Set the light to so many percent.",
    args: z.object({ percent: z.int().min(0).max(100) }),
    result,
    candidates: { percent: () => [0, 20, 50, 100] },
  })
  .run(({ draft, args: { percent } }) => {
    draft().light = percent;
    return { stage: `light at ${percent}` };
  });

export const flyRail = stage.environment({ tools: { unlock_rail, fly_in, fly_out, set_light } });
const missing = ({ error }: { error: { data: { drop: string } } }) => namedAdvice(error.data.drop);
const unlockFirst = stepAdvice("Drops move while the rail is unlocked.", "Unlock the rail first.", "unlock_rail");
const unneeded = "That step is not needed; go on.";
export const flyRailHints = defineHints(flyRail, {
  unlock_rail: { isUnlocked: stepAdvice("It is unlocked already.", unneeded) },
  fly_in: { noDrop: missing, railLocked: unlockFirst, isDown: stepAdvice("It is down already.", unneeded) },
  fly_out: { noDrop: missing, railLocked: unlockFirst, isUp: stepAdvice("It is up already.", unneeded) },
});

const painted = ["forest", "palace", "harbour", "street", "garden", "prison"] as const;
/** "Bring the forest in, and the light to 60 percent." Five times. */
export function flyRailConversation(random: SeededRandom): Conversation {
  const down = new Map(painted.map((drop) => [drop as string, random.below(2) === 0]));
  const config = { drops: Object.fromEntries(down) };
  const turns = Array.from({ length: 5 }, () => {
    const drop = random.pick(painted);
    const percent = 5 * (1 + random.below(19));
    const isDown = down.get(drop)!;
    down.set(drop, !isDown);
    const move = isDown ? `Pull the ${drop} up` : `Let the ${drop} down`;
    return {
      user: `${move}, and set the light to ${percent} percent.`,
      groundTruth: [
        { tool: "unlock_rail", args: {} },
        { tool: isDown ? "fly_out" : "fly_in", args: { drop } },
        { tool: "set_light", args: { percent } },
      ],
    };
  });
  return { config, turns };
}
export const flyRailLaws = {
  config: { drops: { forest: true, palace: false } },
  alsoTry: { "fly_in.drop": ["desert"], "fly_out.drop": ["desert"] },
};
