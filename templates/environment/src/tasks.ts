import { defineTasks } from "envtune";
import type { z } from "zod";
import { sampleNameEnvironment } from "./environment.ts";
import type { Config } from "./state.ts";

const morning = {
  bikes: {
    B7: { owner: "Nora Vale", broken: ["chain"] },
    B9: { owner: "Otto Brandt", broken: [] },
    C2: { owner: "Ines Moreau", broken: ["lamp", "tyre"] },
  },
  stock: { chain: 1, tyre: 2 },
} satisfies z.input<typeof Config>;

const fullStand = {
  bikes: {
    K1: { owner: "Sam Okafor", broken: ["brake"] },
    K4: { owner: "Lena Fuchs", broken: ["tyre", "chain"] },
  },
  stock: { brake: 3, tyre: 1 },
} satisfies z.input<typeof Config>;

/** In `miss_func` this follows the turn in which a tool was missing; with it comes the tool. */
const toolIsBack = "The tool is there now. Please go on.";

/*
 * The ground truth of a turn is one right solution: its calls must leave the right state and show what was asked for. Every
 * value in it has to be readable before it is needed, in what the user said or in a result, and every call has to be needed.
 * A misspelt tool or argument does not compile. Tasks of one conversation are a family: a split never puts one of them into
 * training and another into the test.
 */
export const tasks = defineTasks(sampleNameEnvironment, [
  {
    id: "base_nora",
    family: "nora",
    category: "base",
    config: morning,
    turns: [
      {
        user: "Which tag does Nora Vale's bike have?",
        groundTruth: [{ tool: "find_bike", args: { owner: "Nora Vale" } }],
      },
      {
        user: "Put it on the stand, give it a new chain, and take it to the door.",
        groundTruth: [
          { tool: "mount_bike", args: { bike: "B7" } },
          { tool: "fit_part", args: { part: "chain" } },
          { tool: "hand_over", args: { bike: "B7" } },
        ],
      },
    ],
  },
  // A tool is missing when it is first needed. The right answer is to call nothing, and to say so.
  {
    id: "miss_func_nora",
    family: "nora",
    category: "miss_func",
    config: morning,
    turns: [
      {
        user: "Which tag does Nora Vale's bike have?",
        groundTruth: [{ tool: "find_bike", args: { owner: "Nora Vale" } }],
        holdOut: ["mount_bike"],
      },
      { user: "Put it on the stand, give it a new chain, and take it to the door.", groundTruth: [] },
      {
        user: toolIsBack,
        groundTruth: [
          { tool: "mount_bike", args: { bike: "B7" } },
          { tool: "fit_part", args: { part: "chain" } },
          { tool: "hand_over", args: { bike: "B7" } },
        ],
        release: ["mount_bike"],
      },
    ],
  },
  {
    id: "base_ines",
    family: "ines",
    category: "base",
    config: morning,
    turns: [
      {
        user: "Ines Moreau is waiting for hers, tag C2. Do we have a lamp for it? Order 3 lamps in any case.",
        groundTruth: [
          { tool: "check_stock", args: { part: "lamp" } },
          { tool: "order_parts", args: { part: "lamp", count: 3 } },
        ],
      },
      {
        user: "Now put C2 on the stand, and replace the lamp and the tyre.",
        groundTruth: [
          { tool: "mount_bike", args: { bike: "C2" } },
          { tool: "fit_part", args: { part: "lamp" } },
          { tool: "fit_part", args: { part: "tyre" } },
        ],
      },
      { user: "Good. She can have it.", groundTruth: [{ tool: "hand_over", args: { bike: "C2" } }] },
    ],
  },
  // A value is missing: the right answer is to ask for it, not to guess.
  {
    id: "miss_param_ines",
    family: "ines",
    category: "miss_param",
    config: morning,
    turns: [
      {
        user: "Ines Moreau is waiting for hers, tag C2. Do we have a lamp for it?",
        groundTruth: [{ tool: "check_stock", args: { part: "lamp" } }],
      },
      { user: "Then order some more of them.", groundTruth: [] },
      { user: "Sorry: 3 lamps.", groundTruth: [{ tool: "order_parts", args: { part: "lamp", count: 3 } }] },
      {
        user: "Now put C2 on the stand, and replace the lamp and the tyre.",
        groundTruth: [
          { tool: "mount_bike", args: { bike: "C2" } },
          { tool: "fit_part", args: { part: "lamp" } },
          { tool: "fit_part", args: { part: "tyre" } },
        ],
      },
    ],
  },
  {
    id: "base_two_repairs",
    family: "two_repairs",
    category: "base",
    config: fullStand,
    turns: [
      {
        user: "K1 needs a new brake. Put it on the stand, fit one, and hand it over.",
        groundTruth: [
          { tool: "mount_bike", args: { bike: "K1" } },
          { tool: "fit_part", args: { part: "brake" } },
          { tool: "hand_over", args: { bike: "K1" } },
        ],
      },
      {
        user: "Next is Lena Fuchs. Look up her bike, put it on the stand and do its tyre; order 1 chain for later.",
        groundTruth: [
          { tool: "find_bike", args: { owner: "Lena Fuchs" } },
          { tool: "mount_bike", args: { bike: "K4" } },
          { tool: "fit_part", args: { part: "tyre" } },
          { tool: "order_parts", args: { part: "chain", count: 1 } },
        ],
      },
    ],
  },
  {
    id: "miss_func_two_repairs",
    family: "two_repairs",
    category: "miss_func",
    config: fullStand,
    turns: [
      {
        user: "K1 needs a new brake. Put it on the stand.",
        groundTruth: [{ tool: "mount_bike", args: { bike: "K1" } }],
        holdOut: ["fit_part"],
      },
      { user: "Fit the brake, and hand the bike over.", groundTruth: [] },
      {
        user: toolIsBack,
        groundTruth: [
          { tool: "fit_part", args: { part: "brake" } },
          { tool: "hand_over", args: { bike: "K1" } },
        ],
        release: ["fit_part"],
      },
    ],
  },
  {
    id: "base_stock_taking",
    family: "stock_taking",
    category: "base",
    config: fullStand,
    turns: [
      {
        user: "How many chains do we have? And brakes?",
        groundTruth: [
          { tool: "check_stock", args: { part: "chain" } },
          { tool: "check_stock", args: { part: "brake" } },
        ],
      },
      {
        user: "Order 5 chains. And what is broken on Sam Okafor's bike?",
        groundTruth: [
          { tool: "order_parts", args: { part: "chain", count: 5 } },
          { tool: "find_bike", args: { owner: "Sam Okafor" } },
        ],
      },
    ],
  },
  {
    id: "miss_param_stock_taking",
    family: "stock_taking",
    category: "miss_param",
    config: fullStand,
    turns: [
      { user: "What is broken on the bike that came in last?", groundTruth: [] },
      { user: "The one of Sam Okafor.", groundTruth: [{ tool: "find_bike", args: { owner: "Sam Okafor" } }] },
      { user: "And order 5 chains.", groundTruth: [{ tool: "order_parts", args: { part: "chain", count: 5 } }] },
    ],
  },
]);
