import type { SeededRandom } from "../../../../src/generate/index.ts";
import { defineHints, type TaskTurn } from "../../../../src/index.ts";
import { type Conversation, composed, composeTasks, sizes } from "./compose-tasks.ts";
import { bell, bellConversation, bellHints, bellLaws } from "./environments/bell.ts";
import { elevator, elevatorAdvice, elevatorConversation, elevatorLaws } from "./environments/elevator.ts";
import { kettle, kettleAdvice, kettleConversation, kettleLaws } from "./environments/kettle.ts";
import { lampConfig, lampHints, lampLaws, lamps } from "./environments/lamps.ts";
import { library, libraryDay, libraryHints, libraryLaws } from "./environments/library.ts";
import { lockerConversation, lockerHints, lockerLaws, lockers, tellingLockerHints } from "./environments/lockers.ts";
import { parking, parkingConfig, parkingHints, parkingLaws } from "./environments/parking.ts";
import { printer, printerConversation, printerHints, printerLaws } from "./environments/printer.ts";
import { vending, vendingAdvice, vendingConversation, vendingLaws } from "./environments/vending.ts";
import { wardrobe, wardrobeConversation, wardrobeHints, wardrobeLaws, wardrobeTools } from "./environments/wardrobe.ts";
import type { Planted } from "./planted.ts";
import { subjectOf } from "./subject-of.ts";

/** The hint of one failure in place of that of another: the two lids are mixed up. */
const lidsMixedUp = defineHints(kettle, {
  ...kettleAdvice,
  pour_in: { ...kettleAdvice.pour_in, lidClosed: kettleAdvice.heat_to.lidOpen },
  heat_to: { ...kettleAdvice.heat_to, lidOpen: kettleAdvice.pour_in.lidClosed },
});

/** Counts floors from one, where the tool counts from nought. */
const floorsFromOne = defineHints(elevator, {
  ...elevatorAdvice,
  ride_to: {
    ...elevatorAdvice.ride_to,
    doorsOpen: ({ args: { floor } }) => {
      const meant = Math.max(0, floor - 1);
      return {
        diagnose: "It rides only with its doors closed, and counts the street as floor 0.",
        guide: `Close the doors, then ride to floor ${meant}.`,
        direct: `Call 'close_doors', then 'ride_to' with floor=${meant}.`,
        ...{ argument: "floor", values: [meant], tools: ["close_doors", "ride_to"] },
      };
    },
  },
  close_doors: {
    closed: () => ({
      diagnose: "They are closed as it is; the street is floor 0.",
      guide: "Now ride to the floor below the one that was named.",
      direct: "Call 'ride_to'.",
      tools: ["ride_to"],
    }),
  },
});

const again = (tool: string) => () => ({
  diagnose: "The machine is slow to answer at times.",
  guide: "Do the same once more, with the same arguments.",
  direct: `Call '${tool}' again.`,
  tools: [tool],
});
const sameAgain = defineHints(vending, {
  insert_coin: { noSuchCoin: again("insert_coin") },
  choose_product: {
    ...{ unknownProduct: again("choose_product"), soldOut: again("choose_product") },
    tooLittle: again("choose_product"),
  },
  give_change: { ...vendingAdvice.give_change, noCredit: again("give_change") },
});

/** The order says "treatment B", and what B is differs from task to task. */
function treatment(random: SeededRandom): Conversation {
  const { config, turns } = wardrobeConversation(random);
  const [first] = turns[0]!.groundTruth;
  const call = { tool: random.pick(wardrobeTools), args: first!.args };
  const user = `Give the ${String(first!.args.piece)} treatment ${random.pick(["A", "B", "C", "D"])}.`;
  return { config, turns: [{ user, groundTruth: [call] }] };
}

/** A goal that was to say what the lamp is at the end, and says that there is a lamp. */
function thereIsALamp(random: SeededRandom): Conversation {
  const config = lampConfig(random);
  const room = random.pick(Object.keys(config.lamps));
  const isOn = config.lamps[room]! > 0;
  const turn: TaskTurn = {
    user: `${random.pick(["Please ", "", "Would you "])}switch the lamp in ${room} ${isOn ? "off" : "on"}.`,
    groundTruth: [{ tool: isOn ? "switch_off" : "switch_on", args: { room } }],
    goal: { reach: [{ path: `LampPanel/lamps/${room}`, exists: true }], mayChange: ["LampPanel/lamps/**"] },
  };
  return { config, turns: [turn] };
}

/** The orders of a whole day in one message. */
function inOneBreath(random: SeededRandom): Conversation {
  const config = libraryDay(random);
  const calls = Object.entries(config.books)
    .slice(0, 5)
    .map(([title, { lent_to }]) => {
      const args = { title, member: random.pick(config.members) };
      if (lent_to !== null && random.below(2) === 0) return { tool: "take_back", args: { title } };
      return { tool: lent_to === null ? "lend_book" : "reserve_book", args };
    });
  const says = {
    take_back: "took back TITLE",
    lend_book: "lent TITLE to MEMBER",
    reserve_book: "kept TITLE for MEMBER",
  };
  const orders = calls.map(({ tool, args }) =>
    says[tool as keyof typeof says]
      .replace("TITLE", args.title)
      .replace("MEMBER", (args as { member?: string }).member ?? ""),
  );
  return { config, turns: [{ user: `Today we ${orders.join(", ")}. Book all of it.`, groundTruth: calls }] };
}

