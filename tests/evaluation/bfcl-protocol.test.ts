import { expect, test } from "vitest";
import { bfclProtocol } from "../../src/evaluation/bfcl-protocol/bfcl-protocol.ts";
import { endpointPolicy } from "../../src/rollout/endpoint-policy.ts";
import { playEpisode } from "../../src/rollout/play.ts";
import { settingOf, sorting } from "../episode/sample-tasks.ts";
import { calling, completion, localEndpoint, saying, send } from "../rollout/local-endpoint.ts";

// That whole requests equal the reference's is tested against bfcl-eval itself, in tests/slow.

async function bodiesOf(protocol: keyof typeof bfclProtocol, ...answers: readonly unknown[]) {
  await using endpoint = await localEndpoint((_, response, count) =>
    send(response, 200, answers[count - 1] ?? saying("")),
  );
  const { renderer, endpoint: options } = bfclProtocol[protocol];
  await playEpisode(
    settingOf(sorting, renderer),
    endpointPolicy({ baseUrl: endpoint.baseUrl, model: "m", ...options }),
  );
  return endpoint.requests.map(({ body }) => body);
}

test("messages go back as they came, thoughts and unknown fields too, and a message that cannot be read is not explained", async () => {
  const broken = calling(["ls", "{"]);
  Object.assign(broken.choices[0]!.message as object, { reasoning_content: "Hm.", audio: null });
  const [first, second] = await bodiesOf("functionCalling", broken);
  expect(first).toMatchObject({ store: false, messages: [{ role: "user", content: "Sort a.txt." }] });
  expect(first!.tools!.find((tool) => tool.function.name === "sort")).toBeUndefined();
  expect(second!.messages.slice(1)).toEqual([
    broken.choices[0]!.message,
    { role: "user", content: "You have it now." },
  ]);
  const released = second!.tools!.at(-1).function;
  expect([released.name, released.description.endsWith(" in Python 3 syntax.")]).toEqual(["sort", false]);
  expect(second!.tools![0].function.description).toMatch(/ Note that the provided function is in Python 3 syntax\.$/);
});

test("results of a message stand in one message, with the calls as the reference writes them again", async () => {
  const [, second] = await bodiesOf(
    "prompting",
    saying("[cd('d'), no_such(a={'x': {'b': 1}}, c={'k': {'m': None}, 'l': 2.50})]"),
  );
  const { content } = second!.messages.at(-1);
  // Positional arguments are dropped, and a dict of dicts is taken for a call.
  expect(content).toContain("'name': 'cd()'");
  expect(content).toContain("no_such(a=x(b=1), c={'k': {'m': None}, 'l': 2.5})");
});

test("prompting mode: what the reference cannot write again ends the turn, and released tools stand before what is said", async () => {
  for (const answer of [saying("[cd(folder={})]"), completion({ role: "assistant", content: null })]) {
    const [, second] = await bodiesOf("prompting", answer);
    expect(second!.messages.at(-1).content).toMatch(/^\[\{'name': 'sort', .*\}\]\nYou have it now\.$/s);
  }
});
