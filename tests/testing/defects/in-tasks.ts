import type { Defects } from "./defect.ts";
import { kit, stow } from "./station.ts";
import { call, eitherLocker, handedOut, pin, stowedLater, task, tasks, withTask, withTurn } from "./tasks.ts";

const unlock = call("unlock", { pin });
const handOut = call("hand_out", { parcel: "P-1042" });
const [either] = eitherLocker.turns;
const withGoal = (goal: NonNullable<typeof either>["goal"]) => () => ({ tasks: withTurn(eitherLocker, 0, { goal }) });
const { reach } = either!.goal!;

/** What is amiss in a task's turns and their ground truths. */
export const inTasks: Defects = {
  "ground-truth call that fails: the station is locked when the parcel is handed out": {
    ...{
      check: "ground-truths",
      task: "handed_out",
      turn: 1,
      call: 0,
      tool: "hand_out",
      says: "the call fails (locked)",
    },
    plant: () => ({ tasks: withTurn(handedOut, 1, { groundTruth: [handOut, unlock] }) }),
  },
  "unneeded ground-truth call: the parcel had been weighed": {
    ...{ check: "needed-calls", task: "handed_out", turn: 1, call: 0, tool: "weigh", says: "passes without this call" },
    plant: () => ({
      tasks: withTurn(handedOut, 1, { groundTruth: [call("weigh", { parcel: "P-1042" }), unlock, handOut] }),
    }),
  },
  "vacuous turn: what it asks for was shown in the turn before": {
    ...{ check: "needed-turns", task: "handed_out", turn: 1, says: "the turn is vacuous" },
    plant: () => ({
      tasks: withTask({ ...handedOut, turns: [handedOut.turns[0]!, handedOut.turns[0]!, handedOut.turns[1]!] }),
    }),
  },
  "ungrounded argument: nobody has told the PIN": {
    ...{ check: "grounded", task: "handed_out", turn: 1, call: 0, tool: "unlock", says: 'pin is "7-41-9B"' },
    plant: () => ({ tasks: withTurn(handedOut, 1, { user: "Unlock the station, and hand out P-1042." }) }),
  },
  "held-out tool callable: another tool was held out": {
    ...{ check: "missing", task: "stowed_later", turn: 1, tool: "stow", says: "can be called already" },
    plant: () => {
      const [first, second, third] = stowedLater.turns;
      const turns = [{ ...first!, holdOut: ["weigh"] }, second!, { ...third!, release: ["weigh"] }];
      return { tasks: withTask({ ...stowedLater, turns }) };
    },
  },
  "held-out tool callable: nothing was held out": {
    ...{ check: "missing", task: "stowed_later", turn: 1, tool: "stow", says: "can be called already" },
    plant: () => {
      const turns = stowedLater.turns.map(({ user, groundTruth }) => ({ user, groundTruth }));
      return { tasks: withTask({ ...stowedLater, turns }) };
    },
  },
  "held-out tool callable: by the name of another that does the same": {
    ...{
      check: "missing",
      task: "stowed_later",
      turn: 1,
      tool: "put_away",
      says: "with the same arguments does the same",
    },
    plant: () => ({
      tools: { put_away: kit.write({ ...stow.spec }).run((context) => stow.run(context) as never) },
      rules: { put_away: Object.fromEntries(Object.keys(stow.spec.failures!).map((code) => [code, other])) },
    }),
  },
  "held-out tool needed: it is released a turn too late": {
    ...{ check: "ground-truths", task: "stowed_later", turn: 2, says: "fails under 'strict'" },
    plant: () => {
      const [first, second, third] = stowedLater.turns;
      const last = { user: "Lock it again.", groundTruth: [call("lock")], release: ["stow"] };
      const { release: _, ...late } = third!;
      return { tasks: withTask({ ...stowedLater, turns: [first!, second!, late, last] }) };
    },
  },
  "excluded tool needed: the only solution calls it": {
    ...{ check: "ground-truths", task: "handed_out", says: "fails under 'strict'" },
    plant: () => ({ tasks: withTask({ ...handedOut, excluded: ["unlock"] }) }),
  },
  "the same task twice, and not of one family": {
    ...{ check: "own-solutions", task: "twin", says: "the ground truth of 'handed_out' passes it" },
    plant: () => ({ tasks: [...tasks, { ...handedOut, id: "twin", family: "twin" }] }),
  },
  "tasks that may be done a turn too soon": {
    ...{ check: "floors", says: "the policy 'act-early' earns" },
    plant: () => {
      const parcels = ["P-1042", "P-2077", "P-3150"];
      const turns = parcels.map((parcel) => ({
        user: `How heavy is ${parcel}?`,
        groundTruth: [call("weigh", { parcel })],
      }));
      return { tasks: [task("weights", "base", turns)] };
    },
  },
};

const other = () => ({ diagnose: "It cannot be done.", guide: "Look at what there is.", direct: "" });

/** What is amiss in a goal. */
export const inGoals: Defects = {
  "goal that nothing meets: its path is misspelt": {
    ...{ check: "ground-truths", task: "either_locker", turn: 0, says: "the ground truth itself fails" },
    plant: withGoal({ reach: [{ path: "Station/parcels/P-2077/box", oneOf: ["B2", "C3"] }] }),
  },
  "goal that forbids its own solution": {
    ...{ check: "ground-truths", task: "either_locker", turn: 0, says: "the ground truth itself fails" },
    plant: withGoal({ reach, avoid: [{ path: "Station/parcels/*/locker", equals: "C3" }] }),
  },
  "goal that asks for less than the user": {
    ...{
      check: "needed-calls",
      task: "either_locker",
      turn: 0,
      call: 1,
      tool: "stow",
      says: "passes without this call",
    },
    plant: withGoal({ reach: [reach[0]!] }),
  },
  "collateral that is allowed: the whole station may change": {
    ...{ check: "collateral", task: "either_locker", turn: 0, says: "the turn is passed though" },
    plant: withGoal({ reach, mayChange: ["Station/**"] }),
  },
  "reward without knowledge: a goal that reading everything meets": {
    ...{ check: "floors", says: "the policy 'read-spam' earns" },
    plant: () => {
      const goal = { reach: [{ tool: "list_parcels" }] };
      const turn = { user: "Which parcels are there?", groundTruth: [call("list_parcels")], goal };
      return { tasks: [task("listed", "base", [turn])] };
    },
  },
  "reward without knowledge: the user asks for what is so from the start": {
    ...{ check: "needed-turns", task: "unmoved", turn: 0, says: "the turn is vacuous" },
    plant: () => {
      const goal = { reach: [{ path: "Station/parcels/P-1042/locker", equals: "A1" }] };
      const turn = { user: "See that P-1042 is in A1.", groundTruth: [call("list_parcels")], goal };
      return { tasks: [...tasks, task("unmoved", "base", [turn])] };
    },
  },
};
