/** A panel of lamps; short single turns, every value said by the user, tasks generated. */
import { z } from "zod";
import { defineRequests, type SeededRandom } from "../../../../../src/generate/index.ts";
import { defineHints, defineState, failure } from "../../../../../src/index.ts";

const Panel = z.strictObject({ lamps: z.record(z.string(), z.int().min(0).max(100)) });
type Panel = z.output<typeof Panel>;
const panel = defineState({ name: "LampPanel", state: Panel, config: Panel }).init(({ lamps }) => ({ lamps }));

const named = z.strictObject({ room: z.string() });
const noLamp = failure(named, ({ room }) => `No lamp in '${room}'.`);
const rooms = ({ lamps }: Panel) => Object.keys(lamps);
const result = z.strictObject({ room: z.string(), level: z.int() });

const switch_on = panel
  .write({
    description: "Switch a lamp on, at full light.",
    args: z.object({ room: z.string() }),
    result,
    failures: { noLamp, alreadyOn: failure(named, ({ room }) => `The lamp in ${room} is on.`) },
    candidates: { room: rooms },
  })
  .run(({ state, draft, args: { room }, fail }) => {
    const level = state.lamps[room];
    if (level === undefined) return fail.noLamp({ room });
    if (level > 0) return fail.alreadyOn({ room });
    draft().lamps[room] = 100;
    return { room, level: 100 };
  });
const switch_off = panel
  .write({
    description: "Switch a lamp off.",
    args: z.object({ room: z.string() }),
    result,
    failures: { noLamp, alreadyOff: failure(named, ({ room }) => `The lamp in ${room} is off.`) },
    candidates: { room: rooms },
  })
  .run(({ state, draft, args: { room }, fail }) => {
    const level = state.lamps[room];
    if (level === undefined) return fail.noLamp({ room });
    if (level === 0) return fail.alreadyOff({ room });
    draft().lamps[room] = 0;
    return { room, level: 0 };
  });
const dim_lamp = panel
  .write({
    description: "Dim a lamp that is on to a level from 1 to 99.",
    args: z.object({ room: z.string(), level: z.int().min(1).max(99) }),
    result,
    failures: { noLamp, dark: failure(named, ({ room }) => `The lamp in ${room} is off, so there is nothing to dim.`) },
    candidates: { room: rooms, level: () => [10, 25, 40, 60, 75] },
    requires: ["the lamp is on"],
  })
  .run(({ state, draft, args: { room, level }, fail }) => {
    const now = state.lamps[room];
    if (now === undefined) return fail.noLamp({ room });
    if (now === 0) return fail.dark({ room });
    draft().lamps[room] = level;
    return { room, level };
  });
const read_lamps = panel
  .read({
    description: "Read how bright every lamp is.",
    args: z.object({}),
    result: z.strictObject({ lamps: z.record(z.string(), z.int()) }),
  })
  .run(({ state }) => ({ lamps: state.lamps }));

export const lamps = panel.environment({ tools: { switch_on, switch_off, dim_lamp, read_lamps } });

const unknown = ({ state, error }: { state: Panel; error: { data: { room: string } } }) => ({
  diagnose: `'${error.data.room}' has no lamp on this panel.`,
  guide: `There is one in: ${rooms(state).join(", ")}.`,
  direct: "Call 'read_lamps' to see them all.",
  tools: ["read_lamps"],
});
export const lampHints = defineHints(lamps, {
  switch_on: {
    noLamp: unknown,
    alreadyOn: () => ({ diagnose: "It gives light already.", guide: "Nothing need be switched on.", direct: "" }),
  },
  switch_off: {
    noLamp: unknown,
    alreadyOff: () => ({ diagnose: "It is dark already.", guide: "Nothing need be switched off.", direct: "" }),
  },
  dim_lamp: {
    noLamp: unknown,
    dark: () => ({
      diagnose: "Only a lamp that is on can be dimmed.",
      guide: "Switch it on first.",
      direct: "Call 'switch_on'.",
      tools: ["switch_on"],
    }),
  },
});
export const lampRequests = defineRequests(lamps, {
  nouns: { room: "room", level: { noun: "level", open: "a certain level of" } },
  tools: {
    switch_on: ({ room }) => `switch on the lamp in ${room}`,
    switch_off: ({ room }) => `switch off the lamp in ${room}`,
    dim_lamp: {
      ask: ({ room, level }) => `dim the lamp in ${room} to ${level}`,
      values: { level: (_, random) => [5 * (1 + random.below(18))] },
    },
    read_lamps: () => "tell me how bright the lamps are",
  },
});

export const lampRooms = ["kitchen", "hall", "study", "bedroom", "bathroom", "porch", "workshop", "nursery"] as const;
export const lampConfig = (random: SeededRandom): z.input<typeof Panel> => {
  const here = lampRooms.filter(() => random.below(3) > 0).map((room) => [room, random.pick([0, 0, 100, 60])]);
  return { lamps: { ...Object.fromEntries(here), stairs: 0 } };
};
export const lampLaws = {
  config: { lamps: { hall: 100, stairs: 0 } },
  alsoTry: { "switch_on.room": ["moon"], "switch_off.room": ["moon"], "dim_lamp.room": ["moon"] },
};
