import { expect, test } from "vitest";
import { askServerSoftware } from "../../src/evaluation/server-software.ts";
import { localEndpoint, send } from "../rollout/local-endpoint.ts";

const models = (owner: string) => ({
  object: "list",
  data: [{ id: "m", owned_by: owner, root: "org/m", max_model_len: 4096 }],
});

async function ask(pages: Readonly<Record<string, unknown>>) {
  await using endpoint = await localEndpoint(({ url }, response) =>
    pages[url] === undefined
      ? send(response, 404, "Not found")
      : send(response, 200, pages[url], { server: "uvicorn" }),
  );
  return await askServerSoftware(endpoint.baseUrl, "m", undefined);
}

test("vLLM and SGLang tell their version at addresses of their own", async () => {
  const common = { header: "uvicorn", modelPath: "org/m", contextTokens: 4096 };
  expect(await ask({ "/v1/models": models("vllm"), "/version": { version: "0.11.0" } })).toEqual({
    ...{ name: "vllm", version: "0.11.0" },
    ...common,
  });
  expect(await ask({ "/v1/models": models("sglang"), "/get_server_info": { version: "0.5.3", tp_size: 1 } })).toEqual({
    ...{ name: "sglang", version: "0.5.3" },
    ...common,
  });
});

test("a server that tells nothing, or something else, is none the worse for it", async () => {
  expect(await ask({})).toEqual({});
  expect(await ask({ "/v1/models": "<html>", "/version": { version: 3 } })).toEqual({ header: "uvicorn" });
});

test("where nothing answers, the address is named", async () => {
  await expect(askServerSoftware("http://127.0.0.1:9/v1", "m", undefined)).rejects.toThrow(
    "--base-url: no connection to http://127.0.0.1:9/v1/models",
  );
});
