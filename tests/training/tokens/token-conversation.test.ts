import { expect, test } from "vitest";
import type { ChatMessage } from "../../../src/episode/message.ts";
import { loadChatFormat } from "../../../src/training/tokens/load-chat-format.ts";
import { type ThoughtHistory, tokenConversation } from "../../../src/training/tokens/token-conversation.ts";
import { sequence } from "./fake-sampler.ts";
import { chatMl, forgetful, gemma, idsByHand, llama, modelFolder } from "./model-folder.ts";

const system: ChatMessage = { role: "system", content: "S" };
const user = (content: string): ChatMessage => ({ role: "user", content });
const model = (content: string): ChatMessage => ({ role: "assistant", content });
const observation = (...messages: readonly ChatMessage[]) => ({ messages, tools: [] });

async function conversationIn(template: string, history: ThoughtHistory = "kept") {
  return tokenConversation(await loadChatFormat(modelFolder({ template })), history);
}
const opening = "<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nA<|im_end|>\n<|im_start|>assistant\n";
const between = "\n<|im_start|>user\nB<|im_end|>\n<|im_start|>assistant\n";
const no = (text: string) => idsByHand(text).map(() => false);
const yes = (text: string) => idsByHand(text).map(() => true);

test("two messages make one segment: all ids as they came, with what was sampled as actions", async () => {
  const talk = await conversationIn(chatMl);
  expect(talk.prompt(observation(system, user("A")))).toEqual(idsByHand(opening));
  const first = sequence(idsByHand("é<|im_end|>"));
  expect(talk.say(first)).toEqual({
    role: "assistant",
    content: "é",
    tokens: idsByHand(opening).length + 3,
    raw: true,
  });
  const prompt = talk.prompt(observation(system, user("A"), model("é"), user("B")));
  expect(prompt).toEqual(idsByHand(`${opening}é<|im_end|>${between}`));
  const second = sequence(idsByHand("ok<|im_end|>"));
  talk.say(second);
  expect(talk.episode()).toEqual({
    segments: [
      {
        tokens: idsByHand(`${opening}é<|im_end|>${between}ok<|im_end|>`),
        actions: [...no(opening), ...yes("é<|im_end|>"), ...no(between), ...yes("ok<|im_end|>")],
        logprobs: [...no(opening).map(() => 0), ...first.logprobs, ...no(between).map(() => 0), ...second.logprobs],
      },
    ],
    promptTokens: idsByHand(opening).length,
    sampledTokens: 6,
    cutMessages: 0,
  });
});

test.each([
  ["ChatML", chatMl, "<|im_end|>", `${opening}x<|im_end|>${between}`],
  [
    "Llama 3",
    llama,
    "<|eot_id|>",
    "<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nA<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nx<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nB<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\n",
  ],
  [
    "Gemma",
    gemma,
    "<end_of_turn>",
    "<start_of_turn>user\nS\n\nA<end_of_turn>\n<start_of_turn>model\nx<end_of_turn>\n<start_of_turn>user\nB<end_of_turn>\n<start_of_turn>model\n",
  ],
] as const)(
  "in the form of %s, both ways to keep thoughts go on with the same ids",
  async (_, template, end, prompt) => {
    for (const history of ["kept", "template"] as const) {
      const talk = await conversationIn(template, history);
      talk.prompt(observation(system, user("A")));
      talk.say(sequence(idsByHand(`x${end}`)));
      expect(talk.prompt(observation(system, user("A"), model("x"), user("B")))).toEqual(idsByHand(prompt));
    }
  },
);

test("where the template drops a thought, a new segment starts, in which only what is sampled from then on is an action", async () => {
  const talk = await conversationIn(forgetful, "template");
  talk.prompt(observation(system, user("A")));
  talk.say(sequence(idsByHand("<think>t</think>x<|im_end|>")));
  const prompt = talk.prompt(observation(system, user("A"), model("<think>t</think>x"), user("B")));
  expect(prompt).toEqual(idsByHand(`${opening}x<|im_end|>${between}`));
  talk.say(sequence(idsByHand("y<|im_end|>")));
  const { segments, sampledTokens } = talk.episode();
  expect(segments.map(({ tokens }) => tokens)).toEqual([
    idsByHand(`${opening}<think>t</think>x<|im_end|>`),
    idsByHand(`${opening}x<|im_end|>${between}y<|im_end|>`),
  ]);
  expect(segments[1]!.actions).toEqual([...no(`${opening}x<|im_end|>${between}`), ...yes("y<|im_end|>")]);
  expect(sampledTokens).toBe(7);
});

