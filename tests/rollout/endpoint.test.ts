import { expect, test } from "vitest";
import { openai } from "../../src/episode/renderers/openai.ts";
import { python } from "../../src/episode/renderers/python.ts";
import { type EndpointOptions, endpointPolicy } from "../../src/rollout/endpoint-policy.ts";
import { playEpisode } from "../../src/rollout/play.ts";
import { copying, settingOf } from "../episode/sample-tasks.ts";
import { type Answer, calling, completion, localEndpoint, saying, send } from "./local-endpoint.ts";

const backoff = { tries: 3, firstMilliseconds: 1, longestMilliseconds: 20 };

async function play(answer: Answer, options: Partial<EndpointOptions> = {}, renderer = openai) {
  await using endpoint = await localEndpoint(answer);
  const policy = endpointPolicy({ baseUrl: endpoint.baseUrl, model: "m", backoff, ...options });
  const start = performance.now();
  const episode = await playEpisode(settingOf(copying, renderer), policy);
  return { episode, requests: endpoint.requests, milliseconds: performance.now() - start };
}

/** Plays the sample task right: copies, ends the turn, reads, ends the turn. */
const right: Answer = ({ body }, response) => {
  const last = body.messages.at(-1);
  if (last.role === "tool") send(response, 200, saying("Done."));
  else if (last.content.startsWith("Copy"))
    send(response, 200, calling(["cp", '{"source": "a.txt", "destination": "d"}']));
  else send(response, 200, calling(["cat", '{"file_name": "a.txt"}']));
};

test("native tool calls: the request carries model, tools, temperature and key; results come back", async () => {
  const { episode, requests } = await play(right, { apiKey: "secret", temperature: 0 });
  expect(episode.ending).toEqual({ why: "completed" });
  expect(requests).toHaveLength(4);
  expect(requests[0]).toMatchObject({ url: "/v1/chat/completions", headers: { authorization: "Bearer secret" } });
  expect(requests[0]!.body).toMatchObject({ model: "m", temperature: 0 });
  expect(requests[0]!.body.tools!.map((tool) => tool.function.name)).toContain("cp");
  expect(requests[1]!.body.messages.map(({ role }) => role)).toEqual(["user", "assistant", "tool"]);
  expect(JSON.stringify(episode)).not.toContain("secret");
});

test("calls as text: the tools stand in the system prompt, and no tools are sent", async () => {
  const { episode, requests } = await play(
    ({ body }, response) => {
      const last = body.messages.at(-1).content as string;
      if (last.startsWith("Copy")) send(response, 200, saying("[cp(source='a.txt', destination='d')]"));
      else if (last.startsWith("What")) send(response, 200, saying("[cat(file_name='a.txt')]"));
      else send(response, 200, saying("Done."));
    },
    {},
    python,
  );
  expect(episode.ending).toEqual({ why: "completed" });
  expect(episode.turns.map((steps) => steps.length)).toEqual([2, 2]);
  expect(requests[0]!.body.tools).toBeUndefined();
  expect(requests[0]!.body.messages[0]).toMatchObject({
    role: "system",
    content: expect.stringContaining('"name":"cp"'),
  });
});

test.each([408, 409, 429, 500, 502, 503])("%i is tried again, and the episode goes on", async (status) => {
  const { episode, requests } = await play((request, response, count) =>
    count === 1 ? send(response, status, { error: { message: "busy" } }) : right(request, response, count),
  );
  expect(episode.ending).toEqual({ why: "completed" });
  expect(requests).toHaveLength(5);
});

test.each<[string, Answer, RegExp]>([
  [
    "broken JSON",
    (_, response) => send(response, 200, '{"choices": [{"mess'),
    /gave up after 3 tries: the answer is no JSON/,
  ],
  [
    "no choice",
    (_, response) => send(response, 200, { choices: [] }),
    /gave up after 3 tries: the answer holds no choice/,
  ],
  [
    "no completion",
    (_, response) => send(response, 200, { error: "overloaded" }),
    /no chat completion: choices: .*overloaded/,
  ],
  ["a web page", (_, response) => send(response, 200, "<html>"), /no JSON/],
  [
    "500",
    (_, response) => send(response, 500, "out of memory"),
    /gave up after 3 tries: 500 from http.*: out of memory/,
  ],
  [
    "a lost connection",
    (_, response) => response.destroy(),
    /gave up after 3 tries: no connection to .*: other side closed|socket/,
  ],
  [
    "an answer that breaks off",
    (_, response) => {
      response.writeHead(200, { "content-length": "99" });
      response.write("{");
      setTimeout(() => response.destroy(), 5);
    },
    /gave up after 3 tries/,
  ],
])("%s: given up after so many tries, with the reason", async (_, answer, reason) => {
  const { episode, requests } = await play(answer);
  expect(episode.ending).toEqual({ why: "aborted", fault: "harness", reason: expect.stringMatching(reason) });
  expect(requests).toHaveLength(3);
});

