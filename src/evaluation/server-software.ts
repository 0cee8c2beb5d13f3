import { z } from "zod";
import { lostConnection } from "../rollout/endpoint-policy.ts";
import type { ServerSoftware } from "../rollout/manifest.ts";
import { DataError } from "../task/problem.ts";

const patienceMilliseconds = 10_000;

const text = z.string().min(1).optional().catch(undefined);
const Model = z.looseObject({
  id: text,
  owned_by: text,
  root: text,
  max_model_len: z.int().positive().optional().catch(undefined),
});
const Models = z.looseObject({ data: z.array(Model) });
const Version = z.looseObject({ version: z.string().min(1) });

/**
 * Asks a server what it is: its list of models, and `/version` (vLLM) or `/get_server_info` (SGLang) beside its API. What it does
 * not tell is left out. Throws a `DataError` where nothing answers at all.
 */
export async function askServerSoftware(
  baseUrl: string,
  model: string,
  apiKey: string | undefined,
): Promise<ServerSoftware> {
  const api = baseUrl.replace(/\/+$/, "");
  const root = api.replace(/\/v\d+$/, "");
  const models = await get(`${api}/models`, apiKey);
  const listed = Models.safeParse(models.body).data?.data ?? [];
  const entry = listed.find(({ id }) => id === model);
  const version = (await versionAt(`${root}/version`, apiKey)) ?? (await versionAt(`${root}/get_server_info`, apiKey));
  return {
    ...(entry?.owned_by === undefined ? {} : { name: entry.owned_by }),
    ...(version === undefined ? {} : { version }),
    ...(models.header === null ? {} : { header: models.header }),
    ...(entry?.root === undefined ? {} : { modelPath: entry.root }),
    ...(entry?.max_model_len === undefined ? {} : { contextTokens: entry.max_model_len }),
  };
}

const versionAt = async (url: string, apiKey: string | undefined): Promise<string | undefined> =>
  Version.safeParse((await get(url, apiKey)).body).data?.version;

/** The JSON at an address; undefined where the answer is another one. */
async function get(url: string, apiKey: string | undefined): Promise<{ body: unknown; header: string | null }> {
  let response: Response;
  try {
    response = await fetch(url, {
      headers: apiKey ? { authorization: `Bearer ${apiKey}` } : {},
      signal: AbortSignal.timeout(patienceMilliseconds),
    });
  } catch (error) {
    throw new DataError(`--base-url: ${lostConnection(error as Error, url).message}; does the server run?`);
  }
  const header = response.headers.get("server");
  try {
    return { body: response.ok ? await response.json() : undefined, header };
  } catch {
    return { body: undefined, header };
  }
}