/** One turn in which something is to be done, and four of small talk. */
function smallTalk(random: SeededRandom): Conversation {
  const config = parkingConfig(random);
  const plate = random.pick(Object.keys(config.parked));
  const minutes = 5 * (1 + random.below(8));
  const chat = [
    "Thanks.",
    "Lovely weather today.",
    "Wait, let me think.",
    "All right.",
    "I will be back in a moment.",
    "Good.",
  ];
  const idle = () => ({ user: random.pick(chat), groundTruth: [] });
  const extend = { tool: "extend_ticket", args: { plate, minutes } };
  const turns = [{ user: `Extend the ticket of ${plate} by ${minutes} minutes.`, groundTruth: [extend] }];
  return { config, turns: [idle(), idle(), ...turns, idle(), idle()] };
}

/** Names of light scenes, which the two sites set up the other way round. Either way succeeds. */
function scene(site: "first" | "second") {
  return (random: SeededRandom): Conversation => {
    const { lamps } = lampConfig(random);
    const config = { lamps: Object.fromEntries(Object.keys(lamps).map((room) => [room, 100])) };
    const room = random.pick(Object.keys(config.lamps));
    const isDark = random.below(2) === 0;
    const name = isDark === (site === "first") ? "Harbour" : "Meadow";
    const call = isDark
      ? { tool: "switch_off", args: { room } }
      : { tool: "dim_lamp", args: { room, level: 5 * (1 + random.below(18)) } };
    const level = call.args.level === undefined ? 30 : call.args.level;
    const user = `${random.pick(["Please set", "Set", "I would like"])} the scene ${name} at ${level} in ${room}.`;
    return { config, turns: [{ user, groundTruth: [call] }] };
  };
}

/** Twelve with a mistake that authors make. */
export const bad: Readonly<Record<string, Planted>> = {
  "locker without a number": {
    about: "the right one of 40 lockers is nowhere to be read",
    ...{ expected: ["unlearnable"], half: "tuning", laws: lockerLaws },
    make: () => subjectOf("locker without a number", lockers, lockerHints, composed(lockers, lockerConversation)),
  },
  "kettle with its lids mixed up": {
    about: "hints name the wrong one of two tools",
    ...{ expected: ["lying-hints"], half: "tuning", laws: kettleLaws },
    make: () => subjectOf("kettle with its lids mixed up", kettle, lidsMixedUp, composed(kettle, kettleConversation)),
  },
  "lamps with a goal that always holds": {
    about: "the goal says that the lamp exists, so any call is paid",
    ...{ expected: ["gameable-reward", "saturated"], half: "tuning", laws: lampLaws },
    make: () => subjectOf("lamps with a goal that always holds", lamps, lampHints, composed(lamps, thereIsALamp)),
  },
  "library in one breath": {
    about: "one turn of five calls, all or nothing, and no call may be in vain",
    ...{ expected: ["vanishing-signal"], half: "tuning", laws: libraryLaws },
    make: () => subjectOf("library in one breath", library, libraryHints, composed(library, inOneBreath)),
  },
  "two sites with scenes of their own": {
    about: "the same words mean the opposite in the held-out families",
    ...{ expected: ["does-not-transfer"], half: "tuning", laws: lampLaws },
    make: () =>
      subjectOf("two sites with scenes of their own", lamps, lampHints, {
        tasks: composeTasks(lamps, sizes.tasks, "first", scene("first")),
        heldOut: composeTasks(lamps, sizes.heldOut, "second", scene("second")),
      }),
  },
  "bell with nothing to learn": {
    about: "whatever is called does what was asked for, so nearly every attempt passes at once",
    ...{ expected: ["saturated"], half: "tuning", laws: bellLaws },
    make: () => subjectOf("bell with nothing to learn", bell, bellHints, composed(bell, bellConversation)),
  },
  "treatments without a legend": {
    about: "the wording has nothing to do with the right tool, which is drawn for each task",
    ...{ expected: ["unlearnable"], half: "reporting", laws: wardrobeLaws },
    make: () => subjectOf("treatments without a legend", wardrobe, wardrobeHints, composed(wardrobe, treatment)),
  },
  "elevator counted from one": {
    about: "hints tell the floor below the right one",
    ...{ expected: ["lying-hints"], half: "reporting", laws: elevatorLaws },
    make: () =>
      subjectOf("elevator counted from one", elevator, floorsFromOne, composed(elevator, elevatorConversation)),
  },
  "vending machine once more": {
    about: "hints say to repeat the call that failed",
    ...{ expected: ["lying-hints"], half: "reporting", laws: vendingLaws },
    make: () => subjectOf("vending machine once more", vending, sameAgain, composed(vending, vendingConversation)),
  },
  "parking with small talk": {
    about: "four of five turns pass by doing nothing",
    ...{ expected: ["gameable-reward", "saturated"], half: "reporting", laws: parkingLaws },
    make: () => subjectOf("parking with small talk", parking, parkingHints, composed(parking, smallTalk)),
  },
  "locker told by its hint": {
    about: "the number stands in the hint and nowhere else",
    ...{ expected: ["hint-dependence", "unlearnable"], half: "reporting", laws: lockerLaws },
    make: () =>
      subjectOf("locker told by its hint", lockers, tellingLockerHints, composed(lockers, lockerConversation)),
  },
  "printer that fails unseen": {
    about: "half the time a call fails for a reason that no message tells, mendable in one of twelve ways",
    ...{ expected: ["unlearnable"], half: "reporting", laws: printerLaws },
    make: () => subjectOf("printer that fails unseen", printer, printerHints, composed(printer, printerConversation)),
  },
};