test("a refused connection aborts the episode", async () => {
  const policy = endpointPolicy({ baseUrl: "http://127.0.0.1:1/v1", model: "m", backoff });
  const episode = await playEpisode(settingOf(copying), policy);
  expect(episode.ending).toMatchObject({
    why: "aborted",
    fault: "harness",
    reason: expect.stringMatching(/no connection|bad port/),
  });
});

test("a request without an answer times out and is tried again", async () => {
  const { episode, requests } = await play(() => {}, { timeoutMilliseconds: 20 });
  expect(episode.ending).toEqual({
    why: "aborted",
    fault: "harness",
    reason: expect.stringMatching(/3 tries: no answer from .* within 0.02 s/),
  });
  expect(requests).toHaveLength(3);
});

test.each([
  [400, { error: { message: "context length exceeded" } }, /^400 from .*: context length exceeded$/],
  [401, { error: { message: "bad key sk-123" } }, /^401 from .*: bad key \*\*\*$/],
  [404, { detail: "Not Found" }, /^404 from .*: Not Found; is the path of --base-url right\?/],
  [422, "", /^422 from .*: \(no message\)$/],
])("%i aborts at once with what the server says, but never the key", async (status, body, reason) => {
  const { episode, requests } = await play((_, response) => send(response, status, body), { apiKey: "sk-123" });
  expect(episode.ending).toEqual({ why: "aborted", fault: "harness", reason: expect.stringMatching(reason) });
  expect(requests).toHaveLength(1);
});

test("Retry-After is honoured up to the longest wait", async () => {
  const after = (value: string, longestMilliseconds: number) =>
    play(
      (request, response, count) =>
        count === 1 ? send(response, 429, {}, { "retry-after": value }) : right(request, response, count),
      { backoff: { ...backoff, longestMilliseconds } },
    );
  expect((await after("0.2", 1000)).milliseconds).toBeGreaterThan(195);
  expect((await after("3600", 100)).milliseconds).toBeLessThan(1500);
  expect((await after(new Date(Date.now() + 3_600_000).toUTCString(), 100)).milliseconds).toBeLessThan(1500);
  expect((await after("soon", 100)).episode.ending).toEqual({ why: "completed" });
});

test("odd but usable messages are read: parts, missing ids, arguments as an object, reasoning", async () => {
  const odd = [
    completion({
      content: null,
      reasoning: "Let me look.",
      tool_calls: [{ function: { name: "cat", arguments: { file_name: "a.txt" } } }],
    }),
    completion({
      content: [
        { type: "text", text: "Two " },
        { type: "text", text: "parts" },
      ],
      tool_calls: [],
    }),
    completion({ content: "", tool_calls: [{}] }),
  ];
  const { episode, requests } = await play((_, response, count) => send(response, 200, odd[count - 1]));
  const [first, second] = episode.turns[0]!;
  expect(first).toMatchObject({
    message: { reasoning_content: "Let me look." },
    results: [{ text: expect.stringContaining("pear") }],
  });
  expect(second!.message.content).toBe("Two parts");
  expect(episode.turns[1]![0]!.unreadable).toContain("the arguments are not JSON");
  expect(JSON.stringify(requests[1]!.body)).not.toContain("Let me look");
  expect(requests[1]!.body.messages[1].tool_calls[0].id).toBe("call_0_0_0");
});

test("hostile calls of a model are answered, and the episode goes on", async () => {
  const nested = `${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}`;
  const hostile = [
    calling(["rm -rf", "{}"]),
    calling(["cat", '{"__proto__": {"polluted": 1}}']),
    calling(["cat", '{"file_name": NaN}']),
    calling(["cat", '{"file_name": "\\ud800"}']),
    calling(["cat", nested]),
    saying("\ud800"),
  ];
  const { episode, requests } = await play((_, response, count) =>
    send(response, 200, hostile[count - 1] ?? saying("")),
  );
  expect(episode.ending).toEqual({ why: "completed" });
  expect(requests).toHaveLength(6);
  expect(episode.turns[0]!.map(({ results, unreadable }) => results[0]?.failure ?? unreadable)).toEqual([
    "malformedCall",
    "unknownArgument",
    "malformedCall",
    "notFound",
    expect.stringContaining("nested too deep"),
  ]);
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});
