import { z } from "zod";
import { defineState } from "../../src/core/environment.ts";
import { dictOf } from "../../src/python/dict.ts";
import { pythonNotation } from "../../src/python/notation.ts";
import { randomOf } from "../../src/python/random.ts";
import { dictionary, pyValue } from "../../src/python/schema.ts";
import type { PyValue } from "../../src/python/value.ts";
import { defaultState } from "./default-state.ts";

/**
 * One dict of the inbox as its entries: receiver and content. The dataset has dicts of several receivers, of which the tools
 * only see the first, and contents that are lists or dicts; what is sent is a text.
 */
const Message = z.array(z.tuple([z.string(), pyValue])).min(1);
export type Message = z.output<typeof Message>;

const State = z.strictObject({
  random: z.strictObject({ seed: z.int(), draws: z.int() }),
  generatedIds: z.array(z.int()),
  userCount: z.int(),
  /** User ids by name, in order. */
  users: z.array(z.tuple([z.string(), z.string()])),
  inbox: z.array(Message),
  messageCount: z.int(),
  currentUser: z.string().nullable(),
});
export type State = z.output<typeof State>;

const texts = z.array(z.string());
const Content = z.union([z.string(), texts, dictionary(texts).transform((senders): PyValue => dictOf(senders))]);
const Config = z.strictObject({
  random_seed: z.int().optional(),
  user_count: z.int().min(0).optional(),
  user_map: dictionary(z.string()).optional(),
  inbox: z.array(dictionary(Content).refine((message) => message.length > 0, "a message has a receiver")).optional(),
  message_count: z.int().optional(),
  current_user: z.string().nullable().optional(),
});

export const messageState = defineState({
  name: "MessageAPI",
  state: State,
  config: Config,
  notation: pythonNotation,
}).init((config) => ({
  random: randomOf(config.random_seed ?? defaultState.randomSeed) as State["random"],
  generatedIds: [],
  userCount: config.user_count ?? defaultState.userCount,
  users: config.user_map ?? defaultState.users,
  inbox: config.inbox ?? defaultState.inbox,
  messageCount: config.message_count ?? defaultState.messageCount,
  currentUser: config.current_user ?? null,
}));