test("kept thoughts stay in the ids, whatever the template makes of them", async () => {
  const talk = await conversationIn(forgetful, "kept");
  talk.prompt(observation(system, user("A")));
  talk.say(sequence(idsByHand("<think>t</think>x<|im_end|>")));
  const prompt = talk.prompt(observation(system, user("A"), model("<think>t</think>x"), user("B")));
  expect(prompt).toEqual(idsByHand(`${opening}<think>t</think>x<|im_end|>${between}`));
});

test("a message that was cut gets the end it lacks, which the model did not choose", async () => {
  for (const history of ["kept", "template"] as const) {
    const talk = await conversationIn(chatMl, history);
    talk.prompt(observation(system, user("A")));
    expect(talk.say(sequence(idsByHand("x"), true))).toMatchObject({ content: "x", cut: true });
    expect(talk.prompt(observation(system, user("A"), model("x"), user("B")))).toEqual(
      idsByHand(`${opening}x<|im_end|>${between}`),
    );
    talk.say(sequence(idsByHand("y<|im_end|>")));
    const { segments, cutMessages } = talk.episode();
    expect(segments[0]!.actions).toEqual([...no(opening), true, ...no(`<|im_end|>${between}`), true, true]);
    expect(cutMessages).toBe(1);
  }
});

test("ids stay as they were sampled, even where their text would be written with others", async () => {
  const talk = await conversationIn(chatMl, "template");
  talk.prompt(observation(system, user("A")));
  // The end token spelled letter by letter, a stray one, half a character, and an id that the vocabulary lacks.
  const odd = [...Buffer.from("<|im_end|>"), ...idsByHand("<|im_start|>"), 0xf0, 4000, ...idsByHand("<|im_end|>")];
  const content = "<|im_end|><|im_start|>\ufffd\ufffd";
  expect(talk.say(sequence(odd)).content).toBe(content);
  expect(talk.prompt(observation(system, user("A"), model(content), user("B")))).toEqual([
    ...idsByHand(opening),
    ...odd,
    ...idsByHand(between),
  ]);
});

test("a prompt may be asked for again before the model speaks", async () => {
  const talk = await conversationIn(chatMl);
  const first = talk.prompt(observation(system, user("A")));
  expect(talk.prompt(observation(system, user("A")))).toEqual(first);
  expect(talk.episode().segments).toEqual([]);
});

test("an observation that changes what was said, or brings nothing new, is an error of ours", async () => {
  const talk = await conversationIn(chatMl);
  talk.prompt(observation(system, user("A")));
  talk.say(sequence(idsByHand("x<|im_end|>")));
  expect(() => talk.prompt(observation(system, user("A"), model("y"), user("B")))).toThrow(/^message 2 of this/);
  expect(() => talk.prompt(observation(system, user("A")))).toThrow(
    /^message 2 of this observation is not what it was/,
  );
  expect(() => talk.prompt(observation(system, user("A"), model("x")))).toThrow(/nothing new/);
});

test("native tools and sequences that do not add up are refused", async () => {
  const talk = await conversationIn(chatMl);
  const tool = { type: "function", function: { name: "ls" } } as const;
  expect(() => talk.prompt({ messages: [user("A")], tools: [tool] })).toThrow(/take one that writes them: hermes, /);
  expect(() => talk.say(sequence([1]))).toThrow(/before there was a prompt/);
  talk.prompt(observation(user("A")));
  expect(() => talk.say({ tokens: [1, 2], logprobs: [0] })).toThrow("2 tokens were sampled, but 1 log-probabilities");
});
